import { dataStack, resourceWith } from "../../support/data-stack";
import { currentSettings, exampleSettings } from "../../support/settings";
import { onlyResource } from "../../support/synth";

const stack = dataStack();
const guarded = dataStack(
  exampleSettings({ data: { redis: { auth: true, authVersion: 4 } } }),
);
const output = (name: string) => stack.output?.[name]?.value;

test("INF-11: as the settings say, one node, with the storage key", () => {
  expect(
    onlyResource(stack, "aws_elasticache_replication_group"),
  ).toMatchObject({
    replication_group_id: "wave-prod-redis",
    node_type: "cache.t3.medium",
    engine_version: "7.1",
    num_cache_clusters: 1,
    kms_key_id: "${aws_kms_key.storage-key.arn}",
    snapshot_retention_limit: 7,
  });
});

test("the node is in the first zone, which never goes", () => {
  const zonesOf = (zones: string[]) =>
    onlyResource(
      dataStack(exampleSettings({ network: { zones } })),
      "aws_elasticache_replication_group",
    ).preferred_cache_cluster_azs;
  expect(zonesOf(["b", "a", "c"])).toEqual(["eu-central-1b"]);
  expect(zonesOf(["b", "a"])).toEqual(["eu-central-1b"]);
});

test("with a replica the nodes are in the first two zones, and so are all subnets where AWS may put one", () => {
  const withReplica = dataStack(
    exampleSettings({ data: { redis: { replicas: 1 } } }),
  );
  expect(
    onlyResource(withReplica, "aws_elasticache_replication_group"),
  ).toMatchObject({
    num_cache_clusters: 2,
    automatic_failover_enabled: true,
    multi_az_enabled: true,
    preferred_cache_cluster_azs: ["eu-central-1a", "eu-central-1b"],
  });
  const subnetsOf = (of: typeof stack) =>
    onlyResource(of, "aws_elasticache_subnet_group").subnet_ids as string[];
  expect(subnetsOf(stack)).toHaveLength(3);
  expect(subnetsOf(withReplica)).toEqual(subnetsOf(stack).slice(0, 2));
});

test("the longest names fit the 40 characters of a replication group", () => {
  const long = dataStack(
    exampleSettings({
      name: "abcdefghijklmnopqrst",
      environment: "abcdefghijkl",
    }),
  );
  const { replication_group_id: id } = onlyResource(
    long,
    "aws_elasticache_replication_group",
  );
  expect(String(id).length).toBeLessThanOrEqual(40);
});

test("SET-17: host and port", () => {
  expect(output("redis_host")).toMatch(/\.primary_endpoint_address\}$/);
  expect(output("redis_port")).toBe(6379);
});

test("EXC-14, EXC-16: a password is generated, stored, read back and named; on either line it is the default", () => {
  const open = dataStack(exampleSettings({ data: { redis: { auth: false } } }));
  expect(open.output?.redis_secret_arn?.value).toBe("");
  for (const settings of [exampleSettings(), currentSettings()])
    expect(dataStack(settings).output?.redis_secret_arn?.value).toMatch(/arn/);
  const [id, version] = resourceWith(
    guarded,
    "aws_secretsmanager_secret_version",
    "redis_password",
  );
  expect(version.secret_string_wo_version).toBe(4);
  const arn = `\${aws_secretsmanager_secret_version.${id}.arn}`;
  expect(guarded.output?.redis_secret_arn?.value).toBe(arn);
  expect(
    Object.values(guarded.data?.aws_secretsmanager_secret_version ?? {}),
  ).toMatchObject([{ secret_id: arn }]);
});
