import { nearest } from "../../lib/nearest";
import { type Problem } from "../../lib/problem";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";
import { bucketNameOf } from "../store-arn";

type DeliveryRule = Rule<DeliverySettings>;

const PATH = "delivery.stores";

/** A name of the settings names one store, and a whole name one bucket. */
const once: DeliveryRule = (settings) => [
  ...(["buckets", "tables", "queues", "topics"] as const).flatMap((kind) =>
    eachOnce(
      `${PATH}.${kind}`,
      settings.delivery.stores[kind].map(({ name }) => name),
      ".name",
    ),
  ),
  ...wholeNames(settings),
  ...receivers(settings),
];

/** Whole names that an earlier bucket has, or one by what is made of its name. */
function wholeNames(settings: DeliverySettings): Problem[] {
  const { buckets } = settings.delivery.stores;
  return buckets.flatMap(({ physicalName }, index) =>
    when(
      buckets.some(
        (other, n) =>
          (n < index || (n > index && other.physicalName === undefined)) &&
          bucketNameOf(settings, other) === physicalName,
      ),
      () => ({
        path: `${PATH}.buckets[${index}].physicalName`,
        given: `"${physicalName ?? ""}", a second time`,
        allowed: "every entry once",
        fix: "write another one, or remove the entry",
      }),
    ),
  );
}

/** SNS knows a subscription by its topic and its receiver. */
const receivers = ({ delivery: { stores } }: DeliverySettings): Problem[] =>
  stores.topics.flatMap(({ subscriptions: all }, index) => {
    const path = `${PATH}.topics[${index}].subscriptions`;
    const queues = all.map((one) =>
      one.kind === "sqs" ? one.queue : undefined,
    );
    const urls = all.map((one) => (one.kind === "https" ? one.url : undefined));
    return [
      ...eachOnce(path, queues, ".queue"),
      ...eachOnce(path, urls, ".url"),
    ];
  });

/** "Bucket naming rules" of S3. */
const LONGEST_BUCKET = 63;

const bucketLength: DeliveryRule = (settings) =>
  settings.delivery.stores.buckets.flatMap((bucket, index) => {
    const name = bucketNameOf(settings, bucket);
    return when(name.length > LONGEST_BUCKET, () => ({
      path: `${PATH}.buckets[${index}].name`,
      given: `"${bucket.name}", which makes ${name}: ${name.length} characters`,
      allowed: `at most ${LONGEST_BUCKET} characters for the whole name`,
      fix: "shorten it, or write physicalName",
    }));
  });

const anyOrigin: DeliveryRule = ({ delivery: { stores } }) =>
  stores.buckets.flatMap(({ cors }, index) =>
    when(cors?.origins.includes("*") === true && !cors.allowAnyOrigin, () => ({
      path: `${PATH}.buckets[${index}].cors.origins`,
      given: '"*"',
      allowed: "origins of pages of yours; * with allowAnyOrigin: true",
      fix: "write the origins, such as https:// and delivery.domain; or add allowAnyOrigin: true",
    })),
  );

type Table = DeliverySettings["delivery"]["stores"]["tables"][number];

/** DynamoDB knows an attribute by one type, and an index by its name. */
const tableKeys: DeliveryRule = ({ delivery: { stores } }) =>
  stores.tables.flatMap((table, index) => [
    ...typesOf(table, `${PATH}.tables[${index}]`),
    ...eachOnce(
      `${PATH}.tables[${index}].indexes`,
      table.indexes.map(({ name }) => name),
      ".name",
    ),
  ]);

function typesOf(table: Table, path: string): Problem[] {
  const types = new Map<string, string>();
  return [
    { at: path, ...table },
    ...table.indexes.map((one, n) => ({ at: `${path}.indexes[${n}]`, ...one })),
  ].flatMap(({ at, hashKey, hashKeyType, rangeKey, rangeKeyType }) => {
    const keys = [
      ["hashKey", hashKey, hashKeyType],
      ["rangeKey", rangeKey, rangeKeyType],
    ] as const;
    return [
      ...when(hashKey === rangeKey, () => ({
        path: `${at}.rangeKey`,
        given: `"${rangeKey ?? ""}", hashKey too`,
        allowed: "another attribute",
        fix: "write another one, or remove it",
      })),
      ...keys.flatMap(([key, name, type]) => {
        if (name === undefined) return [];
        const before = types.get(name) ?? type;
        types.set(name, before);
        return when(before !== type, () => ({
          path: `${at}.${key}Type`,
          given: `${type}, of the attribute ${name}, which is ${before} before`,
          allowed: "one type for an attribute of a table",
          fix: `write ${before}`,
        }));
      }),
    ];
  });
}

/** What "Amazon SNS FIFO topics" delivers to, and what reaches a queue that is fifo. */
const subscriptions: DeliveryRule = ({ delivery: { stores } }) =>
  stores.topics.flatMap(({ fifo, subscriptions: all }, index) =>
    all.flatMap((one, at) => {
      const path = `${PATH}.topics[${index}].subscriptions[${at}]`;
      if (one.kind === "https")
        return when(fifo, () => ({
          path: `${path}.kind`,
          given: "https, of a topic with fifo: true",
          allowed: "sqs: a topic that is fifo delivers to queues only",
          fix: "write kind: sqs with a queue, or fifo: false",
        }));
      const queue = stores.queues.find(({ name }) => name === one.queue);
      if (queue === undefined)
        return [
          missing(
            `${path}.queue`,
            one.queue,
            stores.queues.map(({ name }) => name),
            `${PATH}.queues`,
          ),
        ];
      return when(queue.fifo && !fifo, () => ({
        path: `${path}.queue`,
        given: `"${one.queue}", a queue with fifo: true, of a topic without`,
        allowed: "a queue without fifo: SNS refuses this one",
        fix: "write fifo: true for the topic, or fifo: false for the queue",
      }));
    }),
  );

/** A name that no entry of a list has. */
export function missing(
  path: string,
  name: string,
  known: readonly string[],
  list: string,
): Problem {
  const match = nearest(name, known);
  return {
    path,
    given: `"${name}"`,
    allowed: known.join(", ") || `a name of ${list}, which is empty`,
    fix:
      match === undefined
        ? `add it to ${list}, or write one of these`
        : `write ${match}`,
  };
}

/** Last version of Redis that ElastiCache has, and first one of Valkey. */
const LAST_REDIS = 7.1;
const FIRST_VALKEY = 7.2;

const redisVersion: DeliveryRule = ({ delivery: { stores } }) => {
  const { engine, version } = stores.redis ?? {};
  if (version === undefined) return [];
  const isWrong =
    engine === "redis"
      ? Number(version) > LAST_REDIS
      : Number(version) < FIRST_VALKEY;
  return when(isWrong, () => ({
    path: `${PATH}.redis.version`,
    given: `"${version}", of ${engine ?? ""}`,
    allowed:
      engine === "redis"
        ? `at most ${LAST_REDIS}: later ones are of Valkey`
        : `${FIRST_VALKEY} or later`,
    fix: `remove it, or write engine: ${engine === "redis" ? "valkey" : "redis"}`,
  }));
};

export const storeRules = [
  once,
  bucketLength,
  anyOrigin,
  tableKeys,
  subscriptions,
  redisVersion,
];
