import { z } from "zod";
import { iamPrincipalArn } from "../../settings/formats";

const compatUsername = z
  .string()
  .regex(
    /^(?!(system|eks|aws|amazon|iam):)[\w+=,.@:/-]{1,256}$/,
    "1 to 256 letters, digits and _ + = , . @ : / -, not of system:, eks:, aws:, amazon: or iam:",
  )
  .optional()
  .describe(
    "User name in the cluster, bound besides the group: tower-launcher-user where something counts on the name of older guides. Unset: EKS names the session.",
  );

/** Section `computeEnv.launcher`. */
export const launcherSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("role").default("role"),
      trust: z
        .union([
          z.literal("seqera-cloud"),
          z.strictObject({
            principalArn: iamPrincipalArn.describe(
              "Role or user of a Platform of your own, of any account.",
            ),
          }),
        ])
        .default("seqera-cloud")
        .describe("Who assumes the role: Seqera Cloud, or a principal."),
      externalId: z
        .string()
        .regex(
          /^[\w+=,.@:/-]{2,1224}$/,
          "2 to 1224 letters, digits and _ + = , . @ : / -, or none",
        )
        .optional()
        .describe(
          "External id, which Platform shows when the credential is saved with the role's ARN: an identifier, no secret. none: only with `trust.principalArn`, of a Platform that uses its instance's credentials.",
        ),
      compatUsername,
    }),
    z.strictObject({
      kind: z.literal("user"),
      arn: z
        .string()
        .regex(
          /^arn:aws(-cn|-us-gov)?:iam::\d{12}:user\/[\w+=,.@/-]+$/,
          "the ARN of an IAM user, such as arn:aws:iam::123456789012:user/tower",
        )
        .describe("IAM user whose keys Platform has; no keys are made here."),
      compatUsername,
    }),
    z.strictObject({ kind: z.literal("none") }),
  ])
  .prefault({})
  .describe(
    "How Platform logs in to the cluster: a role made here, an IAM user that exists, or none (a token of the head account).",
  );
