import { z } from "zod";
import { postgresFields } from "../../core/settings/postgres-fields";
import {
  cidr,
  hostname,
  positiveInt,
  secretName,
} from "../../settings/formats";

/** Section `emg.database`. */
export const databaseSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("rds").default("rds"),
      ...postgresFields,
      engineVersion: postgresFields.engineVersion.describe(
        "PostgreSQL version, 14.9 or later. A major alone lets AWS choose the minor, and raise it in the maintenance window; a minor stays until it is changed.",
      ),
      instanceClass: postgresFields.instanceClass
        .default("db.t4g.small")
        .describe("Class of the instance."),
      multiAz: postgresFields.multiAz
        .default(false)
        .describe("A standby in a second zone, at twice the price."),
      backupRetentionDays: postgresFields.backupRetentionDays
        .default(14)
        .describe(
          "Days to keep backups and the log for point-in-time recovery.",
        ),
      passwordVersion: postgresFields.passwordVersion.describe(
        "Raise to generate new passwords: of the owner of the instance, and of both users.",
      ),
    }),
    z.strictObject({
      kind: z.literal("external"),
      host: hostname.describe("Host of a PostgreSQL that answers with TLS."),
      port: z.int().min(1).max(65535).default(5432).describe("Its port."),
      cidrs: z
        .array(cidr)
        .min(1)
        .describe("Ranges that the host is in: pods reach no other."),
      masterSecret: secretName.describe(
        'Operator-made secret {"username", "password"} of a user that may create roles and databases.',
      ),
      passwordVersion: positiveInt
        .default(1)
        .describe("Raise to generate new passwords of both users."),
    }),
  ])
  .prefault({})
  .describe(
    "PostgreSQL with a database of Prefect, and one of the API: rds (made here) or external.",
  );
