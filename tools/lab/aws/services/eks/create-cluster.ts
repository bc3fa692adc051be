import { xmlTexts } from "../../xml";
import { ec2Call, iamCall, targetCall } from "../../client";
import { addEntry } from "./access-entries";
import {
  type Cluster,
  type Clusters,
  type Tags,
  inUse,
  invalid,
} from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface VpcRequest {
  readonly subnetIds?: string[];
  readonly securityGroupIds?: string[];
  readonly endpointPublicAccess?: boolean;
  readonly endpointPrivateAccess?: boolean;
  readonly publicAccessCidrs?: string[];
}

export interface CreateCluster {
  readonly name: string;
  readonly version: string;
  readonly roleArn: string;
  readonly resourcesVpcConfig: VpcRequest;
  readonly kubernetesNetworkConfig?: Record<string, unknown>;
  /** EKS Auto Mode: these two with load balancing in `kubernetesNetworkConfig`. */
  readonly computeConfig?: unknown;
  readonly storageConfig?: unknown;
  readonly logging?: unknown;
  readonly encryptionConfig?: unknown;
  readonly upgradePolicy?: unknown;
  readonly zonalShiftConfig?: unknown;
  readonly accessConfig?: {
    readonly authenticationMode?: string;
    readonly bootstrapClusterCreatorAdminPermissions?: boolean;
  };
  readonly bootstrapSelfManagedAddons?: boolean;
  readonly deletionProtection?: boolean;
  readonly tags?: Tags;
}

/** A new cluster, with what EKS makes beside it: log group, security group, access of its creator. */
export async function createCluster(
  world: World,
  clusters: Clusters,
  input: CreateCluster,
): Promise<Cluster> {
  if (clusters.has(input.name))
    throw inUse(`Cluster already exists with name: ${input.name}`);
  await checkRole(world, input.roleArn);
  const { vpcId } = await placeOf(world, input.resourcesVpcConfig);
  await makeLogGroup(world, input);
  const cluster: Cluster = {
    name: input.name,
    arn: arnIn(world, "eks", `cluster/${input.name}`),
    version: input.version,
    deletionProtection: input.deletionProtection ?? false,
    bootstrapSelfManagedAddons: input.bootstrapSelfManagedAddons ?? true,
    tags: input.tags ?? {},
    resourcesVpcConfig: vpcConfig(input.resourcesVpcConfig, { vpcId }),
    securityGroupId: await makeSecurityGroup(world, input.name, vpcId),
    rest: restOf(world, input),
    nodeGroups: new Map(),
    addOns: new Map(),
    accessEntries: new Map(),
    podIdentities: new Map(),
    updates: new Map(),
  };
  if (input.accessConfig?.bootstrapClusterCreatorAdminPermissions ?? true)
    addEntry(world, cluster, { principalArn: world.deployerRole });
  clusters.set(cluster.name, cluster);
  return cluster;
}

/** The role must exist when the cluster is made. */
async function checkRole({ moto }: World, roleArn: string): Promise<void> {
  const RoleName = roleArn.split("/").at(-1) ?? "";
  await iamCall(moto, "GetRole", { RoleName }).catch(() => {
    throw invalid(`Role with arn: ${roleArn}, does not exist.`);
  });
}

/** VPC of the subnets, which must lie in two zones. */
async function placeOf(
  { moto }: World,
  { subnetIds = [] }: VpcRequest,
): Promise<{ vpcId: string }> {
  const xml = await ec2Call(
    moto,
    "DescribeSubnets",
    Object.fromEntries(subnetIds.map((id, i) => [`SubnetId.${i + 1}`, id])),
  );
  if (new Set(xmlTexts(xml, "availabilityZone")).size < 2)
    throw invalid("Subnets specified must be in at least two different AZs");
  return { vpcId: xmlTexts(xml, "vpcId")[0] ?? "" };
}

/** Terraform also sends an enabled list that is empty. */
interface Logging {
  readonly clusterLogging?: readonly {
    readonly enabled?: boolean;
    readonly types?: readonly string[];
  }[];
}

/** Amazon EKS makes the log group itself when logging is on and the group is not there yet. */
async function makeLogGroup(
  { moto }: World,
  { name, logging }: CreateCluster,
): Promise<void> {
  const { clusterLogging = [] } = (logging ?? {}) as Logging;
  const logs = clusterLogging.some(
    ({ enabled = false, types = [] }) => enabled && types.length > 0,
  );
  if (!logs) return;
  await targetCall(moto, "logs", "Logs_20140328.CreateLogGroup", {
    logGroupName: `/aws/eks/${name}/cluster`,
  }).catch(() => undefined);
}

async function makeSecurityGroup(
  { moto }: World,
  cluster: string,
  vpcId: string,
): Promise<string> {
  const xml = await ec2Call(moto, "CreateSecurityGroup", {
    GroupName: `eks-cluster-sg-${cluster}-${nextId(8)}`,
    GroupDescription:
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
    VpcId: vpcId,
    "TagSpecification.1.ResourceType": "security-group",
    "TagSpecification.1.Tag.1.Key": `kubernetes.io/cluster/${cluster}`,
    "TagSpecification.1.Tag.1.Value": "owned",
    "TagSpecification.1.Tag.2.Key": "aws:eks:cluster-name",
    "TagSpecification.1.Tag.2.Value": cluster,
  });
  return xmlTexts(xml, "groupId")[0] ?? "";
}

/** The request over what was set before. */
export function vpcConfig(
  request: VpcRequest,
  old: Record<string, unknown>,
): Record<string, unknown> {
  const config: Record<string, unknown> = {
    securityGroupIds: [],
    endpointPublicAccess: true,
    endpointPrivateAccess: false,
    publicAccessCidrs: ["0.0.0.0/0"],
    ...old,
    ...request,
  };
  if (config.endpointPublicAccess === false) config.publicAccessCidrs = [];
  return config;
}

function restOf(world: World, input: CreateCluster): Record<string, unknown> {
  const host = nextId(32).toUpperCase();
  const { region } = world.moto;
  const kubernetes = world.kubernetes?.[input.name];
  return {
    createdAt: now(),
    platformVersion: "eks.1",
    endpoint:
      kubernetes?.endpoint ?? `https://${host}.gr7.${region}.eks.amazonaws.com`,
    certificateAuthority: {
      data: Buffer.from(kubernetes?.authority ?? "lab").toString("base64"),
    },
    identity: {
      oidc: { issuer: `https://oidc.eks.${region}.amazonaws.com/id/${host}` },
    },
    roleArn: input.roleArn,
    kubernetesNetworkConfig: {
      ipFamily: "ipv4",
      ...(input.kubernetesNetworkConfig?.ipFamily === "ipv6"
        ? { serviceIpv6Cidr: "fd00:10:100::/108" }
        : { serviceIpv4Cidr: "10.100.0.0/16" }),
      elasticLoadBalancing: { enabled: false },
      ...input.kubernetesNetworkConfig,
    },
    ...(input.computeConfig !== undefined && {
      computeConfig: input.computeConfig,
      storageConfig: input.storageConfig,
    }),
    logging: input.logging ?? { clusterLogging: [] },
    encryptionConfig: input.encryptionConfig ?? [],
    upgradePolicy: input.upgradePolicy ?? { supportType: "EXTENDED" },
    zonalShiftConfig: input.zonalShiftConfig,
    accessConfig: {
      authenticationMode:
        input.accessConfig?.authenticationMode ?? "CONFIG_MAP",
    },
    health: { issues: [] },
  };
}
