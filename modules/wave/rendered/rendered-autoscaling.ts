import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  environmentsOf,
  items,
  problemIf,
  shown,
} from "./rendered-reading";

/** VR-49: bounds that can be met, on the right Deployment. */
export function autoscalerBounds({ settings, objects }: Rendered): Problem[] {
  const { autoscaling } = settings.wave;
  const spec = objects.autoscaler?.spec;
  if (autoscaling === undefined)
    return problemIf(spec !== undefined, {
      path: "HorizontalPodAutoscaler wave-hpa",
      given: "present",
      allowed: "absent without wave.autoscaling",
      fix: "leave it out (VR-49)",
    });
  const { minReplicas, maxReplicas } = autoscaling;
  const target = spec?.scaleTargetRef;
  return [
    ...problemIf(
      spec?.minReplicas !== minReplicas ||
        spec.maxReplicas !== maxReplicas ||
        minReplicas > maxReplicas,
      {
        path: "HorizontalPodAutoscaler wave-hpa: minReplicas, maxReplicas",
        given: `${shown(spec?.minReplicas)} to ${shown(spec?.maxReplicas)}`,
        allowed: `${minReplicas} to ${maxReplicas}, the first not above the second`,
        fix: "correct wave.autoscaling.minReplicas and maxReplicas (VR-49)",
      },
    ),
    ...problemIf(target?.kind !== "Deployment" || target.name !== "wave", {
      path: "HorizontalPodAutoscaler wave-hpa: scaleTargetRef",
      given: `${shown(target?.kind)} ${shown(target?.name)}`,
      allowed: "Deployment wave",
      fix: "scale Wave: SurrealDB must stay alone (VR-49)",
    }),
  ];
}

/** VR-49, HPA-02, HPA-03: metrics that the cluster can answer. */
export function autoscalerMetrics(rendered: Rendered): Problem[] {
  const { autoscaler } = rendered.objects;
  const { autoscaling } = rendered.settings.wave;
  if (autoscaler === undefined || autoscaling === undefined) return [];
  const metrics = items(autoscaler.spec.metric);
  const cpu = metrics.find(({ resource }) => resource?.name === "cpu");
  const target = cpu?.resource?.target;
  const requests = metrics.some(
    ({ pods }) => pods?.metric.name === "http_server_requests",
  );
  const answered =
    autoscaling.requestsPerSecond !== undefined &&
    environmentsOf(rendered).includes("prometheus");
  return [
    ...problemIf(
      target?.type !== "AverageValue" ||
        target.averageValue !== autoscaling.cpuAverage,
      {
        path: "HorizontalPodAutoscaler wave-hpa: metric cpu",
        given: shown(target),
        allowed: `AverageValue ${autoscaling.cpuAverage}`,
        fix: "use AverageValue: with Value the API server ignores averageValue (VR-49, HPA-02)",
      },
    ),
    ...problemIf(requests && !answered, {
      path: "wave.autoscaling.requestsPerSecond",
      given: "the metric http_server_requests without wave.metrics",
      allowed: "the metric only with wave.metrics: true",
      fix: "set wave.metrics: true and install a custom-metrics adapter, or remove the setting (VR-49, HPA-03)",
    }),
  ];
}

/** VR-49, DEP-15: Terraform leaves the number of pods to the autoscaler. */
export function replicasLeftToTheAutoscaler({
  settings,
  objects,
}: Rendered): Problem[] {
  const replicas = objects.deployments.wave?.spec.replicas;
  const { autoscaling, replicas: wanted } = settings.wave;
  const expected = autoscaling === undefined ? String(wanted) : undefined;
  return problemIf(replicas !== expected, {
    path: "Deployment wave: replicas",
    given: shown(replicas),
    allowed:
      expected === undefined
        ? "nothing while wave.autoscaling is set"
        : expected,
    fix: "leave it out with autoscaling: each deployment would undo it (VR-49)",
  });
}
