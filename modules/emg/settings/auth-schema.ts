import { z } from "zod";
import { positiveInt, secretName } from "../../settings/formats";

/** Login of GitHub: letters, digits and single hyphens. */
const githubName = (what: string) =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
      `the ${what} as its address on GitHub has it, without the part before it and no slash: EBI-Metagenomics`,
    );

const passwordVersion = positiveInt.default(1);

/** Section `emg.auth`. */
export const authSchema = z
  .discriminatedUnion("mode", [
    z.strictObject({
      mode: z.literal("oauth2-proxy"),
      githubOrg: githubName("organization").describe(
        "Organization whose members may enter; in capitals and small letters as GitHub has it.",
      ),
      githubTeams: z
        .array(githubName("team"))
        .default([])
        .describe("Teams of it that may enter. []: every member."),
      githubSecret: secretName.describe(
        'Operator-made secret {"clientId", "clientSecret"} of an OAuth app of GitHub, with https://<emg.prefect.host>/oauth2/callback as its callback.',
      ),
      workers: z
        .array(
          z
            .string()
            .regex(
              /^[a-z0-9-]{1,32}$/,
              "the name of a worker: 1 to 32 of lower case, digits and hyphens",
            ),
        )
        .min(1)
        .describe(
          "Workers outside of the cluster: each logs in by its name and a password that is made for it. One that is taken off the list is locked out.",
        ),
      passwordVersion: passwordVersion.describe(
        "Raise to generate new passwords of all workers.",
      ),
      cookieVersion: passwordVersion.describe(
        "Raise to generate the key of the cookies anew: everybody logs in again.",
      ),
    }),
    z.strictObject({
      mode: z.literal("prefect-basic"),
      legacyWorkerPath: z
        .boolean()
        .default(false)
        .describe(
          "Answer at /workers/api too, where workers of mode oauth2-proxy have their API.",
        ),
      passwordVersion: passwordVersion.describe(
        "Raise to generate the password anew, which people and workers share.",
      ),
    }),
  ])
  .describe(
    "Who may enter Prefect: oauth2-proxy (people by GitHub, each worker by a password of its own) or prefect-basic (one password for all, checked by Prefect).",
  );
