import { type SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { type Release } from "@cdktf/provider-helm/lib/release";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { chartImage, createRelease } from "../../kubernetes/helm-release";
import { partitionOf } from "../../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../lib/policy";
import { fillSections } from "../../lib/template";
import { systemNodes } from "../cluster/node-labels";
import { proxyVariables } from "../proxy";
import { REGISTRY_LOGINS } from "../registries";
import { type CoreSettings } from "../settings/schema";

/**
 * Chart, its image as the values of that version have it, and the service account that the role trusts. Whoever raises the
 * version reads the chart's values and the release's IAM policy again: `manifests/helm/aws-load-balancer-controller.yaml`,
 * `policies/load-balancer-controller/README.md`.
 */
export const LOAD_BALANCER_CONTROLLER = {
  chart: "aws-load-balancer-controller",
  version: "3.5.0",
  namespace: "kube-system",
  serviceAccount: "aws-load-balancer-controller",
  image: "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
} as const;

/** What the role names of the cluster. */
export interface LoadBalancerControllerRoleInputs {
  readonly vpcId: string;
  /** Account of the VPC: that of the settings, or one that shares it. */
  readonly vpcOwnerId: string;
  readonly clusterName: string;
  /** Whether a web ACL is attached to a load balancer. */
  readonly waf: boolean;
}

/** Role of the controller, as plain data. */
export function loadBalancerControllerRole(
  settings: CoreSettings,
  inputs: LoadBalancerControllerRoleInputs,
): ServiceAccountRole {
  const { namespace, serviceAccount } = LOAD_BALANCER_CONTROLLER;
  return {
    description: "AWS Load Balancer Controller.",
    trust: { kind: "service-account", namespace, serviceAccount },
    policy: policyOf(settings, inputs),
  };
}

function policyOf(
  { region, accountId }: CoreSettings,
  { vpcId, vpcOwnerId, clusterName, waf }: LoadBalancerControllerRoleInputs,
): PolicyDocument {
  const place = { REGION: region, ACCOUNT_ID: accountId };
  const balancers = readPolicy(
    "load-balancer-controller/controller.json",
    partitionOf(region),
    {
      ...place,
      VPC_ARN: `arn:aws:ec2:${region}:${vpcOwnerId}:vpc/${vpcId}`,
      CLUSTER_NAME: clusterName,
    },
  );
  // Without an ACL the controller runs with its WAF support off and needs none of these actions.
  if (!waf) return balancers;
  const webAcl = readPolicy(
    "load-balancer-controller/web-acl.json",
    partitionOf(region),
    place,
  );
  return {
    ...balancers,
    Statement: [...balancers.Statement, ...webAcl.Statement],
  };
}

/** What the release takes from the other stacks. */
export interface LoadBalancerControllerInputs extends Omit<
  LoadBalancerControllerRoleInputs,
  "vpcOwnerId"
> {
  /** ARN of the role above. */
  readonly roleArn: string;
  /**
   * Refuse to destroy the release.
   * @default false
   */
  readonly preventDestroy?: boolean;
  /**
   * Secret that the image is pulled with.
   * @default none
   */
  readonly pullSecret?: SecretV1;
  /**
   * What its pods need besides to start, and for as long as they run.
   * @default nothing
   */
  readonly startAfter?: readonly ITerraformDependable[];
}

/** Installs the controller, which makes and removes load balancers for Ingresses. */
export function createLoadBalancerController(
  scope: Construct,
  settings: CoreSettings,
  {
    preventDestroy,
    pullSecret,
    startAfter = [],
    ...inputs
  }: LoadBalancerControllerInputs,
): Release {
  const { charts, region, tags } = settings;
  const { repository, image } = charts.loadBalancerController;
  const env = proxyVariables(settings);
  const { chart, version, namespace, serviceAccount } =
    LOAD_BALANCER_CONTROLLER;
  return createRelease(scope, "load-balancer-controller", {
    namespace,
    chart,
    version,
    repository,
    preventDestroy,
    dependsOn: [...startAfter, ...(pullSecret ? [pullSecret] : [])],
    values: {
      ...(Object.keys(env).length > 0 && { env }),
      ...(pullSecret && { imagePullSecrets: [{ name: REGISTRY_LOGINS }] }),
      ...fillSections(`manifests/helm/${chart}.yaml`, {
        IMAGE: chartImage(image),
        CLUSTER_NAME: inputs.clusterName,
        REGION: region,
        VPC_ID: inputs.vpcId,
        SERVICE_ACCOUNT: serviceAccount,
        ROLE_ARN: inputs.roleArn,
        SYSTEM_NODES: systemNodes(settings),
        WAF: inputs.waf,
        TAGS: tags,
      }),
    },
  });
}
