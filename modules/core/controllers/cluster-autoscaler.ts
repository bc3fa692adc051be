import { type Release } from "@cdktf/provider-helm/lib/release";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { chartImage, createRelease } from "../../kubernetes/helm-release";
import { partitionOf } from "../../lib/aws-partition";
import { readPolicy } from "../../lib/policy";
import { fillSections } from "../../lib/template";
import { AUTOSCALED_BY, autoscalerOf } from "../cluster/autoscaled-groups";
import { systemNodes } from "../cluster/node-labels";
import { proxyVariables } from "../proxy";
import { REGISTRY_LOGINS } from "../registries";
import { type CoreSettings } from "../settings/schema";

/**
 * Chart, and the service account that the role trusts. Whoever raises the version reads the chart's values and the
 * release's IAM policy again: `manifests/helm/cluster-autoscaler.yaml`, `policies/cluster-autoscaler/README.md`.
 */
export const CLUSTER_AUTOSCALER = {
  chart: "cluster-autoscaler",
  version: "9.59.0",
  namespace: "kube-system",
  serviceAccount: "cluster-autoscaler",
} as const;

/** Its releases, by the Kubernetes minor they are made for: "Releases" of its README wants the two to be the same. */
const RELEASES: Readonly<Record<string, string>> = {
  "1.34": "v1.34.5",
  "1.35": "v1.35.2",
  "1.36": "v1.36.1",
};

const NEWEST = "v1.36.1";

/** The image that runs: a mirror of the settings, or the release for the cluster's minor. */
export function clusterAutoscalerImage({
  charts,
  cluster,
}: Pick<CoreSettings, "charts" | "cluster">): string {
  const release = RELEASES[cluster.version] ?? NEWEST;
  return (
    charts.clusterAutoscaler.image ??
    `registry.k8s.io/autoscaling/cluster-autoscaler:${release}`
  );
}

/** Role of the autoscaler, as plain data: it changes the Auto Scaling groups that carry our tag, and no others. */
export function clusterAutoscalerRole(
  { region, accountId }: CoreSettings,
  clusterName: string,
): ServiceAccountRole {
  const { namespace, serviceAccount } = CLUSTER_AUTOSCALER;
  return {
    description: "Cluster Autoscaler.",
    trust: { kind: "service-account", namespace, serviceAccount },
    policy: readPolicy(
      "cluster-autoscaler/controller.json",
      partitionOf(region),
      {
        REGION: region,
        ACCOUNT_ID: accountId,
        CLUSTER_NAME: clusterName,
        TAG: AUTOSCALED_BY,
      },
    ),
  };
}

/** What the release takes from the other stacks. */
export interface ClusterAutoscalerInputs {
  readonly clusterName: string;
  /** ARN of the role above. */
  readonly roleArn: string;
  /**
   * Secret that the image is pulled with.
   * @default none
   */
  readonly pullSecret?: ITerraformDependable;
  /**
   * What its pods need besides to start, and for as long as they run.
   * @default nothing
   */
  readonly startAfter?: readonly ITerraformDependable[];
}

/** Installs the autoscaler, which starts nodes for pods that wait and removes those that nobody needs. */
export function createClusterAutoscaler(
  scope: Construct,
  settings: CoreSettings,
  {
    clusterName,
    roleArn,
    pullSecret,
    startAfter = [],
  }: ClusterAutoscalerInputs,
): Release {
  const { charts, region } = settings;
  const extraEnv = proxyVariables(settings);
  const { chart, version, namespace, serviceAccount } = CLUSTER_AUTOSCALER;
  return createRelease(scope, "cluster-autoscaler", {
    namespace,
    chart,
    version,
    repository: charts.clusterAutoscaler.repository,
    dependsOn: [...startAfter, ...(pullSecret ? [pullSecret] : [])],
    values: {
      ...(Object.keys(extraEnv).length > 0 && { extraEnv }),
      ...fillSections(`manifests/helm/${chart}.yaml`, {
        REGION: region,
        CLUSTER_NAME: clusterName,
        DISCOVERY_TAG: `${AUTOSCALED_BY}=${clusterName}`,
        NAME: chart,
        IMAGE: {
          ...chartImage(clusterAutoscalerImage(settings)),
          ...(pullSecret && { pullSecrets: [REGISTRY_LOGINS] }),
        },
        SCALE_DOWN_AFTER: autoscalerOf(settings)?.scaleDownAfter ?? "",
        SERVICE_ACCOUNT: serviceAccount,
        ROLE_ARN: roleArn,
        SYSTEM_NODES: systemNodes(settings),
      }),
    },
  });
}
