import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { readPolicy } from "../../lib/policy";
import { type CoreSettings } from "../../core/settings/schema";
import { KmsKey } from "../kms/kms-key";
import { LogGroup } from "../logs/log-group";
import { ServiceRole } from "../iam/service-role";

/** Arguments that count only when the cluster is made. */
const CREATE_ONLY = [
  "access_config[0].bootstrap_cluster_creator_admin_permissions",
  "bootstrap_self_managed_addons",
];

/** Properties of `EksCluster`. */
export interface EksClusterProps {
  readonly settings: CoreSettings;
  /** Private subnets by zone letter, in the order of the settings: the first two are the control plane's. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Key of the control-plane logs; its policy names `clusterLogGroupName(settings)`. */
  readonly logsKeyArn: string;
}

/** All five: SEC-B1. */
const LOG_TYPES = [
  "api",
  "audit",
  "authenticator",
  "controllerManager",
  "scheduler",
];

/**
 * EKS never lets a cluster change its set of zones ("View Amazon EKS networking requirements" of its user guide). With
 * two, the least it takes, further zones can come and go; nodes run in all of them.
 */
const CONTROL_PLANE_ZONES = 2;

/** Name that EKS gives the log group of the cluster's control plane. */
export function clusterLogGroupName(settings: CoreSettings): string {
  return `/aws/eks/${clusterNameOf(settings)}/cluster`;
}

/** Name of the cluster. */
export function clusterNameOf(settings: CoreSettings): string {
  return namesOf(settings).of("eks", 100);
}

/** EKS control plane: private, logged, encrypted, entered by access entries only (INF-01). $73 a month. */
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
  /** Issuer of service-account tokens, `https://…` (INF-02). */
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

  /** Before the cluster, or EKS makes it without key and retention (SEC-E10). */
  private createLogGroup({ settings, logsKeyArn }: EksClusterProps): LogGroup {
    return new LogGroup(this, "log-group", {
      name: clusterLogGroupName(settings),
      retentionDays: settings.cluster.logRetentionDays,
      kmsKeyArn: logsKeyArn,
    });
  }

  /** Encrypts the Secrets of Kubernetes; the cluster keeps it for life (SEC-E6). */
  private createSecretsKey({ settings }: EksClusterProps): KmsKey {
    return new KmsKey(this, "secrets-key", {
      name: clusterNameOf(settings),
      description: "Secrets of Kubernetes.",
      accountId: settings.accountId,
      region: settings.region,
      retain: settings.retain,
    });
  }

  private createRole(secretsKey: KmsKey, { settings }: EksClusterProps) {
    const partition = partitionOf(settings.region);
    return new ServiceRole(this, "role", {
      name: namesOf(settings).iam("eks-cluster"),
      description: "Control plane of the EKS cluster.",
      service: "eks.amazonaws.com",
      partition,
      iam: settings.iam,
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
    { settings, subnetIds }: EksClusterProps,
  ): AwsEksCluster {
    const { cluster, retain } = settings;
    const name = clusterNameOf(settings);
    return new AwsEksCluster(this, "Default", {
      name,
      version: cluster.version,
      roleArn: role.arn,
      enabledClusterLogTypes: LOG_TYPES,
      accessConfig: {
        authenticationMode: "API",
        // Who creates the cluster gets no hidden right to it: see EksAccess (SEC-E7).
        bootstrapClusterCreatorAdminPermissions: false,
      },
      // EKS would put in add-ons that nobody manages.
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        subnetIds: Object.values(subnetIds).slice(0, CONTROL_PLANE_ZONES),
        ...endpointsOf(cluster.endpoint),
      },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: cluster.serviceCidr,
      },
      encryptionConfig: {
        provider: { keyArn: secretsKey.arn },
        resources: ["secrets"],
      },
      // Extended support costs six times as much (SEC-E2).
      upgradePolicy: { supportType: "STANDARD" },
      // API and Terraform refuse together: the API alone would let the dependants be deleted first (DEC-01).
      deletionProtection: retain,
      // The provider cannot read them back and takes an imported cluster for one of the opposite: it would be replaced, and the
      // cluster is what a killed run loses most often (FAIL-12). No API changes them in a cluster that exists.
      lifecycle: { preventDestroy: retain, ignoreChanges: CREATE_ONLY },
      tags: { Name: name },
      // With its rights gone first, EKS cannot remove its security group and interfaces on destroy (FAIL-05).
      dependsOn: [...role.rights, logs.resource],
    });
  }
}

/** Private always; public only with the ranges that may connect (SEC-E11). */
function endpointsOf(endpoint: CoreSettings["cluster"]["endpoint"]) {
  return {
    endpointPrivateAccess: true,
    endpointPublicAccess: endpoint.public,
    publicAccessCidrs: endpoint.public ? endpoint.publicCidrs : undefined,
  };
}
