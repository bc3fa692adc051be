import { type NetworkOutputs } from "../../modules/contracts/network";
import { createStores } from "../../modules/delivery/stores";
import { type PolicyDocument } from "../../modules/lib/policy";
import { type SettingsChange, deliverySettings } from "../support/settings";
import {
  type ResourceJson,
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

const network: NetworkOutputs = {
  vpcId: "vpc-1",
  vpcOwnerId: "",
  privateSubnetIds: { a: "subnet-a", b: "subnet-b", c: "subnet-c" },
  publicSubnetIds: {},
  clusterName: "services",
  clusterArn: "",
  clusterEndpoint: "",
  clusterCertificateAuthority: "",
  clusterSecurityGroupId: "sg-cluster",
  buildSecurityGroupId: "sg-build",
  oidcIssuer: "",
  alarmTopicArn: "",
};
const stores: NonNullable<SettingsChange["delivery"]>["stores"] = {
  buckets: [
    {
      name: "worker-results",
      expireDays: 14,
      cors: { origins: ["https://a"] },
    },
    { name: "originals", physicalName: "old-originals" },
    { name: "debug", versioned: false },
  ],
  tables: [
    { name: "experiments", hashKey: "experimentId" },
    {
      name: "plots",
      hashKey: "plotUuid",
      rangeKey: "size",
      rangeKeyType: "N",
      indexes: [{ name: "by-experiment", hashKey: "experimentId" }],
    },
  ],
  queues: [
    { name: "jobs", fifo: true, visibilitySeconds: 120, maxReceives: 3 },
    { name: "other" },
    { name: "results" },
  ],
  topics: [
    {
      name: "results",
      subscriptions: [
        { kind: "sqs", queue: "results", filter: { type: ["a"] } },
        { kind: "https", url: "https://api.example.org/results" },
      ],
    },
    { name: "unheard" },
  ],
  redis: {},
};
const stackOf = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const settings = deliverySettings({ delivery: { stores }, ...change });
    createStores(stack, { settings, network });
  });
const stack = stackOf();
const policyOf = ({ policy }: ResourceJson) =>
  (JSON.parse(policy as string) as PolicyDocument).Statement;
const all = (type: string) => Object.values(resourcesOf(stack, type));
const names = (type: string, attribute = "name") =>
  all(type)
    .map((one) => one[attribute] as string)
    .sort();
const named = (type: string, name: string): ResourceJson => {
  const found = all(type).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
};
const KEY = "${aws_kms_key.stores-key.arn}";

test("C34: every store of the settings, each a resource of its kind, by a name that says the environment", () => {
  expect(names("aws_s3_bucket", "bucket")).toEqual([
    "debug-prod-123456789012",
    "old-originals",
    "worker-results-prod-123456789012",
  ]);
  expect(names("aws_dynamodb_table")).toEqual([
    "experiments-prod",
    "plots-prod",
  ]);
  expect(names("aws_sns_topic")).toEqual(["results-prod", "unheard-prod"]);
  expect(names("aws_sqs_queue")).toEqual(
    expect.arrayContaining([
      "jobs-prod.fifo",
      "jobs-prod-dead-letters.fifo",
      "other-prod",
      "results-prod",
    ]),
  );
});

test("C34: account, region and partition are those of the settings, everywhere", () => {
  const elsewhere = JSON.stringify(
    stackOf({ accountId: "210987654321", region: "us-gov-west-1" }),
  );
  expect(elsewhere).toContain("arn:aws-us-gov:sqs:us-gov-west-1:210987654321");
  expect(elsewhere).not.toMatch(/123456789012|eu-central-1|arn:aws:/);
});

test("C35: buckets are encrypted with the key, closed, and take TLS only for themselves and their objects", () => {
  const encryption = all("aws_s3_bucket_server_side_encryption_configuration");
  const policies = all("aws_s3_bucket_policy").map(policyOf);
  expect([encryption.length, policies.length]).toEqual([3, 3]);
  for (const { rule } of encryption)
    expect(rule).toMatchObject([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: KEY,
        },
      },
    ]);
  for (const [deny] of policies) {
    const [bucket = ""] = deny?.Resource ?? [];
    expect(deny).toMatchObject({
      Effect: "Deny",
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }
  expect(names("aws_s3_bucket", "bucket").length).toBe(
    all("aws_s3_bucket_public_access_block").length,
  );
});

test("C35: only pages that are named use a bucket, and read only; its objects and versions go when they are to", () => {
  expect(onlyResource(stack, "aws_s3_bucket_cors_configuration")).toMatchObject(
    {
      bucket: "${aws_s3_bucket.bucket-worker-results.id}",
      cors_rule: [{ allowed_origins: ["https://a"], allowed_methods: ["GET"] }],
    },
  );
  const rules = (bucket: string) =>
    all("aws_s3_bucket_lifecycle_configuration").find(
      (one) => one.bucket === `\${aws_s3_bucket.bucket-${bucket}.id}`,
    )?.rule;
  expect(rules("worker-results")).toMatchObject([
    {
      expiration: [{ days: 14 }],
      noncurrent_version_expiration: [{ noncurrent_days: 7 }],
    },
  ]);
  expect(rules("debug")).toMatchObject([
    { expiration: [{ expired_object_delete_marker: true }] },
  ]);
  const tagged = stackOf({
    delivery: {
      stores: {
        buckets: [
          { name: "bb", expireByTag: { tag: "kind", value: "de", days: 2 } },
        ],
      },
    },
  });
  expect(
    onlyResource(tagged, "aws_s3_bucket_lifecycle_configuration").rule,
  ).toMatchObject([
    {},
    {
      filter: [{ tag: [{ key: "kind", value: "de" }] }],
      expiration: [{ days: 2 }],
    },
  ]);
  const versioning = all("aws_s3_bucket_versioning").map(
    (one) => (one.versioning_configuration as { status: string }).status,
  );
  expect(versioning.sort()).toEqual(["Enabled", "Enabled", "Suspended"]);
});

test("C39: tables are encrypted with the key, recoverable, and have the keys of the settings", () => {
  for (const table of all("aws_dynamodb_table"))
    expect(table).toMatchObject({
      billing_mode: "PAY_PER_REQUEST",
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true, kms_key_arn: KEY },
    });
  expect(named("aws_dynamodb_table", "plots-prod")).toMatchObject({
    hash_key: "plotUuid",
    range_key: "size",
    attribute: [
      { name: "plotUuid", type: "S" },
      { name: "size", type: "N" },
      { name: "experimentId", type: "S" },
    ],
    global_secondary_index: [
      { name: "by-experiment", hash_key: "experimentId" },
    ],
  });
});

test("C40: every queue has dead letters, every subscription too, and everything has the key", () => {
  for (const one of [...all("aws_sqs_queue"), ...all("aws_sns_topic")]) {
    expect(one.kms_master_key_id).toBe(KEY);
    expect(policyOf(one)[0]).toMatchObject({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }
  for (const name of ["jobs-prod.fifo", "other-prod", "results-prod"])
    expect(named("aws_sqs_queue", name).redrive_policy).toContain(
      "deadLetterTargetArn",
    );
  const subscriptions = all("aws_sns_topic_subscription");
  expect(subscriptions.map(({ protocol }) => protocol).sort()).toEqual([
    "https",
    "sqs",
  ]);
  for (const { redrive_policy } of subscriptions)
    expect(redrive_policy).toContain("deadLetterTargetArn");
});

test("C40: queues are as the settings have them, and let in the topics that name them, no other", () => {
  expect(named("aws_sqs_queue", "jobs-prod.fifo")).toMatchObject({
    fifo_queue: true,
    visibility_timeout_seconds: 120,
    redrive_policy: expect.stringContaining('"maxReceiveCount":3') as unknown,
  });
  expect(policyOf(named("aws_sqs_queue", "other-prod"))).toHaveLength(1);
  expect(policyOf(named("aws_sqs_queue", "results-prod"))[1]).toMatchObject({
    Action: "sqs:SendMessage",
    Condition: {
      ArnEquals: {
        "aws:SourceArn": ["arn:aws:sns:eu-central-1:123456789012:results-prod"],
      },
    },
  });
});

test("C40: SNS uses the key for topics of this account, and only where there are some", () => {
  const [, ...more] = policyOf(onlyResource(stack, "aws_kms_key"));
  expect(more).toMatchObject([
    {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ]);
  const silent = stackOf({
    delivery: { stores: { topics: [], buckets: [] } },
  });
  expect(policyOf(onlyResource(silent, "aws_kms_key"))).toHaveLength(1);
});

test("C38: two nodes, TLS, a password from its secret, encryption at rest, and only the cluster connects", () => {
  const redis = onlyResource(stack, "aws_elasticache_replication_group");
  expect(redis).toMatchObject({
    replication_group_id: "services-prod-delivery-redis",
    engine: "valkey",
    engine_version: "8.0",
    num_cache_clusters: 2,
    automatic_failover_enabled: true,
    transit_encryption_enabled: true,
    at_rest_encryption_enabled: "true",
    kms_key_id: KEY,
    auth_token: expect.stringContaining("secretsmanager") as unknown,
  });
  expect(
    onlyResource(stack, "aws_vpc_security_group_ingress_rule"),
  ).toMatchObject({
    referenced_security_group_id: "sg-cluster",
    to_port: 6379,
  });
  expect(JSON.stringify(stack)).not.toMatch(/cidr/);
});

test("what holds data is kept, or goes with the environment", () => {
  const kept = [
    "aws_s3_bucket",
    "aws_dynamodb_table",
    "aws_elasticache_replication_group",
    "aws_kms_key",
  ];
  const gone = stackOf({ retain: false });
  for (const type of kept) {
    for (const { lifecycle } of all(type))
      expect(lifecycle).toMatchObject({ prevent_destroy: true });
    for (const { lifecycle } of Object.values(resourcesOf(gone, type)))
      expect(lifecycle).toMatchObject({ prevent_destroy: false });
  }
});
