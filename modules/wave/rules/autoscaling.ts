import { type Rule, type Warning, when } from "../../settings/rule";
import { isClassic } from "../release/line";
import { type WaveSettings } from "../settings/schema";

/** Kubernetes refuses an autoscaler whose least is above its most. */
const replicasInOrder: Rule<WaveSettings> = ({ wave: { autoscaling } }) => {
  if (autoscaling === undefined) return [];
  const { minReplicas, maxReplicas } = autoscaling;
  return when(minReplicas > maxReplicas, () => ({
    path: "wave.autoscaling.minReplicas",
    given: `${minReplicas}, above maxReplicas ${maxReplicas}`,
    allowed: `1 to ${maxReplicas}`,
    fix: "lower minReplicas or raise maxReplicas",
  }));
};

/** Without metrics Wave counts no requests, and the autoscaler would never act. */
const requestMetric: Rule<WaveSettings> = ({
  wave: { autoscaling, metrics },
}) =>
  when(autoscaling?.requestsPerSecond !== undefined && !metrics, () => ({
    path: "wave.autoscaling.requestsPerSecond",
    given: `"${autoscaling?.requestsPerSecond ?? ""}", with wave.metrics off`,
    allowed: "only with wave.metrics: true and a custom-metrics adapter",
    fix: "set wave.metrics: true and install an adapter that serves http_server_requests, or remove the key to scale by CPU",
  }));

/** One pod is no service while a node is drained. */
const fewReplicas: Warning<WaveSettings> = ({ wave: { autoscaling } }) =>
  autoscaling !== undefined && autoscaling.minReplicas < 2
    ? [
        "wave.autoscaling.minReplicas is 1: Wave is away for some seconds whenever its only pod moves.",
      ]
    : [];

/** Pods of the classic line hold the builds they started. */
const scaleDownLosesBuilds: Warning<WaveSettings> = (settings) =>
  isClassic(settings) && settings.wave.autoscaling !== undefined
    ? [
        "wave.autoscaling on the classic line: builds live in the Wave pods, so a scale-down loses those that run.",
      ]
    : [];

export const autoscalingRules = [replicasInOrder, requestMetric];
export const autoscalingWarnings = [fewReplicas, scaleDownLosesBuilds];
