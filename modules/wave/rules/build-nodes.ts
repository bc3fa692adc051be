import { type Rule, when } from "../../settings/rule";
import { hasBuildNodes } from "../objects/nodes";
import { hasBuilds, isClassic, isCurrent } from "../release/line";
import { type WaveSettings } from "../settings/schema";

/** User namespaces that rootless BuildKit needs on Bottlerocket, whose own setting is none. */
const USER_NAMESPACES = 63359;

const isArm = (amiType: string): boolean => amiType.includes("ARM");
const isBottlerocket = (amiType: string): boolean =>
  amiType.startsWith("BOTTLEROCKET");

/** Kaniko builds for the architecture of its node, and the classic line asks for linux/amd64. */
const noArmOnClassic: Rule<WaveSettings> = (settings) =>
  when(isClassic(settings) && settings.wave.build.arm64, () => ({
    path: "wave.build.arm64",
    given: "true, on the classic line",
    allowed: "false: Kaniko builds of the classic line know linux/amd64 only",
    fix: "remove it; builds for arm64 need the current line",
  }));

/** The node selector of linux/amd64 names this group on both lines. */
const amd64BuildGroup: Rule<WaveSettings> = (settings) => {
  const { amiType = "" } = settings.cluster.nodeGroups.build ?? {};
  return when(hasBuilds(settings) && isArm(amiType), () => ({
    path: "cluster.nodeGroups.build.amiType",
    given: isClassic(settings)
      ? `${amiType}, on the classic line`
      : `${amiType}, in the group that builds for linux/amd64`,
    allowed:
      "an image for x86_64, such as AL2023_x86_64_STANDARD, BOTTLEROCKET_x86_64 or BOTTLEROCKET_x86_64_FIPS",
    fix: isClassic(settings)
      ? "use an x86_64 image and instances: builds for arm64 need the current line"
      : "use an x86_64 image and instances: builds for arm64 have cluster.nodeGroups.buildArm64",
  }));
};

/** The node selector of linux/arm64 names this group. */
const armBuildGroup: Rule<WaveSettings> = ({ cluster }) => {
  const { amiType } = cluster.nodeGroups.buildArm64 ?? {};
  return when(amiType !== undefined && !isArm(amiType), () => ({
    path: "cluster.nodeGroups.buildArm64.amiType",
    given: amiType ?? "",
    allowed:
      "an image for ARM_64, such as AL2023_ARM_64_STANDARD, BOTTLEROCKET_ARM_64 or BOTTLEROCKET_ARM_64_FIPS",
    fix: "use an ARM image and instances such as m7g.2xlarge: this group builds for linux/arm64",
  }));
};

/** Nodes without their node selector stay idle, a selector without nodes leaves builds Pending. */
const armGroupAndSelector: Rule<WaveSettings> = (settings) => {
  if (!isCurrent(settings) || !hasBuilds(settings)) return [];
  const { cluster, wave } = settings;
  const { arm64 } = wave.build;
  const isOurs = cluster.nodeGroups.buildArm64 !== undefined;
  const hasNodes = hasBuildNodes(settings, "buildArm64");
  return [
    ...when(hasNodes && !arm64, () => ({
      path: isOurs
        ? "cluster.nodeGroups.buildArm64"
        : "cluster.nodeSelectors.buildArm64",
      given: `${isOurs ? "a group" : "nodes"} for arm64, with wave.build.arm64 off`,
      allowed: `${isOurs ? "a group" : "nodes"} together with wave.build.arm64: true`,
      fix: `set wave.build.arm64: true, which writes the node selector of linux/arm64, or remove the ${isOurs ? "group" : "key"}: no build would run there`,
    })),
    ...when(arm64 && !hasNodes, () => ({
      path: "wave.build.arm64",
      given:
        cluster.kind === "created"
          ? "true, without cluster.nodeGroups.buildArm64"
          : "true, without cluster.nodeSelectors.buildArm64 and cluster.nodeGroups.buildArm64",
      allowed: "true together with nodes for arm64",
      fix:
        cluster.kind === "created"
          ? "add cluster.nodeGroups.buildArm64, or remove the key: builds for arm64 would stay Pending"
          : "add one of the two, or remove the key: builds for arm64 would stay Pending",
    })),
  ];
};

/** Rootless BuildKit makes a user namespace for each build. */
const bottlerocketBuilds = (
  group: "build" | "buildArm64",
): Rule<WaveSettings> => {
  const path = `cluster.nodeGroups.${group}`;
  return (settings) => {
    const { amiType = "", maxUserNamespaces } =
      settings.cluster.nodeGroups[group] ?? {};
    if (!isCurrent(settings) || !isBottlerocket(amiType)) return [];
    return when((maxUserNamespaces ?? 0) < USER_NAMESPACES, () => ({
      path:
        maxUserNamespaces === undefined
          ? `${path}.amiType`
          : `${path}.maxUserNamespaces`,
      given:
        maxUserNamespaces === undefined
          ? `${amiType}, without maxUserNamespaces`
          : String(maxUserNamespaces),
      allowed: `AL2023, or Bottlerocket with maxUserNamespaces ${USER_NAMESPACES} or more`,
      fix: `set ${path}.maxUserNamespaces: ${USER_NAMESPACES}, or use AL2023: BuildKit cannot start without user namespaces`,
    }));
  };
};

export const buildNodeRules = [
  noArmOnClassic,
  amd64BuildGroup,
  armBuildGroup,
  armGroupAndSelector,
  bottlerocketBuilds("build"),
  bottlerocketBuilds("buildArm64"),
];
