import {
  DeploymentV1,
  type DeploymentV1Config,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type Construct } from "constructs";
import { type Dependencies } from "./create-all";
import { oneMoves } from "./disruption-budget";
import { type PodProps, containerOf, podOf } from "./pod";
import { spreadOut } from "./spread";

/** An HTTP request of the kubelet that a well container answers with 2xx or 3xx. */
export interface Probe {
  readonly path: string;
  readonly port: number;
  /**
   * Header `Host`.
   * @default address of the pod
   */
  readonly host?: string;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 3 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
}

/** Properties of `createApplication`. */
export interface ApplicationProps extends PodProps {
  /**
   * Port of container and Service.
   * @default none
   */
  readonly port?: number;
  readonly probes?: {
    readonly startup?: Probe;
    readonly readiness?: Probe;
    readonly liveness?: Probe;
  };
  /** @default 1 */
  readonly replicas?: number;
  /**
   * Whether the old pod ends before the new one starts.
   * @default false
   */
  readonly recreate?: boolean;
  /**
   * Command that runs before the stop signal, such as a pause in which the load balancer stops sending.
   * @default none
   */
  readonly preStop?: readonly string[];
  /** Checksums of what a running pod does not follow: another one makes new pods. */
  readonly checksums?: Readonly<Record<string, string>>;
  /**
   * Name of its Service, on `port`.
   * @default no Service
   */
  readonly service?: string;
  readonly dependsOn: Dependencies;
}

/** What `createApplication` created. */
export interface Application {
  readonly deployment: DeploymentV1;
  readonly service?: ServiceV1;
  /** Both. */
  readonly dependsOn: Dependencies;
}

/**
 * Creates the Deployment of a program, its Service inside of the cluster, and, from two replicas on, a disruption budget.
 * Ids are `deployment-<id>`, `service-<id>` and `disruption-budget-<id>`.
 */
export function createApplication(
  scope: Construct,
  id: string,
  props: ApplicationProps,
): Application {
  const { name, namespace, labels } = props;
  const dependsOn = [...props.dependsOn];
  const deployment = new DeploymentV1(scope, `deployment-${id}`, {
    ...deploymentOf(props),
    dependsOn,
  });
  if (isSeveral(props))
    new PodDisruptionBudgetV1(scope, `disruption-budget-${id}`, {
      ...oneMoves({ name, namespace, labels }, labels.app),
      dependsOn,
    });
  const service = createService(scope, id, props);
  return {
    deployment,
    service,
    dependsOn: service ? [deployment, service] : [deployment],
  };
}

const isSeveral = ({ replicas = 1 }: ApplicationProps) => replicas > 1;

function createService(
  scope: Construct,
  id: string,
  { namespace, labels, port, service, dependsOn }: ApplicationProps,
): ServiceV1 | undefined {
  if (service === undefined || port === undefined) return undefined;
  return new ServiceV1(scope, `service-${id}`, {
    metadata: { name: service, namespace, labels },
    spec: {
      type: "ClusterIP",
      selector: { app: labels.app },
      port: [{ name: "http", port, targetPort: String(port), protocol: "TCP" }],
    },
    dependsOn: [...dependsOn],
  });
}

function deploymentOf(props: ApplicationProps): DeploymentV1Config {
  const { name, namespace, labels, replicas = 1, recreate = false } = props;
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas: String(replicas),
      selector: { matchLabels: { app: labels.app } },
      strategy: recreate
        ? { type: "Recreate" }
        : {
            type: "RollingUpdate",
            rollingUpdate: { maxUnavailable: "0", maxSurge: "1" },
          },
      template: {
        metadata: { labels, annotations: annotationsOf(props) },
        spec: {
          ...podOf(props),
          topologySpreadConstraint: isSeveral(props)
            ? spreadOut(labels.app)
            : undefined,
          terminationGracePeriodSeconds: 60,
          container: [{ ...containerOf(props), ...lifeOf(props) }],
        },
      },
    },
  };
}

const annotationsOf = ({ checksums = {} }: ApplicationProps) =>
  Object.fromEntries(
    Object.entries(checksums).map(([key, sum]) => [`checksum/${key}`, sum]),
  );

const lifeOf = ({ port, probes = {}, preStop }: ApplicationProps) => ({
  port:
    port === undefined
      ? undefined
      : [{ name: "http", containerPort: port, protocol: "TCP" }],
  startupProbe: probes.startup && probeOf(probes.startup),
  readinessProbe: probes.readiness && probeOf(probes.readiness),
  livenessProbe: probes.liveness && probeOf(probes.liveness),
  lifecycle: preStop && {
    preStop: [{ exec: { command: [...preStop] } }],
  },
});

const probeOf = ({ path, port, host, timeoutSeconds = 3, ...rest }: Probe) => ({
  httpGet: {
    path,
    port: String(port),
    httpHeader:
      host === undefined ? undefined : [{ name: "Host", value: host }],
  },
  timeoutSeconds,
  ...rest,
});
