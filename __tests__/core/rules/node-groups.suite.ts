import { checkSettings } from "../../../modules/rules";
import { hasWave, settingsSchema } from "../../../modules/schema";
import {
  type SettingsChange,
  exampleInput,
  exampleSettings,
} from "../../support/settings";
import { problemsOf } from "../../support/settings-files";
import {
  type RefusedCase,
  buildNodes,
  testRefused,
} from "../../support/settings-rules";

const SIZES = { minSize: 1, desiredSize: 1, maxSize: 2 };

const group = (name: string, change: object = {}): SettingsChange => ({
  cluster: { nodeGroups: { [name]: { ...SIZES, ...change } } },
});

testRefused([
  [
    "min above desired",
    buildNodes({ minSize: 2, desiredSize: 1 }),
    "cluster.nodeGroups.build",
    ["minSize 2, desiredSize 1"],
  ],
  [
    "desired above max",
    buildNodes({ desiredSize: 3, maxSize: 2 }),
    "cluster.nodeGroups.build",
    ["desiredSize 3, maxSize 2"],
  ],
  [
    "an ARM instance with an x86 image",
    { cluster: { nodeGroups: { system: { instanceTypes: ["m7g.2xlarge"] } } } },
    "cluster.nodeGroups.system.instanceTypes[0]",
    ["arm64", "amd64 instance types"],
  ],
  [
    "user namespaces of another image than Bottlerocket",
    buildNodes({ maxUserNamespaces: 63359 }),
    "cluster.nodeGroups.build.maxUserNamespaces",
    ["AL2023_x86_64_STANDARD", "remove it"],
  ],
]);

/** What holds for the groups that have been there always holds for one of any name. */
const ofAnyGroup: readonly RefusedCase[] = [
  [
    "sizes out of order",
    group("batch", { minSize: 2 }),
    "cluster.nodeGroups.batch",
    ["minSize 2, desiredSize 1"],
  ],
  [
    "an instance of another architecture than the image",
    group("batch", { instanceTypes: ["m7g.large"] }),
    "cluster.nodeGroups.batch.instanceTypes[0]",
    ["amd64 instance types"],
  ],
  [
    "user namespaces of another image than Bottlerocket",
    group("batch", { maxUserNamespaces: 63359 }),
    "cluster.nodeGroups.batch.maxUserNamespaces",
    ["remove it"],
  ],
  [
    "a key of another region",
    group("batch", {
      volumeKmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
    }),
    "cluster.nodeGroups.batch.volumeKmsKeyArn",
    ["of region us-east-1"],
  ],
  [
    "a name with other characters",
    group("batch_large"),
    "cluster.nodeGroups.batch_large",
    ["2 to 20 letters, digits and single hyphens"],
  ],
  [
    "a name that starts with a capital",
    group("Batch"),
    "cluster.nodeGroups.Batch",
    ["a lower-case letter first"],
  ],
  [
    "a name that ends with a hyphen",
    group("batch-"),
    "cluster.nodeGroups.batch-",
    ["choose another name"],
  ],
  [
    "a name that is too long",
    group("a".repeat(21)),
    `cluster.nodeGroups.${"a".repeat(21)}`,
    ["2 to 20"],
  ],
  [
    "two names that are one in AWS",
    {
      cluster: {
        nodeGroups: { batchLarge: SIZES, "batch-large": SIZES },
      },
    },
    "cluster.nodeGroups.batch-large",
    ["the same as batchLarge"],
  ],
];
describe("a group of another name", () => {
  testRefused(ofAnyGroup);

  test.each(["batch", "gpu-large", "spotLarge"])("accepted: %s", (name) => {
    const settings = exampleSettings(
      group(name, {
        labels: { pool: "batch", "example.com/team": "data.science_1" },
        taints: [
          { key: "example.com/pool", value: "batch", effect: "NoSchedule" },
          { key: "spot", effect: "NoExecute" },
        ],
      }),
    );
    expect(checkSettings(settings)).toEqual([]);
    expect(settings.cluster.nodeGroups[name]).toMatchObject({
      ...SIZES,
      diskGiB: 100,
      labels: { pool: "batch" },
    });
  });

  test.each([
    [
      "a label of Kubernetes itself",
      { labels: { "node-role.kubernetes.io/batch": "x" } },
      "labels.node-role.kubernetes.io/batch",
      "which EKS refuses",
    ],
    [
      "a label key that ends with a hyphen",
      { labels: { "pool-": "x" } },
      "labels.pool-",
      "a key of Kubernetes, such as pool",
    ],
    [
      "a label key that is too long",
      { labels: { [`example.com/${"k".repeat(52)}`]: "x" } },
      `labels.example.com/${"k".repeat(52)}`,
      "at most 63 characters",
    ],
    [
      "a label value with a space",
      { labels: { pool: "a b" } },
      "labels.pool",
      "letters, digits and _ . -",
    ],
    [
      "a label value that is empty, which EKS refuses",
      { labels: { pool: "" } },
      "labels.pool",
      "letters, digits and _ . -",
    ],
    [
      "a label value that is a number",
      { labels: { pool: 7 } },
      "labels.pool",
      "at most 63 characters",
    ],
    [
      "a taint of EKS itself",
      { taints: [{ key: "eks.amazonaws.com/x", effect: "NoSchedule" }] },
      "taints[0].key",
      "which EKS refuses",
    ],
    [
      "a taint with an effect that is none",
      { taints: [{ key: "pool", effect: "NoRun" }] },
      "taints[0].effect",
      "NoSchedule, PreferNoSchedule, NoExecute",
    ],
    [
      "a taint without an effect",
      { taints: [{ key: "pool" }] },
      "taints[0].effect",
      "NoSchedule, PreferNoSchedule, NoExecute",
    ],
    [
      "a taint value with a slash",
      { taints: [{ key: "pool", value: "a/b", effect: "NoSchedule" }] },
      "taints[0].value",
      "letters, digits and _ . -",
    ],
  ])("refused: %s", (_, change, path, allowed) => {
    const problems = problemsOf(group("batch", change));
    expect(problems.map((problem) => problem.path)).toEqual([
      `cluster.nodeGroups.batch.${path}`,
    ]);
    expect(problems[0]?.allowed).toContain(allowed);
  });

  test("a broken group hides the problems of no other", () => {
    const problems = problemsOf({
      cluster: {
        nodeGroups: { batch: "large", other: { ...SIZES, minSize: 9 } },
      },
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      "cluster.nodeGroups.batch",
      "cluster.nodeGroups.other",
    ]);
  });
});

test("labels and taints are for other groups: those of Wave carry what its pods ask for", () => {
  const problems = problemsOf(
    buildNodes({ labels: { pool: "x" }, taints: [] }),
  );
  expect(problems.map(({ path }) => path)).toEqual([
    "cluster.nodeGroups.build.labels",
    "cluster.nodeGroups.build.taints",
  ]);
});

test("the group system is required, whatever else there is", () => {
  const input = exampleInput({ wave: undefined, ...group("batch") });
  const settings = settingsSchema.parse(input);
  expect(hasWave(settings)).toBe(false);
  const without = exampleInput({
    cluster: { nodeGroups: { system: undefined, batch: SIZES } },
  });
  expect(settingsSchema.safeParse(without).error?.issues[0]?.path).toEqual([
    "cluster",
    "nodeGroups",
    "system",
  ]);
});
