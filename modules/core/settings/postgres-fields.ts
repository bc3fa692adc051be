import { z } from "zod";
import {
  dbSnapshotName,
  logRetentionDays,
  positiveInt,
} from "../../settings/formats";

/** Fields of a database in RDS for PostgreSQL, with the defaults of a larger one. */
export const postgresFields = {
  engineVersion: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'a PostgreSQL version such as "17" or "17.6"')
    .default("17")
    .describe(
      "PostgreSQL version, 16 or later. A major alone lets AWS choose the minor, and raise it in the maintenance window; a minor stays until it is changed.",
    ),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "a class such as db.t4g.medium")
    .default("db.t4g.medium")
    .describe(
      "Class of the instance. The plan asks RDS whether the region has it.",
    ),
  storageGiB: z
    .int()
    .min(20)
    .max(65536)
    .default(20)
    .describe("Size of the gp3 volume, in GiB."),
  maxStorageGiB: z
    .int()
    .min(20)
    .max(65536)
    .default(100)
    .describe(
      "Size up to which AWS grows the volume by itself; equal to `storageGiB`: never.",
    ),
  multiAz: z
    .boolean()
    .default(true)
    .describe("A standby in a second zone, at twice the price."),
  backupRetentionDays: z
    .int()
    .min(2)
    .max(35)
    .default(7)
    .describe("Days to keep backups and the log for point-in-time recovery."),
  monitoringSeconds: z
    .union([1, 5, 10, 15, 30, 60].map((seconds) => z.literal(seconds)))
    .default(60)
    .describe("Interval of enhanced monitoring."),
  performanceInsights: z
    .boolean()
    .default(true)
    .describe(
      "Performance Insights, with our key. Turn off for a class that has none.",
    ),
  passwordVersion: positiveInt
    .default(1)
    .describe("Raise to generate a new password."),
  restoreFrom: dbSnapshotName
    .optional()
    .describe(
      "Snapshot that the database is made of, where there is none yet: of the same major, and encrypted with the key of this environment. Refused at plan for a database that stands and was not made of it. Unset: an empty one; taken away later nothing changes.",
    ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days to keep the log of the database."),
};
