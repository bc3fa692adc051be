import { z } from "zod";
import { positiveInt, redisSnapshotName } from "../../settings/formats";
import { postgresSchema } from "./postgres-schema";

export const dataSchema = z
  .strictObject({
    efs: z
      .strictObject({
        throughputMode: z
          .enum(["elastic", "bursting"])
          .default("elastic")
          .describe("EFS throughput mode."),
        infrequentAccessAfterDays: z
          .union([7, 14, 30, 60, 90].map((days) => z.literal(days)))
          .default(30)
          .describe(
            "Days without access before a file moves to Infrequent Access.",
          ),
        backupRetentionDays: z
          .int()
          .min(7)
          .default(35)
          .describe("Days to keep the daily backup."),
      })
      .prefault({}),
    redis: z
      .strictObject({
        nodeType: z
          .string()
          .default("cache.t3.medium")
          .describe("Node type. Cluster mode off: Wave needs it so."),
        replicas: z
          .int()
          .min(0)
          .max(2)
          .default(0)
          .describe(
            "Replicas in another zone, of which one takes over by itself; each costs as much as the first node. 0: a failed node is replaced in minutes, and every image name that Wave has given out is lost with it.",
          ),
        engineVersion: z
          .string()
          .default("7.1")
          .describe(
            "Redis version, 6.2 or later. Serverless is not supported by Wave.",
          ),
        tls: z
          .boolean()
          .default(true)
          .describe(
            "Encrypt the connection. Turn off only if a Wave release cannot do it.",
          ),
        auth: z
          .boolean()
          .default(true)
          .describe(
            "Password for Redis. Added to a Redis that runs without one it takes the first deployment with `authUpdate: ROTATE`, or Wave is without Redis between `data` and `workloads`; AWS takes none away.",
          ),
        authVersion: positiveInt
          .default(1)
          .describe(
            "Raise to generate a new password: with `authUpdate: ROTATE` in one deployment, and SET again in the next.",
          ),
        authUpdate: z
          .enum(["SET", "ROTATE"])
          .default("SET")
          .describe(
            "What a new password does to the one before: SET retires it, ROTATE keeps both valid. ElastiCache takes SET for the first password, and for one that ROTATE has added.",
          ),
        snapshotRetentionDays: z
          .int()
          .min(1)
          .max(35)
          .default(7)
          .describe("Days to keep the daily snapshot."),
        restoreFrom: redisSnapshotName
          .optional()
          .describe(
            "Snapshot that Redis is made of, where there is none yet. Refused at plan for a Redis that stands and was not made of it. Unset: an empty one; taken away later nothing changes.",
          ),
      })
      .prefault({}),
    postgres: postgresSchema,
    buildCache: z
      .strictObject({
        expirationDays: positiveInt
          .default(30)
          .describe("Days before a cached layer is removed."),
      })
      .optional()
      .describe(
        "A bucket for BuildKit's layer cache, instead of the repository <prefix>/cache. Absent: no bucket. Current only.",
      ),
    ecr: z
      .strictObject({
        prefix: z
          .string()
          .regex(
            /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
            "a repository prefix in lower case, without a slash at its ends",
          )
          .optional()
          .describe(
            "Repositories are <prefix>/build and <prefix>/cache. Unset: <name>-<environment>.",
          ),
        existing: z
          .boolean()
          .default(false)
          .describe(
            "Use repositories that exist already, and do not manage them.",
          ),
        untaggedDays: positiveInt
          .default(7)
          .describe("Days before an untagged image is removed."),
        cacheDays: positiveInt
          .default(30)
          .describe("Days before a cached layer is removed."),
      })
      .prefault({}),
    logs: z
      .strictObject({
        expirationDays: positiveInt
          .default(365)
          .describe("Days to keep build logs, build locks and scan reports."),
        oldVersionDays: positiveInt
          .default(30)
          .describe("Days to keep old versions of an object."),
        accessLogDays: positiveInt
          .default(365)
          .describe("Days to keep S3 and load-balancer access logs."),
      })
      .prefault({}),
  })
  .prefault({});
