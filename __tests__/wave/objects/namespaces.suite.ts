import { type SettingsChange } from "../../support/settings";
import { named, waveObjects } from "../../support/wave";

const levelsOf = (namespace: string, change: SettingsChange = {}) => {
  const { labels = {} } = named(
    waveObjects(change).namespaces,
    namespace,
  ).metadata;
  return ["enforce", "audit", "warn"].map(
    (mode) => labels[`pod-security.kubernetes.io/${mode}`],
  );
};

test("K8S-01, INF-15: Wave's namespace is restricted and carries upstream's label", () => {
  const { metadata } = named(waveObjects().namespaces, "wave");
  expect(metadata.labels).toMatchObject({ app: "wave-app" });
  expect(levelsOf("wave")).toEqual(["restricted", "restricted", "restricted"]);
});

test("DEP-15: when the image cannot run as uid 101, baseline is enforced and restricted still reported", () => {
  const change = { wave: { hardening: { runAsNonRoot: false } } };
  expect(levelsOf("wave", change)).toEqual([
    "baseline",
    "restricted",
    "restricted",
  ]);
});

test("K8S-06: builds are baseline, and privileged only with Singularity", () => {
  expect(levelsOf("wave-build")).toEqual(["baseline", "baseline", "baseline"]);
  const change = { wave: { build: { singularity: true } } };
  expect(levelsOf("wave-build", change)).toEqual([
    "privileged",
    "baseline",
    "baseline",
  ]);
  expect(
    named(waveObjects().namespaces, "wave-build").metadata.labels,
  ).toMatchObject({ app: "wave-app" });
});

test("both namespaces refuse a destroy while retain is on, and have time for finalizers", () => {
  for (const retain of [true, false]) {
    const { namespaces } = waveObjects({ retain });
    for (const namespace of Object.values(namespaces)) {
      expect(namespace.lifecycle).toEqual({ preventDestroy: retain });
      expect(namespace.timeouts).toEqual({ delete: "20m" });
    }
  }
});
