import { ec2Call } from "../../client";
import {
  type Answer,
  type Call,
  type Operation,
  jsonAnswer,
  jsonOf,
} from "../call";
import { type CreateCluster, createCluster, vpcConfig } from "./create-cluster";
import {
  type Cluster,
  type Clusters,
  authenticationModeOf,
  checkUpgrade,
  clusterOf,
  inUse,
  invalid,
  isNewer,
  recordUpdate,
  refused,
} from "./store";
import { type World } from "../world";

export function clusterOperations(
  world: World,
  clusters: Clusters,
): Operation[] {
  return [
    {
      name: "CreateCluster",
      route: "POST /clusters",
      answer: async (call) =>
        described(
          await createCluster(world, clusters, jsonOf(call) as CreateCluster),
        ),
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

/** Tag by which the lab makes a cluster look busy: here it is ready at once. */
export const STATUS_TAG = "lab/status";

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
      status: tags[STATUS_TAG] ?? "ACTIVE",
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
  checkMode(cluster, input.accessConfig);
  for (const [field, type] of Object.entries(changes)) {
    const value = input[field as keyof typeof changes];
    if (value === undefined) continue;
    cluster.rest[field] = value;
    return jsonAnswer({ update: recordUpdate(cluster, type) });
  }
  throw invalid("No changes needed for the configuration provided");
}

/** Access entries come, and the ConfigMap goes; never back. */
const MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function checkMode(
  cluster: Cluster,
  wanted: CreateCluster["accessConfig"],
): void {
  const [from, to] = [
    authenticationModeOf(cluster),
    wanted?.authenticationMode,
  ];
  if (to !== undefined && MODES.indexOf(to) < MODES.indexOf(from))
    throw invalid(
      `Unsupported authentication mode update from ${from} to ${to}`,
    );
}

function updateVersion(cluster: Cluster, call: Call): Answer {
  const { version } = jsonOf(call) as { version: string };
  checkUpgrade("cluster", cluster.version, version);
  for (const group of cluster.nodeGroups.values())
    if (isNewer(cluster.version, group.version))
      throw invalid(
        `Nodegroup ${group.nodegroupName} of version ${group.version} must be updated to match cluster version ${cluster.version} before updating cluster version`,
      );
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
