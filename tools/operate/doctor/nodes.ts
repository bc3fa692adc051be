import { desiredSizeOf } from "../../../modules/core/cluster/autoscaled-groups";
import { type Settings, hasComputeEnv } from "../../../modules/schema";

/** Nodes that the settings make. */
export interface Nodes {
  /** Of the group in the settings: `cluster.nodeGroups.build`. */
  readonly path: string;
  readonly instanceTypes: readonly string[];
  readonly amiType: string;
  readonly isSpot: boolean;
  readonly desiredSize: number;
  readonly maxSize: number;
}

/** Every group of nodes that is made: those of the cluster, and that of a compute environment. */
export function nodesOf(settings: Settings): Nodes[] {
  const groups = Object.entries(settings.cluster.nodeGroups).map(
    ([name, group]) => ({
      ...group,
      path: `cluster.nodeGroups.${name}`,
      isSpot: false,
    }),
  );
  const compute = hasComputeEnv(settings)
    ? settings.computeEnv.nodes
    : undefined;
  return [
    ...groups,
    ...(compute?.kind === "nodeGroup"
      ? [
          {
            ...compute,
            path: "computeEnv.nodes",
            isSpot: compute.capacityType === "SPOT",
          },
        ]
      : []),
  ].map((group) => ({
    path: group.path,
    instanceTypes: group.instanceTypes,
    amiType: group.amiType,
    isSpot: group.isSpot,
    desiredSize: desiredSizeOf(group),
    maxSize: group.maxSize,
  }));
}
