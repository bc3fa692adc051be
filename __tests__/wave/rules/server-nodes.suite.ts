import { warningsOf } from "../../../modules/rules";
import { type SettingsChange, currentSettings } from "../../support/settings";

/** Three nodes of 16 GiB and 4 vCPU: by memory three pods of 4Gi each, by CPU three of 1000m. */
const nodes = (wave: SettingsChange["wave"]): SettingsChange => ({
  cluster: { nodeGroups: { system: { instanceTypes: ["m5a.xlarge"] } } },
  wave,
});
const told = (wave: SettingsChange["wave"]) =>
  warningsOf(currentSettings(nodes(wave))).filter((text) =>
    text.includes("room for"),
  );

test("room for all pods and a further one: nothing is said", () => {
  expect(told({ autoscaling: { minReplicas: 3, maxReplicas: 9 } })).toEqual([]);
});

test("no room for the pod that a rollout starts first", () => {
  const [text, ...others] = told({ autoscaling: undefined, replicas: 9 });
  expect(text).toContain("room for 9 pods of Wave (wave.replicas)");
  expect(others).toEqual([]);
});

test("no room for the pods that the autoscaler would add", () => {
  const [text] = told({ autoscaling: { minReplicas: 3, maxReplicas: 10 } });
  expect(text).toContain("maxReplicas is 10");
  expect(text).toContain("room for 9 pods");
});

test("a pod that asks for more CPU leaves room for fewer", () => {
  const autoscaling = { minReplicas: 3, maxReplicas: 9 };
  expect(told({ autoscaling, cpuRequest: "1500m" })[0]).toContain(
    "room for 6 pods",
  );
});
