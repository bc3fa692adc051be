import { buildLimitRange } from "../../../modules/wave/objects/quota";
import { mebibytes } from "../../../modules/lib/quantity";
import { existingSettings } from "../../support/existing";
import { type SettingsChange } from "../../support/settings";
import { currentObjects, waveObjects } from "../../support/wave";

/** Sums of the quota, and what the LimitRange gives a container. */
function roomOf(change: SettingsChange = {}) {
  const { quota, limitRange } = waveObjects(change);
  const [limits] = limitRange?.spec?.limit as {
    default: Record<string, string>;
    defaultRequest: Record<string, string>;
  }[];
  if (quota?.spec?.hard === undefined || limits === undefined)
    throw new Error("no quota or no limits");
  return { hard: quota.spec.hard, ...limits };
}

test("K8S-21: a quota caps the build namespace", () => {
  const { quota } = waveObjects();
  expect(quota?.metadata).toMatchObject({
    name: "wave-build",
    namespace: "wave-build",
  });
  expect(quota?.spec?.hard).toEqual({
    pods: "20",
    "requests.cpu": "32",
    "requests.memory": "72000Mi",
    "limits.memory": "144000Mi",
  });
});

test.each<SettingsChange["wave"]>([
  {},
  { build: { quota: { pods: 33 } } },
  { build: { requestMemory: "8Gi" } },
  { build: { requestMemory: "1Gi" }, scan: { requestMemory: "6Gi" } },
])(
  "of the classic line, which has no queue, pods are what counts: memory refuses none of them (%j)",
  (wave) => {
    const { hard, ...given } = roomOf({ wave });
    const pods = Number(hard.pods);
    const build = wave?.build?.requestMemory ?? "3600Mi";
    const scan = wave?.scan?.requestMemory ?? "2000Mi";
    for (const request of [build, scan])
      expect(pods * mebibytes(request)).toBeLessThanOrEqual(
        mebibytes(String(hard["requests.memory"])),
      );
    expect(pods * mebibytes(String(given.default.memory))).toBeLessThanOrEqual(
      mebibytes(String(hard["limits.memory"])),
    );
  },
);

test("a sum of the settings counts, and the other one follows it", () => {
  const quota = { requestsMemory: "20Gi" };
  expect(roomOf({ wave: { build: { quota } } }).hard).toMatchObject({
    "requests.memory": "20Gi",
    "limits.memory": "40960Mi",
  });
  const limits = { limitsMemory: "24Gi" };
  expect(roomOf({ wave: { build: { quota: limits } } }).hard).toMatchObject({
    "requests.memory": "24Gi",
    "limits.memory": "24Gi",
  });
});

test("K8S-21: a LimitRange fills in what build pods lack: Kaniko may take twice what it asks for", () => {
  const { limitRange } = waveObjects();
  expect(limitRange?.metadata.namespace).toBe("wave-build");
  expect(limitRange?.spec?.limit).toEqual([
    {
      type: "Container",
      default: { memory: "7200Mi", "ephemeral-storage": "50Gi" },
      defaultRequest: {
        cpu: "500m",
        memory: "3600Mi",
        "ephemeral-storage": "0",
      },
    },
  ]);
});

test.each([
  [{ build: { requestMemory: "8Gi" } }, "16384Mi"],
  [{ scan: { requestMemory: "4000Mi" } }, "8000Mi"],
  [{ build: { requestMemory: "1Gi" } }, "7200Mi"],
])("the default limit follows the requests (%j)", (wave, memory) => {
  expect(roomOf({ wave }).default).toMatchObject({ memory });
});

test("a build fills at most half of the smallest disk that it may find, on either line", () => {
  const nodes = { minSize: 1, desiredSize: 1, maxSize: 4 };
  const arm = {
    ...nodes,
    instanceTypes: ["m7g.2xlarge"],
    amiType: "AL2023_ARM_64_STANDARD" as const,
    diskGiB: 51,
  };
  expect(
    roomOf({ cluster: { nodeGroups: { build: { diskGiB: 300 } } } }).default,
  ).toMatchObject({ "ephemeral-storage": "150Gi" });
  const { limitRange } = currentObjects({
    cluster: { nodeGroups: { build: { diskGiB: 300 }, buildArm64: arm } },
    wave: { build: { arm64: true } },
  });
  expect(limitRange?.spec?.limit).toMatchObject([
    { default: { "ephemeral-storage": "25Gi" } },
  ]);
});

test("of nodes that are given nobody knows the disk: what a build writes has no limit there, and no wrong one", () => {
  expect(buildLimitRange(existingSettings()).spec?.limit).toMatchObject([
    { default: { memory: "3600Mi" } },
  ]);
  expect(JSON.stringify(buildLimitRange(existingSettings()))).not.toContain(
    "Infinity",
  );
});
