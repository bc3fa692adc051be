import { type Xml } from "../../xml";
import { listOf } from "../call";
import { type ReplicationGroup } from "./store";
import { type World, arnIn } from "../world";

/** What tells the nodes of a group, or of a snapshot of one. */
interface Named {
  readonly id: string;
  readonly form: ReadonlyMap<string, string>;
}

/** How many nodes a replication group has. */
export const nodesOf = ({ form }: Named): number =>
  Number(form.get("NumCacheClusters") ?? 1);

/** Ids of the nodes of a replication group. */
export const memberIds = (group: Named): string[] =>
  Array.from(
    { length: nodesOf(group) },
    (_, i) => `${group.id}-${String(i + 1).padStart(3, "0")}`,
  );

const endpoint = (host: string, { form }: ReplicationGroup): Xml => ({
  Address: host,
  Port: form.get("Port") ?? "6379",
});

/** No group of an emulator is older. */
const STARTED = new Date().toISOString();

/** A replication group as `DescribeReplicationGroups` answers it. */
export function shown({ moto }: World, group: ReplicationGroup): Xml {
  const { id, arn, form } = group;
  const zones = zonesOf(moto.region, group);
  const domain = `lab.cache.${moto.region}.amazonaws.com`;
  return {
    ReplicationGroupId: id,
    ARN: arn,
    Description: form.get("ReplicationGroupDescription"),
    Status: "available",
    ReplicationGroupCreateTime: STARTED,
    PendingModifiedValues: {},
    MemberClusters: { ClusterId: memberIds(group) },
    NodeGroups: {
      NodeGroup: [
        {
          NodeGroupId: "0001",
          Status: "available",
          PrimaryEndpoint: endpoint(`master.${id}.${domain}`, group),
          ReaderEndpoint: endpoint(`replica.${id}.${domain}`, group),
          NodeGroupMembers: {
            NodeGroupMember: memberIds(group).map((CacheClusterId, i) => ({
              CacheClusterId,
              CacheNodeId: "0001",
              CurrentRole: i === 0 ? "primary" : "replica",
              PreferredAvailabilityZone: zones[i],
            })),
          },
        },
      ],
    },
    AutomaticFailover: enabled(form, "AutomaticFailoverEnabled"),
    MultiAZ: enabled(form, "MultiAZEnabled"),
    SnapshotRetentionLimit: form.get("SnapshotRetentionLimit") ?? "0",
    SnapshotWindow: form.get("SnapshotWindow") ?? "03:00-04:00",
    ClusterEnabled: false,
    ClusterMode: form.get("ClusterMode") ?? "disabled",
    CacheNodeType: form.get("CacheNodeType"),
    AuthTokenEnabled: form.has("AuthToken"),
    TransitEncryptionEnabled: form.get("TransitEncryptionEnabled") ?? "false",
    TransitEncryptionMode: transitEncryptionMode(form),
    AtRestEncryptionEnabled: form.get("AtRestEncryptionEnabled") ?? "false",
    KmsKeyId: form.get("KmsKeyId"),
    AutoMinorVersionUpgrade: form.get("AutoMinorVersionUpgrade") ?? "true",
    LogDeliveryConfigurations: { LogDeliveryConfiguration: deliveries(form) },
    DataTiering: "disabled",
    NetworkType: form.get("NetworkType") ?? "ipv4",
    IpDiscovery: form.get("IpDiscovery") ?? "ipv4",
    Engine: form.get("Engine") ?? "redis",
  };
}

/** The zones that the requests named, node by node; AWS would choose another way, but among those of the subnets too. */
export const zonesOf = (region: string, group: ReplicationGroup): string[] =>
  memberIds(group).map(
    (_, i) =>
      group.form.get(`PreferredCacheClusterAZs.AvailabilityZone.${i + 1}`) ??
      `${region}a`,
  );

/** AWS requires TLS where it is on, unless told to prefer it. The provider reads the mode of the member, not of the group. */
const transitEncryptionMode = (
  form: ReadonlyMap<string, string>,
): string | undefined =>
  form.get("TransitEncryptionMode") ??
  (form.get("TransitEncryptionEnabled") === "true" ? "required" : undefined);

const enabled = (form: ReadonlyMap<string, string>, key: string): string =>
  form.get(key) === "true" ? "enabled" : "disabled";

function deliveries(form: ReadonlyMap<string, string>): Xml[] {
  const requests = listOf(
    new URLSearchParams([...form]),
    "LogDeliveryConfigurations.LogDeliveryConfigurationRequest",
  );
  return requests.map((request) => ({
    LogType: request.LogType,
    DestinationType: request.DestinationType,
    LogFormat: request.LogFormat,
    Status: "active",
    DestinationDetails: {
      CloudWatchLogsDetails: {
        LogGroup: request["DestinationDetails.CloudWatchLogsDetails.LogGroup"],
      },
    },
  }));
}

/** One node as `DescribeCacheClusters` answers it. */
export function shownMember(
  world: World,
  group: ReplicationGroup,
  member: string,
): Xml {
  const { form } = group;
  const version = form.get("EngineVersion") ?? "7.1";
  return {
    CacheClusterId: member,
    ARN: arnIn(world, "elasticache", `cluster:${member}`),
    ReplicationGroupId: group.id,
    CacheClusterStatus: "available",
    CacheNodeType: form.get("CacheNodeType"),
    Engine: form.get("Engine") ?? "redis",
    // AWS answers all three numbers for a request of two.
    EngineVersion: version.split(".").length < 3 ? `${version}.0` : version,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: zonesOf(world.moto.region, group)[
      memberIds(group).indexOf(member)
    ],
    PreferredMaintenanceWindow:
      form.get("PreferredMaintenanceWindow") ?? "sun:05:00-sun:06:00",
    CacheSubnetGroupName: form.get("CacheSubnetGroupName"),
    CacheParameterGroup: {
      CacheParameterGroupName:
        form.get("CacheParameterGroupName") ?? "default.redis7",
      ParameterApplyStatus: "in-sync",
    },
    SecurityGroups: {
      member: group.securityGroupIds.map((SecurityGroupId) => ({
        SecurityGroupId,
        Status: "active",
      })),
    },
    SnapshotRetentionLimit: form.get("SnapshotRetentionLimit") ?? "0",
    SnapshotWindow: form.get("SnapshotWindow") ?? "03:00-04:00",
    AutoMinorVersionUpgrade: form.get("AutoMinorVersionUpgrade") ?? "true",
    TransitEncryptionEnabled: form.get("TransitEncryptionEnabled") ?? "false",
    TransitEncryptionMode: transitEncryptionMode(form),
    AtRestEncryptionEnabled: form.get("AtRestEncryptionEnabled") ?? "false",
    NetworkType: form.get("NetworkType") ?? "ipv4",
    IpDiscovery: form.get("IpDiscovery") ?? "ipv4",
    CacheNodes: {
      CacheNode: [
        {
          CacheNodeId: "0001",
          CacheNodeStatus: "available",
          Endpoint: endpoint(
            `${member}.lab.cache.${world.moto.region}.amazonaws.com`,
            group,
          ),
        },
      ],
    },
  };
}
