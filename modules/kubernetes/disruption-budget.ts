import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";

/** More pods than a namespace holds. */
const ALL = "100000";

/** One pod of an application at a time may be moved; with a single one nodes can still be drained. */
export const oneMoves = (
  metadata: PodDisruptionBudgetV1Config["metadata"],
  app: string,
): PodDisruptionBudgetV1Config => ({
  metadata,
  spec: { maxUnavailable: "1", selector: { matchLabels: { app } } },
});

/**
 * No pod of the namespace is moved to another node: its work would begin again, or be lost. Jobs have no number of
 * replicas, so that of the two bounds Kubernetes takes only `minAvailable` for their pods, as a number ("Specifying a
 * Disruption Budget", arbitrary workloads). Pods that have ended, and pods that wait, are in nobody's way.
 */
export const nothingMoves = (
  metadata: PodDisruptionBudgetV1Config["metadata"],
): PodDisruptionBudgetV1Config => ({
  metadata,
  spec: { minAvailable: ALL, selector: {} },
});
