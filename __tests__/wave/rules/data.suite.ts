import { currentSettings } from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "INF-11: Redis below 6.2",
    { data: { redis: { engineVersion: "6.0" } } },
    "data.redis.engineVersion",
    ["6.2 or later"],
  ],
  [
    "Redis 5.0.6",
    { data: { redis: { engineVersion: "5.0.6" } } },
    "data.redis.engineVersion",
    ["6.2, 7.0 or 7.1"],
  ],
  [
    "INF-11: serverless",
    { data: { redis: { nodeType: "serverless" } } },
    "data.redis.nodeType",
    ["serverless"],
  ],
  [
    "a node type without cache.",
    { data: { redis: { nodeType: "t3.medium" } } },
    "data.redis.nodeType",
    ["write cache.t3.medium"],
  ],
]);

describe("current", () => {
  testRefused(
    [
      [
        "INF-16: PostgreSQL below 16",
        { data: { postgres: { engineVersion: "15.9" } } },
        "data.postgres.engineVersion",
        ['"15.9"', "16 or later", 'choose "17"'],
      ],
      [
        "INF-16: storage that shrinks",
        { data: { postgres: { storageGiB: 200 } } },
        "data.postgres.maxStorageGiB",
        ["100, below storageGiB 200"],
      ],
      [
        "INF-16: growth that RDS refuses",
        { data: { postgres: { storageGiB: 95 } } },
        "data.postgres.maxStorageGiB",
        ["less than a tenth", "105 and more"],
      ],
      [
        "INF-11, EXC-16: a Redis password without TLS",
        { data: { redis: { tls: false } } },
        "data.redis.tls",
        ["data.redis.auth: false"],
      ],
      [
        "INF-11: Redis below 6.2",
        { data: { redis: { engineVersion: "6.0" } } },
        "data.redis.engineVersion",
        ["6.2 or later"],
      ],
      [
        "INF-11: serverless",
        { data: { redis: { nodeType: "serverless" } } },
        "data.redis.nodeType",
        ["serverless"],
      ],
    ],
    currentSettings,
  );
});
