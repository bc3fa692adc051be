import { waveObjects } from "../../support/wave";

const image = "mirror.example.com/kubectl:1.33.1";
const spec = waveObjects({ wave: { images: { sweep: image } } }).cronJobs[
  "wave-build-sweep"
]?.spec;
const pod = spec?.jobTemplate.spec.template.spec;
const containers = [pod?.initContainer, pod?.container].flatMap((list) =>
  Array.isArray(list) ? list : [],
);

test("one sweep at a time: two would label and remove at once", () => {
  expect(spec).toMatchObject({
    concurrencyPolicy: "Forbid",
    timezone: "Etc/UTC",
  });
  expect(spec?.jobTemplate.spec).toMatchObject({
    backoffLimit: 0,
    activeDeadlineSeconds: 600,
  });
});

test("both containers run the image of the settings", () => {
  expect(containers.map((container) => container.image)).toEqual([
    image,
    image,
  ]);
});

test("kubectl is small, and cannot take its node's memory", () => {
  for (const { resources } of containers)
    expect(resources).toEqual({
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { memory: "128Mi" },
    });
});
