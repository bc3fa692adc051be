import { z } from "zod";
import { arnOf, positiveInt } from "../../settings/formats";

/** Section `wave.current`: what only the current line knows. */
export const currentSchema = z
  .strictObject({
    ecrExternalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, "an external id of AWS STS")
      .optional()
      .describe(
        "External id that Wave sends when it assumes the ECR role; the role then asks for it. Not a secret.",
      ),
    jumpRoleArn: arnOf("iam", ":\\d{12}:role/.+")
      .optional()
      .describe(
        "Role, mostly of another account, through which Wave then takes every role, its own ECR role too. It must exist, trust this account (by aws:PrincipalArn: output server_role_arn) and be allowed to take ecr_role_arn.",
      ),
    jumpExternalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, "an external id of AWS STS")
      .optional()
      .describe("External id that `jumpRoleArn` asks for."),
    strict: z
      .boolean()
      .default(false)
      .describe("Environment strict, of Wave 1.37.0 and later."),
    tokenWatcher: z
      .boolean()
      .optional()
      .describe(
        "Ask Platform whether a run is still going and renew the tokens of its images while it is: Wave 1.36.0 and later. Unset: Wave's own, which is on.",
      ),
    eventLoopThreads: positiveInt
      .optional()
      .describe("Threads of Netty's event loop. Unset: Wave's own."),
  })
  .prefault({})
  .describe("The current line only.");
