import { waveObjects } from "../../support/wave";

test("K8S-21: one Wave pod at a time may be moved", () => {
  const { metadata, spec } = waveObjects().disruptionBudget;
  expect(metadata).toMatchObject({ name: "wave", namespace: "wave" });
  expect(spec).toEqual({
    maxUnavailable: "1",
    selector: { matchLabels: { app: "wave-app" } },
  });
});

test("no pod of builds may be moved, whoever owns it: by a number above all of them, which is what Kubernetes takes for Jobs", () => {
  const { metadata, spec } = waveObjects().buildDisruptionBudget ?? {};
  expect(metadata).toMatchObject({ namespace: "wave-build" });
  expect(spec).toEqual({ minAvailable: "100000", selector: {} });
  expect(Number(spec?.minAvailable)).toBeGreaterThan(
    Number(waveObjects().quota?.spec?.hard?.pods),
  );
});

test("where nothing removes nodes builds have no budget, which would hold an update of the nodes", () => {
  const fixed = waveObjects({
    cluster: { autoscaler: undefined, nodeGroups: { build: { minSize: 1 } } },
  });
  expect(fixed.buildDisruptionBudget).toBeUndefined();
});
