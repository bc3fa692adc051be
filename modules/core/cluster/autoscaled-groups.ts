import { BUILD_GROUPS } from "./node-labels";
import { type PlatformNeeds } from "../facts";
import { type CreatedClusterSettings } from "../kinds";
import { type CoreSettings } from "../settings/schema";

/** Tag of the Auto Scaling groups that the Cluster Autoscaler may change; its value is the cluster's name. */
export const AUTOSCALED_BY = "wave-on-eks/autoscaled-by";

/** Groups of builds, by their key in `cluster.nodeGroups`. Wave and the controllers stay where nothing removes nodes. */
export const isScalable = (group: string): boolean =>
  BUILD_GROUPS.includes(group);

/** `cluster.autoscaler`; undefined where the capacity is fixed, and on a cluster that exists, whose owner scales it. */
export const autoscalerOf = ({
  cluster,
}: Pick<
  CoreSettings,
  "cluster"
>): CreatedClusterSettings["cluster"]["autoscaler"] =>
  cluster.kind === "created" ? cluster.autoscaler : undefined;

/** Whether the Cluster Autoscaler decides how many nodes this group of `cluster.nodeGroups` has. */
export const isAutoscaled = (
  settings: Pick<CoreSettings, "cluster">,
  group: string,
): boolean => autoscalerOf(settings) !== undefined && isScalable(group);

/** Whether groups of builds are scaled, so that something has to keep the nodes of running builds. */
export const scalesBuilds = (
  settings: Pick<CoreSettings, "cluster">,
): boolean =>
  BUILD_GROUPS.some(
    (group) =>
      settings.cluster.nodeGroups[group] !== undefined &&
      isAutoscaled(settings, group),
  );

/** Whether there is a group to scale, of builds or of a platform, and so an autoscaler and its role. */
export const hasAutoscaler = (
  settings: Pick<CoreSettings, "cluster">,
  needs: Pick<PlatformNeeds, "scaledNodes">,
): boolean =>
  scalesBuilds(settings) ||
  (needs.scaledNodes && autoscalerOf(settings) !== undefined);

/** Nodes that Terraform asks for: of an autoscaled group those that it starts with. */
export const desiredSizeOf = ({
  minSize,
  desiredSize = minSize,
}: {
  readonly minSize: number;
  readonly desiredSize?: number | undefined;
}): number => desiredSize;
