import { type Construct } from "constructs";
import { EksAddOn, type EksAddOnProps } from "./eks-add-on";

/** The add-on, and the service account that agent and Fluent Bit share, which its role trusts. */
export const CLOUDWATCH_OBSERVABILITY = {
  addOn: "amazon-cloudwatch-observability",
  namespace: "amazon-cloudwatch",
  serviceAccount: "cloudwatch-agent",
} as const;

/**
 * Requests of its two pods on every node, of agent and Fluent Bit: values of its chart, 6.4.0 of
 * https://github.com/aws-observability/helm-charts.
 */
export const AGENT_REQUESTS = { cpu: 300, memoryMi: 153 };

/** First release whose chart turns single webhooks off. */
export const OLDEST_RELEASE = "4.5.0";

/**
 * Log groups that it writes into, by what is in them: what containers print, what kubelet and CNI print, the nodes' journals, and
 * metrics, which CloudWatch takes out of their log.
 *
 * @param clusterName Name of the cluster.
 */
export const containerLogGroups = (
  clusterName: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["application", "dataplane", "host", "performance"].map((what) => [
      what,
      `/aws/containerinsights/${clusterName}/${what}`,
    ]),
  );

/** Properties of `createCloudwatchObservability`. */
export interface CloudwatchObservabilityProps extends Pick<
  EksAddOnProps,
  "clusterName" | "kubernetesVersion" | "version"
> {
  /** Role of its service account. */
  readonly roleArn: string;
  /** Labels of the nodes for its controller. */
  readonly nodeSelector: Readonly<Record<string, string>>;
}

/**
 * The CloudWatch agent and Fluent Bit on every node, those of builds too, and their controller. Its log groups exist before: its role
 * may make none. AWS charges logs by the GB, and metrics by the observation.
 */
export const createCloudwatchObservability = (
  scope: Construct,
  id: string,
  { roleArn, nodeSelector, ...props }: CloudwatchObservabilityProps,
): EksAddOn =>
  new EksAddOn(scope, id, {
    ...props,
    addOn: CLOUDWATCH_OBSERVABILITY.addOn,
    serviceAccountRoleArn: roleArn,
    configuration: {
      // Without `application_signals`, which the default has and nobody here reads: no program is instrumented, no trace taken. The
      // metrics are those with names in CloudWatch, which alarms and dashboard need; those of OpenTelemetry are asked by PromQL.
      agent: {
        config: {
          logs: {
            metrics_collected: {
              kubernetes: { enhanced_container_insights: true },
            },
          },
        },
      },
      manager: {
        // Away from build nodes, whose security group does not let the control plane in on its port.
        nodeSelector,
        applicationSignals: { autoMonitor: { monitorAllServices: false } },
      },
      // They instrument programs, and stand in the way of every pod. The one of its own agents stays: the controller needs its
      // certificate.
      admissionWebhooks: Object.fromEntries(
        ["instrumentations", "namespaces", "pods", "workloads"].map((what) => [
          what,
          { create: false },
        ]),
      ),
      // Of GPUs, and of AWS's own accelerators.
      dcgmExporter: { enabled: false },
      neuronMonitor: { enabled: false },
    },
  });
