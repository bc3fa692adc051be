import {
  type HorizontalPodAutoscalerV2Config,
  type HorizontalPodAutoscalerV2SpecMetric,
} from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { type WaveSettings } from "../settings/schema";
import { WAVE } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

/** Autoscaler `wave-hpa`; none without `wave.autoscaling`. */
export function autoscaler({
  wave,
}: WaveSettings): HorizontalPodAutoscalerV2Config | undefined {
  const { autoscaling } = wave;
  if (autoscaling === undefined) return undefined;
  return {
    metadata: {
      name: "wave-hpa",
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
    },
    spec: {
      minReplicas: autoscaling.minReplicas,
      maxReplicas: autoscaling.maxReplicas,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: WAVE },
      metric: [
        cpuMetric(autoscaling.cpuAverage),
        ...(autoscaling.requestsPerSecond === undefined
          ? []
          : [requestsMetric(autoscaling.requestsPerSecond)]),
      ],
      behavior: { scaleDown: [scaleDown], scaleUp: [scaleUp] },
    },
  };
}

/** `AverageValue`: the API server also takes upstream's `Value` with `averageValue`, which means nothing. */
const cpuMetric = (
  averageValue: string,
): HorizontalPodAutoscalerV2SpecMetric => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "AverageValue", averageValue } },
});

/** Needs a custom-metrics adapter and Wave's environment `prometheus`. */
const requestsMetric = (
  averageValue: string,
): HorizontalPodAutoscalerV2SpecMetric => ({
  type: "Pods",
  pods: {
    metric: { name: "http_server_requests" },
    target: { type: "AverageValue", averageValue },
  },
});

const scaleDown = {
  selectPolicy: "Min",
  stabilizationWindowSeconds: 60,
  policy: [
    { type: "Pods", value: 1, periodSeconds: 15 },
    { type: "Percent", value: 10, periodSeconds: 15 },
  ],
};

const scaleUp = {
  selectPolicy: "Max",
  stabilizationWindowSeconds: 0,
  policy: [
    { type: "Pods", value: 10, periodSeconds: 70 },
    { type: "Percent", value: 12, periodSeconds: 80 },
  ],
};
