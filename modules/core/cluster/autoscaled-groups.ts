import { BUILD_GROUPS } from "./node-labels";
import { type CoreSettings } from "../settings/schema";

/** Tag of the Auto Scaling groups that the Cluster Autoscaler may change; its value is the cluster's name. */
export const AUTOSCALED_BY = "wave-on-eks/autoscaled-by";

/** Groups of builds, by their key in `cluster.nodeGroups`. Wave and the controllers stay where nothing removes nodes. */
export const isScalable = (group: string): boolean =>
  BUILD_GROUPS.includes(group);

/** Whether the Cluster Autoscaler decides how many nodes this group of `cluster.nodeGroups` has. */
export const isAutoscaled = (
  { cluster }: Pick<CoreSettings, "cluster">,
  group: string,
): boolean => cluster.autoscaler !== undefined && isScalable(group);

/** Whether there is a group to scale, and so an autoscaler, its role and what keeps builds from it. */
export const hasAutoscaler = ({
  cluster: { autoscaler, nodeGroups },
}: Pick<CoreSettings, "cluster">): boolean =>
  autoscaler !== undefined &&
  (nodeGroups.build ?? nodeGroups.buildArm64) !== undefined;

/** Nodes that Terraform asks for: of an autoscaled group those that it starts with. */
export const desiredSizeOf = ({
  minSize,
  desiredSize = minSize,
}: {
  readonly minSize: number;
  readonly desiredSize?: number | undefined;
}): number => desiredSize;
