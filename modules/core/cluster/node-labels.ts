/**
 * Label `service` of the nodes of three groups, by their key in `cluster.nodeGroups`. Wave's pods and builds choose their
 * nodes by it. Every other group has the labels of its settings, and no label of ours.
 */
export const SERVICE_LABELS = {
  system: "wave-system",
  build: "wave-build",
  buildArm64: "wave-build-arm64",
} as const;

/** Groups whose pods run what users write: keys of `cluster.nodeGroups`. Their nodes have a security group of their own. */
export const BUILD_GROUPS: readonly string[] = ["build", "buildArm64"];

/** Node selector of what keeps the cluster running: the group `system`, which every cluster has. */
export const SYSTEM_NODES = { service: SERVICE_LABELS.system } as const;

/** Id of a group's constructs, and end of its name: `buildArm64` → `build-arm64`. */
export const nodeGroupId = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
