import { type Construct } from "constructs";
import { ApiAccess } from "../../aws/eks/api-access";
import { EksAccess } from "../../aws/eks/eks-access";
import { EksCluster } from "../../aws/eks/eks-cluster";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type CreatedClusterSettings } from "../kinds";
import { type CoreSettings } from "../settings/schema";

/**
 * EKS never lets a cluster change its set of zones ("View Amazon EKS networking requirements" of its user guide). With
 * two, the least it takes, further zones can come and go; nodes run in all of them.
 */
export const CONTROL_PLANE_ZONES = 2;

/** Name of the cluster: that of the settings, or made of the environment's. */
export const clusterNameOf = (settings: CoreSettings): string =>
  settings.cluster.name ?? ownClusterName(settings);

/** Name of a cluster that is made here, unless the settings have another one; its Name tag in any case. */
export const ownClusterName = (settings: CoreSettings): string =>
  namesOf(settings).of("eks", 100);

/** Last part of the name of its role. */
export const CLUSTER_ROLE = "eks-cluster";

/** What the rest takes of a cluster, ours or not. */
export type ClusterFields = Pick<
  EksCluster,
  | "clusterName"
  | "arn"
  | "endpoint"
  | "certificateAuthority"
  | "securityGroupId"
  | "oidcIssuer"
>;

/** What the cluster takes from its surroundings. */
export interface ClusterInputs {
  /** Private subnets, in the order of `network.zones`: the first two are the control plane's. */
  readonly subnetIds: readonly string[];
  /** Key of the control-plane logs. */
  readonly logsKeyArn: string;
}

/** The control plane that the settings describe, and who reaches its private endpoint. */
export function createCluster(
  scope: Construct,
  settings: CreatedClusterSettings,
  { subnetIds, logsKeyArn }: ClusterInputs,
): EksCluster {
  const { cluster, accountId, region, iam, retain } = settings;
  const eks = new EksCluster(scope, "cluster", {
    name: clusterNameOf(settings),
    nameTag: ownClusterName(settings),
    version: cluster.version,
    subnetIds: subnetIds.slice(0, CONTROL_PLANE_ZONES),
    accountId,
    region,
    publicAccessCidrs: cluster.endpoint.public
      ? cluster.endpoint.publicCidrs
      : [],
    serviceCidr: cluster.serviceCidr,
    logsKeyArn,
    logRetentionDays: cluster.logRetentionDays,
    roleName: namesOf(settings).iam(CLUSTER_ROLE),
    iam,
    retain,
  });
  new ApiAccess(scope, "api-access", {
    name: ownClusterName(settings),
    securityGroupId: eks.securityGroupId,
    cidrs: cluster.endpoint.privateCidrs,
    securityGroups: cluster.endpoint.privateSecurityGroups,
  });
  return eks;
}

/** Whether access entries are made here: into a cluster that exists its owner lets people. */
export const managesAccess = ({
  access,
  cluster,
}: Pick<CoreSettings, "access" | "cluster">): boolean =>
  access.manage ?? cluster.kind === "created";

/** The deployer's and the admins' way into the cluster. */
export function createAccess(
  scope: Construct,
  { access, region }: CoreSettings,
  clusterName: string,
): EksAccess {
  return new EksAccess(scope, "access", {
    clusterName,
    deployerArn: access.deployer,
    admins: access.admins.map(({ principal, groups, ...admin }) => ({
      ...admin,
      principalArn: principal,
      kubernetesGroups: groups,
    })),
    partition: partitionOf(region),
  });
}

/**
 * How Terraform logs in to Kubernetes: by a token on Terraform Cloud, where no AWS CLI can be expected, and with an external
 * id, which `aws eks get-token` does not take; else by `exec`.
 */
export function kubeAuthOf({
  kubeAuth,
  backend,
  access,
}: Pick<CoreSettings, "kubeAuth" | "backend" | "access">): "exec" | "token" {
  const needsToken =
    backend.kind === "cloud" || access.assumeRole?.externalId !== undefined;
  return kubeAuth ?? (needsToken ? "token" : "exec");
}
