import { scalesBuilds } from "../../core/cluster/autoscaled-groups";
import { buildNodes, systemNodes } from "../../core/cluster/node-labels";
import { type WaveSettings } from "../settings/schema";

/** Node selector of images that exist for amd64 only, as those of the classic line do. */
export const amd64Nodes = (settings: WaveSettings): Record<string, string> => ({
  "kubernetes.io/arch": "amd64",
  ...systemNodes(settings),
});

/** Architectures that builds have nodes for, by the key of their group and of their node selector. */
export type BuildNodes = "build" | "buildArm64";

/** Whether there are nodes for builds of the architecture: a group of ours, or nodes of a cluster that exists. */
export const hasBuildNodes = (
  { cluster }: WaveSettings,
  group: BuildNodes,
): boolean =>
  cluster.nodeGroups[group] !== undefined ||
  (cluster.kind === "existing" && cluster.nodeSelectors[group] !== undefined);

/** Whether some builds run on nodes of ours, which have a security group of their own. */
export const hasOwnBuildNodes = ({ cluster }: WaveSettings): boolean =>
  (cluster.nodeGroups.build ?? cluster.nodeGroups.buildArm64) !== undefined;

/**
 * Whether something removes nodes while builds run there: our autoscaler, or in a cluster that exists one of its owner's. The
 * groups of ours are no exception: EKS tags every managed group for the Cluster Autoscaler to find.
 */
export const mayLoseBuildNodes = (settings: WaveSettings): boolean =>
  settings.cluster.kind === "existing" || scalesBuilds(settings);

/**
 * Node selector of builds as Wave's `config.yml` has it: one label as `key=value`. Wave takes no second one, and none
 * without a value.
 */
export const buildNodesText = (
  settings: WaveSettings,
  group: BuildNodes,
): string =>
  Object.entries(buildNodes(settings, group) ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join();
