import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { readPolicy } from "../../lib/policy";
import { type RoleOptions } from "../iam/role";
import { ServiceRole } from "../iam/service-role";
import { KmsKey } from "../kms/kms-key";
import { LogGroup } from "../logs/log-group";

/** Properties of `EksCluster`. */
export interface EksClusterProps {
  /** Name, unique in the region: at most 100 characters. */
  readonly name: string;
  /**
   * Name tag of the cluster and of the key of its Secrets, and the key's alias.
   * @default the cluster's name
   */
  readonly nameTag?: string;
  /** Kubernetes minor, such as `1.36`. */
  readonly version: string;
  /** Subnets of the control plane, in at least two zones. EKS never lets a cluster change its set of zones. */
  readonly subnetIds: readonly string[];
  readonly accountId: string;
  readonly region: string;
  /**
   * Ranges that may reach the Kubernetes API over the internet.
   * @default none: only the private endpoint, which is always on
   */
  readonly publicAccessCidrs?: readonly string[];
  /**
   * Range of Kubernetes services, a private /24 to /12. EKS cannot change it later.
   * @default EKS chooses 10.100.0.0/16 or 172.20.0.0/16, whichever is clear of the VPC
   */
  readonly serviceCidr?: string;
  /**
   * Key of the control-plane logs; its policy names `clusterLogGroupName(name)`.
   * @default CloudWatch's own encryption
   */
  readonly logsKeyArn?: string;
  /**
   * Days to keep the logs.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Name of the cluster's role: unique in the account, at most 64 characters.
   * @default `<name>-cluster`
   */
  readonly roleName?: string;
  /**
   * Path and permissions boundary of that role.
   * @default path "/", no boundary
   */
  readonly iam?: RoleOptions;
  /**
   * Refuse to destroy the cluster and the key of its Secrets.
   * @default true
   */
  readonly retain?: boolean;
}

/** All that EKS has. */
const LOG_TYPES = [
  "api",
  "audit",
  "authenticator",
  "controllerManager",
  "scheduler",
];

/** Arguments that count only when the cluster is made. */
const CREATE_ONLY = [
  "access_config[0].bootstrap_cluster_creator_admin_permissions",
  "bootstrap_self_managed_addons",
];

/**
 * Longer than the provider's 30, 60 and 15 minutes: a wait that ends leaves the cluster tainted, and `preventDestroy` then
 * refuses the repair until somebody runs `terraform untaint`.
 */
const TIMEOUTS = { create: "60m", update: "90m", delete: "30m" };

/** Name that EKS gives the log group of a cluster's control plane. */
export function clusterLogGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

/** EKS control plane: private, logged, encrypted, entered by access entries only (`EksAccess`). $73 a month. */
export class EksCluster extends Construct {
  /** Name, known only once the cluster exists. */
  readonly clusterName: string;
  /** ARN of the cluster. */
  readonly arn: string;
  /** HTTPS address of the Kubernetes API. */
  readonly endpoint: string;
  /** Certificate authority of the API, base64. */
  readonly certificateAuthority: string;
  /** Security group that EKS makes for nodes and control plane. */
  readonly securityGroupId: string;
  /** Issuer of service-account tokens, `https://…`. */
  readonly oidcIssuer: string;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const logs = this.createLogGroup(props);
    const secretsKey = this.createSecretsKey(props);
    const role = this.createRole(secretsKey, props);
    const cluster = this.createCluster(role, logs, secretsKey, props);
    this.clusterName = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.oidcIssuer = cluster.identity.get(0).oidc.get(0).issuer;
  }

  /** Before the cluster, or EKS makes it without key and retention. */
  private createLogGroup({
    name,
    logsKeyArn,
    logRetentionDays,
  }: EksClusterProps): LogGroup {
    return new LogGroup(this, "log-group", {
      name: clusterLogGroupName(name),
      retentionDays: logRetentionDays,
      kmsKeyArn: logsKeyArn,
    });
  }

  /** Encrypts the Secrets of Kubernetes; the cluster keeps it for life. */
  private createSecretsKey(props: EksClusterProps): KmsKey {
    const { name, nameTag = name, accountId, region, retain } = props;
    return new KmsKey(this, "secrets-key", {
      name: nameTag,
      description: "Secrets of Kubernetes.",
      accountId,
      region,
      retain,
    });
  }

  private createRole(secretsKey: KmsKey, props: EksClusterProps): ServiceRole {
    const { name, region, roleName = `${name}-cluster`, iam } = props;
    const partition = partitionOf(region);
    return new ServiceRole(this, "role", {
      ...iam,
      name: roleName,
      description: "Control plane of the EKS cluster.",
      service: "eks.amazonaws.com",
      partition,
      managedPolicies: ["AmazonEKSClusterPolicy"],
      policies: {
        "secrets-key": readPolicy("eks/cluster-key.json", partition, {
          KEY_ARN: secretsKey.arn,
        }),
      },
    });
  }

  private createCluster(
    role: ServiceRole,
    logs: LogGroup,
    secretsKey: KmsKey,
    props: EksClusterProps,
  ): AwsEksCluster {
    const { name, version, subnetIds, serviceCidr, retain = true } = props;
    const { nameTag = name } = props;
    return new AwsEksCluster(this, "Default", {
      name,
      version,
      roleArn: role.arn,
      enabledClusterLogTypes: LOG_TYPES,
      accessConfig: {
        authenticationMode: "API",
        // Who creates the cluster gets no hidden permission in it: `EksAccess` says who may enter.
        bootstrapClusterCreatorAdminPermissions: false,
      },
      // EKS would put in add-ons that nobody manages.
      bootstrapSelfManagedAddons: false,
      vpcConfig: { subnetIds: [...subnetIds], ...endpointsOf(props) },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: serviceCidr,
      },
      encryptionConfig: {
        provider: { keyArn: secretsKey.arn },
        resources: ["secrets"],
      },
      // Extended support costs six times as much.
      upgradePolicy: { supportType: "STANDARD" },
      // API and Terraform refuse together: the API alone would let the dependants be deleted first.
      deletionProtection: retain,
      // The provider cannot read them back and takes an imported cluster for one of the opposite: it would be replaced, and the
      // cluster is what a killed run loses most often. No API changes them in a cluster that exists.
      lifecycle: { preventDestroy: retain, ignoreChanges: CREATE_ONLY },
      timeouts: TIMEOUTS,
      tags: { Name: nameTag },
      // With its permissions gone first, EKS cannot remove its security group and interfaces on destroy.
      dependsOn: [...role.permissions, logs.resource],
    });
  }
}

/** Private always; public only for the ranges that may connect. */
function endpointsOf({ publicAccessCidrs = [] }: EksClusterProps) {
  const isPublic = publicAccessCidrs.length > 0;
  return {
    endpointPrivateAccess: true,
    endpointPublicAccess: isPublic,
    publicAccessCidrs: isPublic ? [...publicAccessCidrs] : undefined,
  };
}
