import { type SettingsChange } from "../../support/settings";
import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

describe.each([
  ["classic", waveObjects],
  ["current", currentObjects],
  ["lite", liteObjects],
])("%s", (_line, objectsOf) => {
  const with_ = (change: SettingsChange["wave"]) =>
    objectsOf({ wave: change }).autoscaler?.spec;

  test("metrics alone add no metric: only the setting asks for requests", () => {
    expect(
      with_({ metrics: true, autoscaling: { requestsPerSecond: undefined } })
        ?.metric,
    ).toHaveLength(1);
  });

  test("it may scale down to one pod", () => {
    expect(
      with_({ autoscaling: { minReplicas: 1, maxReplicas: 2 } }),
    ).toMatchObject({ minReplicas: 1, maxReplicas: 2 });
  });
});
