import { checkSettings, warningsOf } from "../../../modules/rules";
import { networkOf } from "../../support/network";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../../support/settings";
import { type RefusedCase, testRefused } from "../../support/settings-rules";
import { resourcesOf } from "../../support/synth";

const SIZES = { minSize: 1, desiredSize: 1, maxSize: 2 };
const ARM64 = {
  amiType: "AL2023_ARM_64_STANDARD" as const,
  instanceTypes: ["m7g.2xlarge"],
};
const groups: SettingsChange = {
  cluster: {
    nodeGroups: {
      batch: SIZES,
      buildArm64: { ...ARM64, minSize: 0, maxSize: 3 },
    },
  },
  wave: { build: { arm64: true } },
};
const off: SettingsChange = {
  cluster: {
    autoscaler: undefined,
    nodeGroups: { build: { minSize: 1, desiredSize: 2 } },
  },
};

type Group = Record<string, unknown> & {
  labels?: { service?: string };
  lifecycle: object;
};
const groupsOf = (stack: ReturnType<typeof networkOf>) =>
  Object.fromEntries(
    Object.entries(resourcesOf(stack, "aws_eks_node_group")).map(
      ([id, group]) => [
        id.replace(/^nodes_(.*)_[0-9A-F]{8}$/, "$1"),
        group as Group,
      ],
    ),
  );
const on = networkOf(groups, currentSettings);
const fixed = networkOf(off, currentSettings);

test("the groups of builds carry the tag, on the Auto Scaling group that EKS makes; no other does", () => {
  const tags = Object.values(resourcesOf(on, "aws_autoscaling_group_tag"));
  expect(tags.map(({ autoscaling_group_name: name }) => name).sort()).toEqual([
    expect.stringMatching(
      /^\$\{aws_eks_node_group\.nodes_build-arm64_\w+\.resources\[0\]\.autoscaling_groups\[0\]\.name\}$/,
    ),
    expect.stringMatching(
      /^\$\{aws_eks_node_group\.nodes_build_\w+\.resources/,
    ),
  ]);
  for (const { tag } of tags)
    expect(tag).toMatchObject({
      key: "wave-on-eks/autoscaled-by",
      propagate_at_launch: false,
    });
});

test("their number of nodes is nobody's but the autoscaler's; that of others is Terraform's", () => {
  const ignored = Object.entries(groupsOf(on)).map(([id, { lifecycle }]) => [
    id,
    (lifecycle as { ignore_changes?: string[] }).ignore_changes,
  ]);
  expect(Object.fromEntries(ignored)).toEqual({
    batch: undefined,
    build: ["scaling_config[0].desired_size"],
    "build-arm64": ["scaling_config[0].desired_size"],
    system: undefined,
  });
});

test("a group starts with minSize, and without it there is no node", () => {
  expect(groupsOf(on).build).toMatchObject({
    scaling_config: { min_size: 0, desired_size: 0, max_size: 3 },
  });
});

test("off: no tag, and Terraform owns all three sizes again, at the same address and under the same name", () => {
  expect(fixed.resource).not.toHaveProperty("aws_autoscaling_group_tag");
  const { build: after } = groupsOf(fixed);
  expect(after?.lifecycle).toEqual({ create_before_destroy: true });
  expect(after?.scaling_config).toEqual({
    min_size: 1,
    desired_size: 2,
    max_size: 3,
  });
  // Nothing else of the group changes, so that it stays.
  const { build: before } = groupsOf(on);
  const differing = ["scaling_config", "lifecycle", "force_update_version"];
  const rest = (group: Group | undefined) =>
    Object.entries(group ?? {}).filter(([key]) => !differing.includes(key));
  expect(rest(after)).toEqual(rest(before));
});

test("bounds that the running number is outside of are refused at plan, with a command", () => {
  const { postcondition } = groupsOf(on).build?.lifecycle as {
    postcondition: { condition: string; error_message: string }[];
  };
  expect(postcondition).toEqual([
    {
      condition:
        "${self.scaling_config[0].desired_size >= 0 && self.scaling_config[0].desired_size <= 3}",
      error_message: expect.stringContaining(
        "--scaling-config minSize=0,maxSize=3,desiredSize=${max(0, min(3, self.scaling_config[0].desired_size))}",
      ) as unknown,
    },
  ]);
});

test("pods that may not be evicted hold no update of the nodes for ever", () => {
  expect(groupsOf(on).build).toMatchObject({ force_update_version: true });
  expect(groupsOf(on).system).not.toHaveProperty("force_update_version");
});

test.each([
  ["0 nodes with the autoscaler", {}],
  [
    "a number to start with",
    { cluster: { nodeGroups: { build: { desiredSize: 2 } } } },
  ],
  [
    "fixed capacity without a desiredSize",
    {
      cluster: { autoscaler: undefined, nodeGroups: { build: { minSize: 2 } } },
    },
  ],
])("accepted: %s", (_, change) => {
  expect(checkSettings(exampleSettings(change))).toEqual([]);
});

const refused: readonly RefusedCase[] = [
  [
    "no node, and nothing that starts one",
    { cluster: { autoscaler: undefined } },
    "cluster.nodeGroups.build.minSize",
    ["without cluster.autoscaler", "add cluster.autoscaler: {}"],
  ],
  [
    "no node in a group that nothing scales",
    { cluster: { nodeGroups: { batch: { minSize: 0, maxSize: 2 } } } },
    "cluster.nodeGroups.batch.minSize",
    ["nothing scales a group of this name", "write 1 or more"],
  ],
  [
    "more nodes to start with than the most",
    { cluster: { nodeGroups: { build: { desiredSize: 4 } } } },
    "cluster.nodeGroups.build",
    ["minSize 0, desiredSize 4, maxSize 3"],
  ],
];
testRefused(refused);

test("an autoscaler without a group is not installed, and a notice says so", () => {
  const settings = currentSettings({
    cluster: { nodeGroups: { build: undefined } },
    wave: { mode: "lite" },
  });
  expect(warningsOf(settings).join("\n")).toContain("nothing to scale");
  expect(warningsOf(exampleSettings()).join("\n")).not.toContain("autoscaler");
});
