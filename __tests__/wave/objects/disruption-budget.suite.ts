import { waveObjects } from "../../support/wave";

test("K8S-21: one Wave pod at a time may be moved", () => {
  const { metadata, spec } = waveObjects().disruptionBudget;
  expect(metadata).toMatchObject({ name: "wave", namespace: "wave" });
  expect(spec).toEqual({
    maxUnavailable: "1",
    selector: { matchLabels: { app: "wave-app" } },
  });
});
