import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import { MADE_OF, madeOf } from "../tags/made-of";

/** Properties of `Redis`. */
export interface RedisProps {
  /** Id of the replication group: at most 40 characters, no two hyphens in a row. */
  readonly name: string;
  /**
   * What it is for, as the console shows it.
   * @default `Redis <name>`
   */
  readonly description?: string;
  /**
   * Node type.
   * @default "cache.t3.medium"
   */
  readonly nodeType?: string;
  /**
   * Engine.
   * @default "redis"
   */
  readonly engine?: "redis" | "valkey";
  /**
   * Version of the engine.
   * @default 7.1 of redis, 8.0 of valkey
   */
  readonly engineVersion?: string;
  /** Private subnets, at least one. */
  readonly subnetIds: readonly string[];
  /**
   * Replicas that one of takes over when the primary fails, with Multi-AZ. Each costs as much as the primary, and comes and
   * goes in place.
   * @default 0: when the node fails AWS replaces it, and what it held is lost
   */
  readonly replicas?: number;
  /**
   * Zones such as `eu-central-1a`, the primary's first, used in turn: those that stay, because a subnet cannot go while a
   * node is in it. AWS reads them when the group is made only; where a later replica comes it chooses among the subnets.
   * @default AWS chooses among the subnets
   */
  readonly zones?: readonly string[];
  /** Security group; it lets the cluster in on `REDIS_PORT`. */
  readonly securityGroupId: string;
  /** Customer managed key of the data at rest. */
  readonly kmsKeyArn: string;
  /**
   * Encrypt the connection.
   * @default true
   */
  readonly tls?: boolean;
  /**
   * ARN of the secret that holds the password, taken from its version. The password is then in the state, because
   * `auth_token` has no write-only form (EXC-16).
   * @default no password
   */
  readonly authSecretArn?: string;
  /**
   * How a password is taken that differs from the one before: `SET` alone stays valid; `ROTATE` keeps the one before valid
   * too. ElastiCache documents `SET` for the first password and for one that was added with `ROTATE`.
   * @default "SET"
   */
  readonly authUpdate?: "SET" | "ROTATE";
  /**
   * Days to keep the daily snapshot.
   * @default 7
   */
  readonly snapshotRetentionDays?: number;
  /**
   * Snapshot that it is made of. It counts when the group is made, and a group that stands stays as it is.
   * @default an empty one
   */
  readonly restoreFrom?: string;
  /**
   * Keep the store when the stack is destroyed.
   * @default true
   */
  readonly retain?: boolean;
}

/** Port of Redis: its own. The security group decides who may connect, and another number would hide nothing. */
export const REDIS_PORT = 6379;

/**
 * Redis of one primary, cluster mode off. A replication group without replicas too, because a plain cluster
 * has no key, no AUTH and no TLS that can be relied on. cache.t3.medium costs about $50 a month in us-east-1, for each node.
 *
 * Clients of a primary that has become a replica are cut off by `close-on-replica-write`, which the default parameter group
 * has on: a group of parameters that turns it off would keep them there for ever.
 *
 * @throws Error for a password without TLS, which ElastiCache refuses.
 */
export class Redis extends Construct {
  /** Host of the primary. */
  readonly host: string;
  /** Ids of the nodes, which metrics name: as many as there are. */
  readonly nodeIds: readonly string[];

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    if (props.authSecretArn !== undefined && props.tls === false)
      throw passwordWithoutTls(props);
    const subnetGroup = this.createSubnetGroup(props);
    const group = this.createReplicationGroup(subnetGroup, props);
    this.host = group.primaryEndpointAddress;
    this.nodeIds = nodeIdsOf(group, props);
  }

  private createSubnetGroup({
    name,
    subnetIds,
  }: RedisProps): ElasticacheSubnetGroup {
    return new ElasticacheSubnetGroup(this, "subnets", {
      name,
      description: `Private subnets of ${name}`,
      subnetIds: [...subnetIds],
      tags: { Name: name },
    });
  }

  private createReplicationGroup(
    subnetGroup: ElasticacheSubnetGroup,
    props: RedisProps,
  ): ElasticacheReplicationGroup {
    const { name, securityGroupId, replicas = 0, retain = true } = props;
    const { description = `Redis ${name}`, engine = "redis" } = props;
    const engineVersion = versionOf(props);
    const { nodeType = "cache.t3.medium", snapshotRetentionDays = 7 } = props;
    return new ElasticacheReplicationGroup(this, "Default", {
      replicationGroupId: name,
      description,
      engine,
      engineVersion,
      nodeType,
      numCacheClusters: 1 + replicas,
      preferredCacheClusterAzs: zonesOfNodes(props),
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      port: REDIS_PORT,
      subnetGroupName: subnetGroup.name,
      securityGroupIds: [securityGroupId],
      // Typed as string by the bindings.
      atRestEncryptionEnabled: "true",
      kmsKeyId: props.kmsKeyArn,
      ...transitEncryption(props),
      ...this.auth(props),
      snapshotRetentionLimit: snapshotRetentionDays,
      snapshotWindow: "02:00-03:00",
      maintenanceWindow: "sun:03:30-sun:04:30",
      autoMinorVersionUpgrade: takesMinors(engineVersion),
      // What a plan shows happens in its apply, and the next plan is empty.
      applyImmediately: true,
      // Unique per group, as the security group is: a second retirement finds its name free.
      finalSnapshotIdentifier: retain
        ? `${name}-final-${securityGroupId}`
        : undefined,
      snapshotName: props.restoreFrom,
      tags: { Name: name, ...madeOf(props.restoreFrom) },
      lifecycle: {
        preventDestroy: retain,
        ignoreChanges: ["snapshot_name", ...MADE_OF],
      },
      // A wait that ends leaves a new group tainted, and `preventDestroy` then refuses the repair.
      timeouts: { create: "90m", update: "90m", delete: "60m" },
    });
  }

  private auth({ authSecretArn, authUpdate = "SET" }: RedisProps) {
    if (authSecretArn === undefined) return {};
    const stored = new DataAwsSecretsmanagerSecretVersion(this, "password", {
      secretId: authSecretArn,
    });
    return {
      authToken: stored.secretString,
      // For a first password ROTATE would leave access without one open.
      authTokenUpdateStrategy: authUpdate,
    };
  }
}

/** One of each node. AWS gives a set, which has no positions; how many it holds is known before it is. */
function nodeIdsOf(
  group: ElasticacheReplicationGroup,
  { replicas = 0 }: RedisProps,
): string[] {
  const address = `${group.terraformResourceType}.${group.friendlyUniqueId}`;
  return Array.from(
    { length: 1 + replicas },
    (_, index) => `\${sort(${address}.member_clusters)[${index}]}`,
  );
}

/** As many as there are nodes: AWS asks for that. */
const zonesOfNodes = ({
  zones = [],
  replicas = 0,
}: RedisProps): string[] | undefined =>
  zones.length === 0
    ? undefined
    : Array.from(
        { length: 1 + replicas },
        (_, i) => zones[i % zones.length] ?? "",
      );

/** After an automatic 7.1, a 7.0 of the settings would be a downgrade. The others have no later minor, and take patches. */
const takesMinors = (engineVersion: string): string =>
  engineVersion === "7.0" ? "false" : "true";

const versionOf = ({ engine, engineVersion }: RedisProps): string =>
  engineVersion ?? (engine === "valkey" ? "8.0" : "7.1");

function transitEncryption({ tls = true, ...props }: RedisProps) {
  if (!tls) return { transitEncryptionEnabled: false };
  // Before 7.0.5 the mode is no parameter of the API, and TLS is always required.
  const hasMode = Number(versionOf(props).split(".")[0]) >= 7;
  return {
    transitEncryptionEnabled: true,
    transitEncryptionMode: hasMode ? "required" : undefined,
  };
}

const passwordWithoutTls = ({ name }: RedisProps): Error =>
  new Error(
    `Redis ${name}: authSecretArn is given and tls is false. ElastiCache takes a password over TLS only. Set tls to true, or leave authSecretArn out.`,
  );
