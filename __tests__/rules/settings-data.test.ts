import { testRefused } from "../support/settings-rules";

testRefused([
  [
    "VR-40, INF-11: Redis below 6.2",
    { data: { redis: { engineVersion: "6.0" } } },
    "data.redis.engineVersion",
    ["6.2 or later"],
  ],
  [
    "VR-40: Redis 5.0.6",
    { data: { redis: { engineVersion: "5.0.6" } } },
    "data.redis.engineVersion",
    ["6.2, 7.0 or 7.1"],
  ],
  [
    "VR-40, INF-11: serverless",
    { data: { redis: { nodeType: "serverless" } } },
    "data.redis.nodeType",
    ["serverless"],
  ],
  [
    "VR-40: a node type without cache.",
    { data: { redis: { nodeType: "t3.medium" } } },
    "data.redis.nodeType",
    ["write cache.t3.medium"],
  ],
]);
