import {
  type ReleaseProps,
  chartImage,
  createRelease,
} from "../../modules/kubernetes/helm-release";
import { onlyResource, synthOne } from "../support/synth";

const props: ReleaseProps = {
  namespace: "flux-system",
  chart: "flux2",
  version: "2.17.0",
  repository: "oci://registry.example.com/charts",
};
const releaseOf = (change: Partial<ReleaseProps> = {}) =>
  onlyResource(
    synthOne((stack) => {
      createRelease(stack, "release", { ...props, ...change });
    }),
    "helm_release",
  );

test("the pinned chart, in a namespace that exists", () => {
  expect(releaseOf()).toMatchObject({
    name: "flux2",
    chart: "flux2",
    version: "2.17.0",
    repository: "oci://registry.example.com/charts",
    namespace: "flux-system",
    create_namespace: false,
  });
});

test("waits until the pods answer, ten minutes unless more is said", () => {
  expect(releaseOf()).toMatchObject({ wait: true, timeout: 600 });
  expect(releaseOf({ timeout: 1200 }).timeout).toBe(1200);
});

test("a release can have another name than its chart", () => {
  expect(releaseOf({ name: "delivery" })).toMatchObject({
    name: "delivery",
    chart: "flux2",
  });
});

test("values are one document; without any the chart's own count", () => {
  expect(releaseOf()).not.toHaveProperty("values");
  expect(releaseOf({ values: { replicas: 2 } }).values).toEqual([
    '{"replicas":2}',
  ]);
});

const digest = `sha256:${"a".repeat(64)}`;
test.each([
  [undefined, {}],
  ["example.com:5000/a/b", { repository: "example.com:5000/a/b" }],
  ["example.com/a:1", { repository: "example.com/a", tag: "1" }],
  [
    `example.com/a:1@${digest}`,
    { repository: "example.com/a:1@sha256", tag: "a".repeat(64) },
  ],
])(
  "chartImage(%s): the chart joins both parts with a colon again",
  (image, parts) => {
    expect(chartImage(image)).toEqual(parts);
  },
);
