import { z } from "zod";
import {
  bucketName,
  httpsUrl,
  positiveInt,
  redisSnapshotName,
} from "../../settings/formats";

const storeName = (longest: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`),
      `2 to ${longest} characters: lower case, digits and hyphens, a letter first`,
    );

const bucketSchema = z.strictObject({
  name: storeName(40).describe(
    "First part of the name, which goes on with environment and account.",
  ),
  physicalName: bucketName
    .optional()
    .describe("The whole name, where something counts on it."),
  expireDays: positiveInt
    .optional()
    .describe("Days before an object is removed. Unset: never."),
  expireByTag: z
    .strictObject({
      tag: z.string().min(1).max(128).describe("Tag of the object."),
      value: z.string().max(256).describe("Value of the tag."),
      days: positiveInt.describe("Days before such an object is removed."),
    })
    .optional()
    .describe("Objects with a tag, which are removed earlier. Unset: none."),
  noncurrentDays: positiveInt
    .default(7)
    .describe("Days before an old version is removed."),
  versioned: z.boolean().default(true).describe("Keep old versions."),
  cors: z
    .strictObject({
      origins: z
        .array(
          z
            .string()
            .regex(
              /^(\*|https?:\/\/[\w.*-]+(:\d+)?)$/,
              "an origin such as https://scp.example.org",
            ),
        )
        .min(1)
        .describe("Origins of pages that use the bucket."),
      methods: z
        .array(z.enum(["GET", "HEAD", "PUT", "POST", "DELETE"]))
        .min(1)
        .default(["GET"])
        .describe("Methods."),
      allowAnyOrigin: z
        .boolean()
        .default(false)
        .describe("Take * as an origin: every page of the internet."),
    })
    .optional()
    .describe("Pages that may use the bucket from a browser. Unset: none."),
});

const attribute = z
  .string()
  .regex(/^[\w.-]{1,255}$/, "the name of an attribute");

const attributeType = z.enum(["S", "N", "B"]).default("S");

const keys = {
  hashKey: attribute.describe("Partition key."),
  hashKeyType: attributeType.describe("Text, number or binary."),
  rangeKey: attribute.optional().describe("Sort key. Unset: none."),
  rangeKeyType: attributeType.describe("Text, number or binary."),
};

const tableSchema = z.strictObject({
  name: storeName(60).describe(
    "First part of the name, which goes on with the environment.",
  ),
  ...keys,
  indexes: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[\w.-]{3,255}$/, "the name of an index")
          .describe("Name of the index."),
        ...keys,
      }),
    )
    .max(5)
    .default([])
    .describe("Global secondary indexes, of all attributes."),
});

const queueSchema = z.strictObject({
  name: storeName(60).describe(
    "First part of the name, which goes on with the environment; .fifo is added.",
  ),
  fifo: z
    .boolean()
    .default(false)
    .describe("In order and once, by message group."),
  visibilitySeconds: z
    .int()
    .min(0)
    .max(43200)
    .default(30)
    .describe("How long a message is hidden while somebody works on it."),
  maxReceives: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe("Tries before it goes to the dead-letter queue."),
});

const filter = z
  .record(z.string(), z.array(z.string()).min(1))
  .optional()
  .describe("Values of message attributes that pass. Unset: every message.");

const topicSchema = z.strictObject({
  name: storeName(50).describe(
    "First part of the name, which goes on with the environment; .fifo is added.",
  ),
  fifo: z
    .boolean()
    .default(false)
    .describe("In order and once; for queues that are fifo."),
  subscriptions: z
    .array(
      z
        .discriminatedUnion("kind", [
          z.strictObject({
            kind: z.literal("sqs"),
            queue: z.string().describe("A name of `delivery.stores.queues`."),
            filter,
          }),
          z.strictObject({
            kind: z.literal("https"),
            url: httpsUrl.describe(
              "Address that confirms the subscription and takes the messages.",
            ),
            filter,
          }),
        ])
        .describe("Who gets them: a queue (sqs) or an address (https)."),
    )
    .default([])
    .describe("Who gets the messages."),
});

const redisSchema = z.strictObject({
  engine: z
    .enum(["valkey", "redis"])
    .default("valkey")
    .describe("Engine: valkey costs less."),
  version: z
    .string()
    .regex(/^\d+\.\d+$/, "a version in quotes, such as 8.0")
    .optional()
    .describe("Version. Unset: 8.0 of valkey, 7.1 of redis."),
  nodeType: z
    .string()
    .regex(
      /^cache\.[a-z0-9]+\.[a-z0-9]+$/,
      "a node type such as cache.t4g.micro",
    )
    .default("cache.t4g.micro")
    .describe("Node type."),
  nodes: z
    .int()
    .min(1)
    .max(6)
    .default(2)
    .describe("Nodes, of which one writes; from two on another takes over."),
  restoreFrom: redisSnapshotName
    .optional()
    .describe(
      "Snapshot that Redis is made of, where there is none yet. Refused at plan for a Redis that stands and was not made of it. Unset: an empty one; taken away later nothing changes.",
    ),
});

/** Section `delivery.stores`. */
export const storesSchema = z
  .strictObject({
    buckets: z.array(bucketSchema).default([]).describe("S3 buckets."),
    tables: z
      .array(tableSchema)
      .default([])
      .describe("DynamoDB tables, paid by use, with point-in-time recovery."),
    queues: z
      .array(queueSchema)
      .default([])
      .describe("SQS queues, each with a dead-letter queue."),
    topics: z.array(topicSchema).default([]).describe("SNS topics."),
    redis: redisSchema
      .optional()
      .describe("An ElastiCache replication group. Unset: none."),
  })
  .prefault({})
  .describe(
    "What the services keep data in, all of it encrypted with a key of its own.",
  );
