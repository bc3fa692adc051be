import { type CoreSettings } from "../settings/schema";

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

/** Node selector of what keeps the cluster running: the group `system`, which every cluster that is made here has. */
export const SYSTEM_NODES = { service: SERVICE_LABELS.system } as const;

/** Labels by which pods choose their nodes. */
export type NodeSelector = Readonly<Record<string, string>>;

/** Node selector of Wave and of controllers of ours. Empty: any node, in a cluster that exists. */
export const systemNodes = ({
  cluster,
}: Pick<CoreSettings, "cluster">): NodeSelector =>
  cluster.kind === "existing" && cluster.nodeGroups.system === undefined
    ? cluster.nodeSelectors.system
    : SYSTEM_NODES;

/** Node selector of builds of one architecture; undefined where none is known. */
export const buildNodes = (
  { cluster }: Pick<CoreSettings, "cluster">,
  group: "build" | "buildArm64",
): NodeSelector | undefined =>
  cluster.kind === "existing" && cluster.nodeGroups[group] === undefined
    ? cluster.nodeSelectors[group]
    : { service: SERVICE_LABELS[group] };

/** Id of a group's constructs, and end of its name: `buildArm64` → `build-arm64`. */
export const nodeGroupId = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
