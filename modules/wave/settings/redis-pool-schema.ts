import { z } from "zod";
import { positiveInt } from "../../settings/formats";

/** Section `wave.redisPool`: `redis.pool` of Wave's configuration (docs/configuration.md of seqeralabs/wave). */
export const redisPoolSchema = z
  .strictObject({
    minIdle: z
      .int()
      .min(0)
      .default(10)
      .describe("Connections that a pod keeps open."),
    maxIdle: positiveInt
      .default(50)
      .describe(
        "Unused connections that a pod keeps. Wave's own 10 makes a busy pod open and close a connection for most commands.",
      ),
    maxTotal: positiveInt
      .default(50)
      .describe("Most connections of a pod; further commands wait for one."),
  })
  .prefault({})
  .describe("Connections of a Wave pod to Redis.");
