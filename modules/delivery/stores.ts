import { type Construct } from "constructs";
import { redisAlarms } from "../aws/cloudwatch/store-alarms";
import { Table } from "../aws/dynamodb/table";
import { REDIS_PORT, Redis } from "../aws/elasticache/redis";
import { KmsKey } from "../aws/kms/kms-key";
import { StoreSecurityGroup } from "../aws/network/store-security-group";
import { PrivateBucket } from "../aws/s3/bucket";
import { GeneratedSecret } from "../aws/secrets/secret";
import { Topic } from "../aws/sns/topic";
import { Queue } from "../aws/sqs/queue";
import { type NetworkOutputs } from "../contracts/network";
import { redisPlaces } from "../core/cluster/redis-places";
import { clientSecurityGroupsOf } from "../core/controllers/given";
import { createAlarms } from "../core/observability/alarms";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { readPolicy } from "../lib/policy";
import { type DeliverySettings } from "./settings/schema";
import { redisName } from "./names";
import { bucketNameOf, storeArn, storeNameOf } from "./store-arn";

/** What the stores are made of. */
export interface StoresInputs {
  readonly settings: DeliverySettings;
  /** Where Redis stands, and who may connect. Unset, as in the local mock: no Redis. */
  readonly network?: NetworkOutputs;
}

/** What was made, as far as others need it. */
export interface Stores {
  /** Key of everything; who uses a store needs kms:GenerateDataKey and kms:Decrypt on it. */
  readonly keyArn: string;
  /** Whole names of the buckets, by their names in the settings. */
  readonly bucketNames: Readonly<Record<string, string>>;
  readonly redis?: {
    /** Host of the primary; port 6379, TLS. */
    readonly primaryEndpoint: string;
    /** Secret that holds the password. */
    readonly authSecretArn: string;
  };
}

/**
 * Creates the stores of the services. Buckets are `<store>-<environment>-<account>`, tables, queues and topics
 * `<store>-<environment>`: services count on these names, so the setting `name` is in none. A second environment of the same
 * account and region with the same `environment` is refused by AWS, because its key is another.
 */
export function createStores(scope: Construct, inputs: StoresInputs): Stores {
  const { settings } = inputs;
  const kmsKeyArn = createKey(scope, settings);
  const bucketNames = byName(settings.delivery.stores.buckets, (bucket) => {
    const { name, expireByTag, ...others } = bucket;
    return new PrivateBucket(scope, `bucket-${name}`, {
      ...others,
      name: bucketNameOf(settings, bucket),
      partition: partitionOf(settings.region),
      kmsKeyArn,
      expirationDays: bucket.expireDays,
      expirationOfTag: expireByTag && { key: expireByTag.tag, ...expireByTag },
      oldVersionDays: bucket.noncurrentDays,
      retain: settings.retain,
    }).bucketName;
  });
  for (const table of settings.delivery.stores.tables)
    new Table(scope, `table-${table.name}`, {
      ...table,
      name: storeNameOf(settings, table),
      kmsKeyArn,
      retain: settings.retain,
    });
  createMessaging(scope, settings, kmsKeyArn);
  const redis = createRedis(scope, inputs, kmsKeyArn);
  return { keyArn: kmsKeyArn, bucketNames, redis };
}

const byName = <Store extends { readonly name: string }, Made>(
  stores: readonly Store[],
  make: (store: Store) => Made,
): Record<string, Made> =>
  Object.fromEntries(stores.map((store) => [store.name, make(store)]));

function createKey(scope: Construct, settings: DeliverySettings): string {
  const { accountId, region, retain, delivery } = settings;
  const names = namesOf(settings);
  const topicsSend = readPolicy("kms/topics-send.json", partitionOf(region), {
    ACCOUNT_ID: accountId,
  });
  return new KmsKey(scope, "stores-key", {
    name: names.of("delivery"),
    description: `${names.prefix}: stores and images of services`,
    accountId,
    region,
    statements: delivery.stores.topics.length > 0 ? topicsSend.Statement : [],
    retain,
  }).arn;
}

/** Queues, each open to the topics that name it, and topics. */
function createMessaging(
  scope: Construct,
  settings: DeliverySettings,
  kmsKeyArn: string,
): void {
  const { accountId, region } = settings;
  const place = { accountId, region, kmsKeyArn };
  const { queues, topics } = settings.delivery.stores;
  const made = byName(
    queues,
    (queue) =>
      new Queue(scope, `queue-${queue.name}`, {
        ...place,
        ...queue,
        name: storeNameOf(settings, queue),
        topicArns: topics
          .filter(({ subscriptions }) =>
            subscriptions.some(
              (one) => one.kind === "sqs" && one.queue === queue.name,
            ),
          )
          .map(({ name }) => storeArn(settings, `topic/${name}`)),
      }),
  );
  for (const topic of topics)
    new Topic(scope, `topic-${topic.name}`, {
      ...place,
      name: storeNameOf(settings, topic),
      subscriptions: topic.subscriptions.map((one) => {
        if (one.kind === "https") return one;
        const queue = made[one.queue];
        // Rules ask for it.
        if (queue === undefined) throw new Error(`no queue ${one.queue}`);
        return { ...one, queue };
      }),
    });
}

function createRedis(
  scope: Construct,
  { settings, network }: StoresInputs,
  kmsKeyArn: string,
): Stores["redis"] {
  const { retain, region, delivery } = settings;
  const { redis } = delivery.stores;
  if (redis === undefined || network === undefined) return undefined;
  const name = redisName(settings);
  const password = new GeneratedSecret(scope, "redis-password", {
    name,
    description: "Password of the services' Redis",
    kmsKeyArn,
    version: 1,
    retain,
  });
  const { securityGroupId } = new StoreSecurityGroup(scope, "redis-access", {
    name,
    description: "Redis of services",
    vpcId: network.vpcId,
    port: REDIS_PORT,
    sourceSecurityGroupId: network.clusterSecurityGroupId,
    clientSecurityGroupIds: clientSecurityGroupsOf(settings),
  });
  const replicas = redis.nodes - 1;
  const { host, nodeIds } = new Redis(scope, "redis", {
    ...redisPlaces(region, network, replicas),
    name,
    description: `Redis of services, ${name}`,
    engine: redis.engine,
    engineVersion: redis.version,
    nodeType: redis.nodeType,
    replicas,
    securityGroupId,
    kmsKeyArn,
    authSecretArn: password.arn,
    restoreFrom: redis.restoreFrom,
    retain,
  });
  createAlarms(
    scope,
    settings,
    network,
    "delivery-redis",
    redisAlarms(nodeIds),
  );
  return { primaryEndpoint: host, authSecretArn: password.arn };
}
