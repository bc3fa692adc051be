import { type WaveSettings } from "../settings/schema";
import { type Rule, type Warning, when } from "../../settings/rule";
import { postgresRules, postgresWarnings } from "./postgres";

/** ElastiCache ends the Redis engine at 7.1; what follows is another engine. */
const redisVersion: Rule<WaveSettings> = ({ data: { redis } }) =>
  when(!/^(6\.2|7\.\d+)$/.test(redis.engineVersion), () => ({
    path: "data.redis.engineVersion",
    given: `"${redis.engineVersion}"`,
    allowed: "6.2, 7.0 or 7.1",
    fix: "choose 7.1: Wave needs Redis 6.2 or later, and ElastiCache has none after 7.1",
  }));

/** Wave opens a plain connection pool, which serverless (always in cluster mode) does not serve. */
const redisNode: Rule<WaveSettings> = ({ data: { redis } }) =>
  when(!/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(redis.nodeType), () => ({
    path: "data.redis.nodeType",
    given: `"${redis.nodeType}"`,
    allowed: "a node type such as cache.t3.medium; serverless is not supported",
    fix: /^[a-z0-9]+\.[a-z0-9]+$/.test(redis.nodeType)
      ? `write cache.${redis.nodeType}`
      : "choose a node type: Wave cannot use a serverless cache, which is always in cluster mode",
  }));

/** Sizes of ElastiCache; of its families new ones come. */
const REDIS_SIZE =
  /^(micro|small|medium|large|xlarge|([248]|1[0268]|24)xlarge)$/;
const REDIS_FAMILIES = /^cache\.(t2|t3|t4g|m[4-5]|m[67]g|r[45]|r[67]g|c7gn)\./;

/** Nobody lists the node types that can be ordered: what is wrong would be refused in the second stack. */
const redisNodeExists: Rule<WaveSettings> = ({ data: { redis } }) => {
  const [cache, family = "", size] = redis.nodeType.split(".");
  if (cache !== "cache" || size === undefined) return [];
  const path = "data.redis.nodeType";
  const given = `"${redis.nodeType}"`;
  return [
    ...when(!REDIS_SIZE.test(size), () => ({
      path,
      given,
      allowed:
        "a size of ElastiCache: micro, small, medium, large, xlarge, 2xlarge and so on",
      fix: `write a size that the family has, such as cache.${family}.large`,
    })),
    ...when(family.endsWith("gd"), () => ({
      path,
      given,
      allowed: "a family without data tiering",
      fix: `write cache.${family.slice(0, -1)}.${size}: with data tiering a node moves data to disks, and Wave's is small and always in use`,
    })),
  ];
};

/** A family that came after this release, or a mistyped one. */
const redisFamily: Warning<WaveSettings> = ({ data: { redis } }) =>
  REDIS_FAMILIES.test(redis.nodeType) || redis.nodeType.includes("gd.")
    ? []
    : [
        `data.redis.nodeType ${redis.nodeType} is of a family that this release does not know. If ElastiCache does not either, stack data fails.`,
      ];

/** ElastiCache has no password without TLS. */
const redisAuthNeedsTls: Rule<WaveSettings> = (settings) =>
  when(settings.data.redis.auth && !settings.data.redis.tls, () => ({
    path: "data.redis.tls",
    given: "false, with data.redis.auth on",
    allowed: "true while Redis asks for a password",
    fix: "remove it, or set data.redis.auth: false too: ElastiCache takes no password over a plain connection",
  }));

/** TLS and groups keep strangers out; what is in the cluster's group gets in. */
const redisWithoutPassword: Warning<WaveSettings> = ({ data: { redis } }) =>
  redis.auth
    ? []
    : [
        "data.redis.auth is off: everything in the VPC that reaches Redis can read pairing keys and tokens.",
      ];

/** The second of two deployments is easily forgotten. */
const redisHasTwoPasswords: Warning<WaveSettings> = (settings) =>
  settings.data.redis.auth && settings.data.redis.authUpdate === "ROTATE"
    ? [
        "data.redis.authUpdate is ROTATE: Redis takes the password before the last one too, and a first one leaves access without a password open. Set it back to SET and deploy when Wave's pods run with the new one.",
      ]
    : [];

const redisInClear: Warning<WaveSettings> = ({ data: { redis } }) =>
  redis.tls
    ? []
    : [
        "data.redis.tls is off: pairing keys and tokens travel unencrypted inside the VPC.",
      ];

export const dataRules = [
  redisVersion,
  redisNode,
  redisNodeExists,
  redisAuthNeedsTls,
  ...postgresRules,
];
export const dataWarnings = [
  redisFamily,
  redisWithoutPassword,
  redisInClear,
  redisHasTwoPasswords,
  ...postgresWarnings,
];
