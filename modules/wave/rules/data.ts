import { type WaveSettings } from "../settings/schema";
import { type Rule, type Warning, when } from "../../settings/rule";
import { isClassic, isCurrent } from "../release/line";
import { redisAuth } from "../release/line-defaults";
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

/** ElastiCache has no password without TLS. */
const redisAuthNeedsTls: Rule<WaveSettings> = (settings) =>
  when(redisAuth(settings) && !settings.data.redis.tls, () => ({
    path: "data.redis.tls",
    given: "false, with data.redis.auth on",
    allowed: "true while Redis asks for a password",
    fix: "remove it, or set data.redis.auth: false too: ElastiCache takes no password over a plain connection",
  }));

/** On the classic line this is the default: Wave 1.x would log the password. */
const redisWithoutPassword: Warning<WaveSettings> = (settings) =>
  isCurrent(settings) && !redisAuth(settings)
    ? [
        "data.redis.auth is off: everything in the VPC that reaches Redis can read pairing keys and tokens. The current line can do better.",
      ]
    : [];

/** Wave 1.x writes its Redis address to the log. */
const redisPasswordInLog: Warning<WaveSettings> = (settings) =>
  isClassic(settings) && redisAuth(settings)
    ? [
        "data.redis.auth on the classic line: the password is part of the Redis URI, which Wave 1.x logs; a logback file of ours silences the two classes that do.",
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
  redisAuthNeedsTls,
  ...postgresRules,
];
export const dataWarnings = [
  redisPasswordInLog,
  redisWithoutPassword,
  redisInClear,
  ...postgresWarnings,
];
