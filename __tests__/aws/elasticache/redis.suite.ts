import { TerraformOutput } from "cdktf";
import { Redis, type RedisProps } from "../../../modules/aws/elasticache/redis";
import { onlyResource, synthOne } from "../../support/synth";

const props: RedisProps = {
  name: "wave-prod-redis",
  subnetIds: ["subnet-a", "subnet-b"],
  securityGroupId: "sg-redis",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/storage",
};
const secretArn =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wave-prod-redis-1";
const stackOf = (change: Partial<RedisProps> = {}) =>
  synthOne((stack) => {
    const { host } = new Redis(stack, "redis", { ...props, ...change });
    new TerraformOutput(stack, "host", { value: host });
  });
const groupOf = (change: Partial<RedisProps> = {}) =>
  onlyResource(stackOf(change), "aws_elasticache_replication_group");
const stack = stackOf();
const group = onlyResource(stack, "aws_elasticache_replication_group");

test("INF-11, EXC-02: a replication group of one node, cluster mode off", () => {
  expect(group).toMatchObject({
    replication_group_id: "wave-prod-redis",
    engine: "redis",
    engine_version: "7.1",
    node_type: "cache.t3.medium",
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
    multi_az_enabled: false,
    port: 6379,
  });
  expect(group).not.toHaveProperty("num_node_groups");
  expect(group).not.toHaveProperty("cluster_mode");
});

test("replicas: automatic failover and Multi-AZ, and a zone for each node, used in turn", () => {
  const zones = ["eu-central-1a", "eu-central-1b"];
  expect(groupOf({ replicas: 2, zones })).toMatchObject({
    num_cache_clusters: 3,
    automatic_failover_enabled: true,
    multi_az_enabled: true,
    preferred_cache_cluster_azs: [...zones, "eu-central-1a"],
  });
  expect(groupOf({ zones }).preferred_cache_cluster_azs).toEqual([
    "eu-central-1a",
  ]);
  expect(groupOf({ replicas: 1 })).not.toHaveProperty(
    "preferred_cache_cluster_azs",
  );
});

test("the parameters are AWS's own, which cut off clients of a primary that became a replica", () => {
  expect(groupOf({ replicas: 1 })).not.toHaveProperty("parameter_group_name");
});

test("encrypted at rest with the key; the typed strings are strings", () => {
  expect(group).toMatchObject({
    at_rest_encryption_enabled: "true",
    kms_key_id: props.kmsKeyArn,
    auto_minor_version_upgrade: "true",
  });
});

test("TLS is required; before Redis 7 the mode is no parameter", () => {
  expect(group).toMatchObject({
    transit_encryption_enabled: true,
    transit_encryption_mode: "required",
  });
  const old = groupOf({ engineVersion: "6.2" });
  expect(old.transit_encryption_enabled).toBe(true);
  expect(old).not.toHaveProperty("transit_encryption_mode");
  const plain = groupOf({ tls: false });
  expect(plain.transit_encryption_enabled).toBe(false);
  expect(plain).not.toHaveProperty("transit_encryption_mode");
});

test("EXC-14: no password unless asked for", () => {
  expect(group).not.toHaveProperty("auth_token");
  expect(group).not.toHaveProperty("auth_token_update_strategy");
  expect(stack).not.toHaveProperty("data");
});

test("EXC-16: a password is read from the stored version, and set, not rotated in", () => {
  const guarded = stackOf({ authSecretArn: secretArn });
  const [[id, stored] = []] = Object.entries(
    guarded.data?.aws_secretsmanager_secret_version ?? {},
  );
  expect(stored).toMatchObject({ secret_id: secretArn });
  // AWSCURRENT, as every other reader: a pinned version would disagree with them after put-secret-value.
  expect(stored).not.toHaveProperty("version_id");
  expect(
    onlyResource(guarded, "aws_elasticache_replication_group"),
  ).toMatchObject({
    auth_token: `\${data.aws_secretsmanager_secret_version.${id}.secret_string}`,
    auth_token_update_strategy: "SET",
  });
});

test("fails with a password but without TLS, and says how to fix it", () => {
  expect(() => stackOf({ authSecretArn: secretArn, tls: false })).toThrow(
    /Redis wave-prod-redis: authSecretArn is given and tls is false\..+over TLS only\. Set tls to true, or leave authSecretArn out/,
  );
});

test("own subnet group and security group", () => {
  expect(onlyResource(stack, "aws_elasticache_subnet_group")).toMatchObject({
    name: "wave-prod-redis",
    subnet_ids: ["subnet-a", "subnet-b"],
  });
  expect(group).toMatchObject({
    subnet_group_name: expect.stringMatching(
      /^\$\{aws_elasticache_subnet_group\.redis_subnets_\w+\.name\}$/,
    ) as unknown,
    security_group_ids: ["sg-redis"],
  });
});

test("BAK-02: daily snapshots, outside of the maintenance window", () => {
  expect(groupOf({ snapshotRetentionDays: 14 })).toMatchObject({
    snapshot_retention_limit: 14,
    snapshot_window: "02:00-03:00",
    maintenance_window: "sun:03:30-sun:04:30",
  });
});

test("kept with a final snapshot of a name that is new each time, or discarded without one", () => {
  expect(group).toMatchObject({
    final_snapshot_identifier: "wave-prod-redis-final-sg-redis",
    lifecycle: { prevent_destroy: true },
  });
  const discarded = groupOf({ retain: false });
  expect(discarded.lifecycle).toMatchObject({ prevent_destroy: false });
  expect(discarded).not.toHaveProperty("final_snapshot_identifier");
});

test("a change happens in the apply that shows it", () => {
  expect(group.apply_immediately).toBe(true);
});

test("SET-17: the host is the primary endpoint", () => {
  expect(stack.output?.host?.value).toBe(
    "${aws_elasticache_replication_group.redis.primary_endpoint_address}",
  );
});

test("the defaults of a Redis that nobody sized, and what the caller says instead", () => {
  expect(group).toMatchObject({
    description: "Redis wave-prod-redis",
    node_type: "cache.t3.medium",
    engine_version: "7.1",
    transit_encryption_enabled: true,
    snapshot_retention_limit: 7,
  });
  const change = { description: "Queues", nodeType: "cache.t4g.small" };
  expect(groupOf(change)).toMatchObject({
    description: "Queues",
    node_type: "cache.t4g.small",
  });
});

test("valkey: its own default version, and TLS required as with redis", () => {
  expect(groupOf({ engine: "valkey" })).toMatchObject({
    engine: "valkey",
    engine_version: "8.0",
    transit_encryption_enabled: true,
    transit_encryption_mode: "required",
  });
  expect(
    groupOf({ engine: "valkey", engineVersion: "7.2" }).engine_version,
  ).toBe("7.2");
});
