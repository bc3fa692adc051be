import { type Rule, type Warning, when } from "./settings-rule";
import { isClassic } from "../wave/line";
import { redisAuth } from "../wave/line-defaults";

/** VR-40, INF-11. ElastiCache ends the Redis engine at 7.1; what follows is another engine. */
const redisVersion: Rule = ({ data: { redis } }) =>
  when(!/^(6\.2|7\.\d+)$/.test(redis.engineVersion), () => ({
    path: "data.redis.engineVersion",
    given: `"${redis.engineVersion}"`,
    allowed: "6.2, 7.0 or 7.1",
    fix: "choose 7.1: Wave needs Redis 6.2 or later, and ElastiCache has none after 7.1",
  }));

/** VR-40, INF-11: Wave opens a plain connection pool, which serverless (always in cluster mode) does not serve. */
const redisNode: Rule = ({ data: { redis } }) =>
  when(!/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(redis.nodeType), () => ({
    path: "data.redis.nodeType",
    given: `"${redis.nodeType}"`,
    allowed: "a node type such as cache.t3.medium; serverless is not supported",
    fix: /^[a-z0-9]+\.[a-z0-9]+$/.test(redis.nodeType)
      ? `write cache.${redis.nodeType}`
      : "choose a node type: Wave cannot use a serverless cache, which is always in cluster mode",
  }));

/** D-28. */
const redisPasswordInLog: Warning = (settings) =>
  isClassic(settings) && redisAuth(settings)
    ? [
        "data.redis.auth on the classic line: the password is part of the Redis URI, which Wave 1.x logs; a logback file of ours silences the two classes that do (D-28).",
      ]
    : [];

const redisInClear: Warning = ({ data: { redis } }) =>
  redis.tls
    ? []
    : [
        "data.redis.tls is off: pairing keys and tokens travel unencrypted inside the VPC.",
      ];

export const dataRules = [redisVersion, redisNode];
export const dataWarnings = [redisPasswordInLog, redisInClear];
