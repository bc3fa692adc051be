import { checkSettings } from "../../../modules/rules";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../../support/settings";
import { buildNodes, testRefused } from "../../support/settings-rules";

const ARM = {
  amiType: "AL2023_ARM_64_STANDARD" as const,
  instanceTypes: ["m7g.2xlarge"],
};
const SIZES = { minSize: 1, desiredSize: 1, maxSize: 2 };

const armNodes = (buildArm64: object): SettingsChange => ({
  cluster: { nodeGroups: { buildArm64: { ...SIZES, ...buildArm64 } } },
  wave: { build: { arm64: true } },
});

describe("classic", () => {
  testRefused([
    [
      "INF-14: arm64 builds",
      { wave: { build: { arm64: true } } },
      "wave.build.arm64",
      ["current line"],
    ],
    [
      "INF-14: an ARM build group",
      buildNodes(ARM),
      "cluster.nodeGroups.build.amiType",
      ["on the classic line", "need the current line"],
    ],
    [
      "INF-17: no nodes for builds",
      { cluster: { nodeGroups: { build: undefined } } },
      "cluster.nodeGroups.build",
      ["key is missing"],
    ],
  ]);

  test("accepted: Bottlerocket as it is, for Kaniko needs no user namespaces", () => {
    const change = buildNodes({ amiType: "BOTTLEROCKET_x86_64" });
    expect(checkSettings(exampleSettings(change))).toEqual([]);
  });
});

describe("current", () => {
  testRefused(
    [
      [
        "INF-14: a group for arm64 without the node selector of arm64",
        { cluster: { nodeGroups: { buildArm64: { ...SIZES, ...ARM } } } },
        "cluster.nodeGroups.buildArm64",
        ["wave.build.arm64 off", "node selector of linux/arm64"],
      ],
      [
        "INF-14: the node selector of arm64 without nodes",
        { wave: { build: { arm64: true } } },
        "wave.build.arm64",
        ["without cluster.nodeGroups.buildArm64", "Pending"],
      ],
      [
        "an x86 image in the group for arm64",
        armNodes({}),
        "cluster.nodeGroups.buildArm64.amiType",
        ["AL2023_ARM_64_STANDARD", "linux/arm64"],
      ],
      [
        "an x86 instance in the group for arm64",
        armNodes({ amiType: ARM.amiType, instanceTypes: ["m7i.2xlarge"] }),
        "cluster.nodeGroups.buildArm64.instanceTypes[0]",
        ["arm64 instance types"],
      ],
      [
        "an ARM image in the group for amd64",
        buildNodes(ARM),
        "cluster.nodeGroups.build.amiType",
        ["builds for linux/amd64", "cluster.nodeGroups.buildArm64"],
      ],
      [
        "sizes of the group for arm64 out of order",
        armNodes({ ...ARM, minSize: 2 }),
        "cluster.nodeGroups.buildArm64",
        ["minSize 2, desiredSize 1"],
      ],
      [
        "a build larger than a node for arm64",
        {
          ...armNodes({ ...ARM, instanceTypes: ["m7g.large"] }),
          wave: {
            build: { arm64: true, requestMemory: "9Gi", maxRunningJobs: 2 },
          },
        },
        "wave.build.requestMemory",
        ["at most 7015Mi", "cluster.nodeGroups.buildArm64"],
      ],
      [
        "Bottlerocket without user namespaces",
        buildNodes({ amiType: "BOTTLEROCKET_x86_64" }),
        "cluster.nodeGroups.build.amiType",
        ["without maxUserNamespaces", "63359", "or use AL2023"],
      ],
      [
        "too few user namespaces",
        buildNodes({
          amiType: "BOTTLEROCKET_x86_64",
          maxUserNamespaces: 63358,
        }),
        "cluster.nodeGroups.build.maxUserNamespaces",
        ["63358", "63359 or more"],
      ],
      [
        "Bottlerocket in the group for arm64",
        armNodes({ ...ARM, amiType: "BOTTLEROCKET_ARM_64" }),
        "cluster.nodeGroups.buildArm64.amiType",
        ["BuildKit cannot start"],
      ],
      [
        "user namespaces of another image than Bottlerocket",
        { cluster: { nodeGroups: { system: { maxUserNamespaces: 63359 } } } },
        "cluster.nodeGroups.system.maxUserNamespaces",
        ["remove it"],
      ],
    ],
    currentSettings,
  );

  test.each([
    ["a group for arm64 with its node selector", armNodes(ARM)],
    [
      "Bottlerocket with user namespaces",
      buildNodes({
        amiType: "BOTTLEROCKET_x86_64",
        maxUserNamespaces: 63359,
      }),
    ],
    [
      "Bottlerocket where nothing is built",
      {
        cluster: { nodeGroups: { system: { amiType: "BOTTLEROCKET_x86_64" } } },
      },
    ],
  ] as const)("accepted: %s", (_, change) => {
    expect(checkSettings(currentSettings(change))).toEqual([]);
  });
});
