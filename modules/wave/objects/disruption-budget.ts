import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { type WaveSettings } from "../settings/schema";
import { WAVE } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

/** More pods than a namespace holds. */
const ALL = "100000";

/**
 * No pod of the build namespace is moved to another node: a build would begin again, or be lost. Jobs have no number of
 * replicas, so that of the two bounds Kubernetes takes only `minAvailable` for their pods, as a number ("Specifying a
 * Disruption Budget", arbitrary workloads). Pods that have ended, and pods that wait, are in nobody's way.
 */
export function buildDisruptionBudget({
  wave,
}: WaveSettings): PodDisruptionBudgetV1Config {
  return {
    metadata: {
      name: "wave-build",
      namespace: wave.buildNamespace,
      labels: labelsOf(WAVE_APP, "build"),
    },
    spec: { minAvailable: ALL, selector: {} },
  };
}

/** One Wave pod at a time may be moved; with a single replica nodes can still be drained. */
export function disruptionBudget({
  wave,
}: WaveSettings): PodDisruptionBudgetV1Config {
  return {
    metadata: {
      name: WAVE,
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
    },
    spec: {
      maxUnavailable: "1",
      selector: { matchLabels: { app: WAVE_APP } },
    },
  };
}
