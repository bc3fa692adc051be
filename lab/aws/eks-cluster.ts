import { ec2Call, iamCall, targetCall, xmlTexts } from "../aws-client";
import {
  type Answer,
  type Call,
  type Operation,
  jsonAnswer,
  jsonOf,
} from "./call";
import { addEntry } from "./eks-access";
import {
  type Cluster,
  type Clusters,
  type Tags,
  checkUpgrade,
  clusterOf,
  inUse,
  invalid,
  refused,
  recordUpdate,
} from "./eks-store";
import { type World, arnIn, nextId, now } from "./world";

interface VpcRequest {
  readonly subnetIds?: string[];
  readonly securityGroupIds?: string[];
  readonly endpointPublicAccess?: boolean;
  readonly endpointPrivateAccess?: boolean;
  readonly publicAccessCidrs?: string[];
}

interface CreateCluster {
  readonly name: string;
  readonly version: string;
  readonly roleArn: string;
  readonly resourcesVpcConfig: VpcRequest;
  readonly kubernetesNetworkConfig?: Record<string, unknown>;
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

export function clusterOperations(
  world: World,
  clusters: Clusters,
): Operation[] {
  return [
    {
      name: "CreateCluster",
      route: "POST /clusters",
      answer: (call) => create(world, clusters, jsonOf(call) as CreateCluster),
    },
    {
      name: "ListClusters",
      route: "GET /clusters",
      answer: () => jsonAnswer({ clusters: [...clusters.keys()] }),
    },
    {
      name: "DescribeCluster",
      route: "GET /clusters/{cluster}",
      answer: ({ params }) => described(clusterOf(clusters, params.cluster)),
    },
    {
      name: "UpdateClusterConfig",
      route: "POST /clusters/{cluster}/update-config",
      answer: (call) =>
        updateConfig(clusterOf(clusters, call.params.cluster), call),
    },
    {
      name: "UpdateClusterVersion",
      route: "POST /clusters/{cluster}/updates",
      answer: (call) =>
        updateVersion(clusterOf(clusters, call.params.cluster), call),
    },
    {
      name: "AssociateEncryptionConfig",
      route: "POST /clusters/{cluster}/encryption-config/associate",
      answer: (call) => {
        const cluster = clusterOf(clusters, call.params.cluster);
        const { encryptionConfig } = jsonOf(call) as CreateCluster;
        cluster.rest.encryptionConfig = encryptionConfig;
        return jsonAnswer({
          update: recordUpdate(cluster, "AssociateEncryptionConfig"),
        });
      },
    },
    {
      name: "DeleteCluster",
      route: "DELETE /clusters/{cluster}",
      answer: ({ params }) => remove(world, clusters, params.cluster),
    },
  ];
}

async function create(
  world: World,
  clusters: Clusters,
  input: CreateCluster,
): Promise<Answer> {
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
  return described(cluster);
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

/** Amazon EKS makes the log group itself when logging is on and the group is not there yet. */
async function makeLogGroup(
  { moto }: World,
  { name, logging }: CreateCluster,
): Promise<void> {
  if (!JSON.stringify(logging ?? {}).includes('"enabled":true')) return;
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
  });
  return xmlTexts(xml, "groupId")[0] ?? "";
}

function vpcConfig(
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
  return {
    createdAt: now(),
    platformVersion: "eks.1",
    endpoint: `https://${host}.gr7.${region}.eks.amazonaws.com`,
    // A base64 text that is nobody's certificate: the lab has no Kubernetes API of its own.
    certificateAuthority: { data: Buffer.from("lab").toString("base64") },
    identity: {
      oidc: { issuer: `https://oidc.eks.${region}.amazonaws.com/id/${host}` },
    },
    roleArn: input.roleArn,
    kubernetesNetworkConfig: {
      ipFamily: "ipv4",
      serviceIpv4Cidr: "10.100.0.0/16",
      elasticLoadBalancing: { enabled: false },
      ...input.kubernetesNetworkConfig,
    },
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

function described(cluster: Cluster): Answer {
  const { name, arn, version, deletionProtection, tags, rest } = cluster;
  return jsonAnswer({
    cluster: {
      ...rest,
      name,
      arn,
      version,
      deletionProtection,
      tags,
      status: "ACTIVE",
      resourcesVpcConfig: {
        ...cluster.resourcesVpcConfig,
        clusterSecurityGroupId: cluster.securityGroupId,
      },
    },
  });
}

/** The settings of a cluster that change in place, and the name of the update that changes them. */
const changes = {
  logging: "LoggingUpdate",
  accessConfig: "AccessConfigUpdate",
  upgradePolicy: "UpgradePolicyUpdate",
  zonalShiftConfig: "ZonalShiftConfigUpdate",
} as const;

function updateConfig(cluster: Cluster, call: Call): Answer {
  const input = jsonOf(call) as Partial<CreateCluster>;
  if (input.resourcesVpcConfig) {
    cluster.resourcesVpcConfig = vpcConfig(
      input.resourcesVpcConfig,
      cluster.resourcesVpcConfig,
    );
    return jsonAnswer({
      update: recordUpdate(cluster, "EndpointAccessUpdate"),
    });
  }
  if (input.deletionProtection !== undefined) {
    cluster.deletionProtection = input.deletionProtection;
    return jsonAnswer({
      update: recordUpdate(cluster, "DeletionProtectionUpdate"),
    });
  }
  for (const [field, type] of Object.entries(changes)) {
    const value = input[field as keyof typeof changes];
    if (value === undefined) continue;
    cluster.rest[field] = value;
    return jsonAnswer({ update: recordUpdate(cluster, type) });
  }
  throw invalid("No changes needed for the configuration provided");
}

function updateVersion(cluster: Cluster, call: Call): Answer {
  const { version } = jsonOf(call) as { version: string };
  checkUpgrade("cluster", cluster.version, version);
  for (const group of cluster.nodeGroups.values())
    checkUpgrade("node group", group.version, version);
  cluster.version = version;
  return jsonAnswer({ update: recordUpdate(cluster, "VersionUpdate") });
}

async function remove(
  world: World,
  clusters: Clusters,
  name = "",
): Promise<Answer> {
  const cluster = clusterOf(clusters, name);
  if (cluster.nodeGroups.size > 0)
    throw inUse("Cluster has nodegroups attached");
  if (cluster.deletionProtection)
    throw refused(
      "Cluster cannot be deleted because deletion protection is enabled",
    );
  clusters.delete(name);
  // A group that a rule still names stays, as on AWS, and shows up among the left-overs.
  await ec2Call(world.moto, "DeleteSecurityGroup", {
    GroupId: cluster.securityGroupId,
  }).catch(() => undefined);
  return described(cluster);
}
