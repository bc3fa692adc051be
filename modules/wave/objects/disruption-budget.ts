import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { type WaveSettings } from "../settings/schema";
import { nothingMoves } from "../../kubernetes/disruption-budget";
import { WAVE } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

/** No build is moved to another node by an autoscaler. */
export const buildDisruptionBudget = ({
  wave,
}: WaveSettings): PodDisruptionBudgetV1Config =>
  nothingMoves({
    name: "wave-build",
    namespace: wave.buildNamespace,
    labels: labelsOf(WAVE_APP, "build"),
  });

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
