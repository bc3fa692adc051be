import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

test.each([
  ["classic", waveObjects],
  ["current", currentObjects],
  ["lite", liteObjects],
])("%s: a pod keeps as many connections to Redis as it may have", (_, make) => {
  expect(make().configFile).toHaveProperty("redis.pool", {
    minIdle: 10,
    maxIdle: 50,
    maxTotal: 50,
  });
  const redisPool = { minIdle: 0, maxIdle: 60, maxTotal: 80 };
  expect(make({ wave: { redisPool } }).configFile).toHaveProperty(
    "redis.pool",
    redisPool,
  );
});
