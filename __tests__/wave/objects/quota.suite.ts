import { waveObjects } from "../../support/wave";

test("K8S-21: a quota caps the build namespace", () => {
  const { quota } = waveObjects();
  expect(quota?.metadata).toMatchObject({
    name: "wave-build",
    namespace: "wave-build",
  });
  expect(quota?.spec?.hard).toEqual({
    pods: "20",
    "requests.cpu": "32",
    "requests.memory": "20Gi",
    "limits.memory": "20Gi",
  });
});

test("K8S-21: a LimitRange fills in what build pods lack, at least Wave's largest request", () => {
  const { limitRange } = waveObjects();
  expect(limitRange?.metadata.namespace).toBe("wave-build");
  expect(limitRange?.spec?.limit).toEqual([
    {
      type: "Container",
      default: { memory: "3600Mi" },
      defaultRequest: { cpu: "500m", memory: "3600Mi" },
    },
  ]);
});

test.each([
  [{ build: { requestMemory: "8Gi" } }, "8Gi"],
  [{ scan: { requestMemory: "4000Mi" } }, "4000Mi"],
  [{ build: { requestMemory: "1Gi" } }, "3600Mi"],
])("the default limit follows the requests (%j)", (wave, memory) => {
  expect(waveObjects({ wave }).limitRange?.spec?.limit).toMatchObject([
    { default: { memory } },
  ]);
});
