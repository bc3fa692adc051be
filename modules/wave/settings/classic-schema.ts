import { z } from "zod";
import { arnOf, memory, positiveInt, secretName } from "../../settings/formats";

/** Section `wave.classic`. */
export const classicSchema = z
  .strictObject({
    ecrKeySecret: secretName
      .optional()
      .describe(
        'Operator-made secret {"accessKeyId", "secretAccessKey"} of an IAM user, so that built images can be pulled through Wave.',
      ),
    ecrKeyUserArn: arnOf("iam", ":\\d{12}:user/.+")
      .optional()
      .describe(
        "The IAM user of that key: with it, only this user and the build role may push. Unset: any IAM user with the permission may.",
      ),
    surrealPasswordVersion: positiveInt
      .default(1)
      .describe(
        "Raise to generate new SurrealDB passwords, of its root user and of Wave's; both restart.",
      ),
    surrealMemory: memory
      .default("2000Mi")
      .describe("Memory request and limit of SurrealDB."),
    exportSchedule: z
      .string()
      .default("17 3 * * *")
      .describe("Cron schedule (UTC) of the SurrealDB export."),
  })
  .prefault({})
  .describe("The classic line only.");
