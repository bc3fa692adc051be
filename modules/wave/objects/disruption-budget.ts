import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { type WaveSettings } from "../settings/schema";
import { nothingMoves, oneMoves } from "../../kubernetes/disruption-budget";
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

/** Of the pods of Wave itself. */
export const disruptionBudget = ({
  wave,
}: WaveSettings): PodDisruptionBudgetV1Config =>
  oneMoves(
    {
      name: WAVE,
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
    },
    WAVE_APP,
  );
