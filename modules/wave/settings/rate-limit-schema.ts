import { z } from "zod";
import { positiveInt } from "../../settings/formats";

/** The limits; without a key of it the numbers that Seqera runs its own Wave with, as far as it publishes them. */
export const rateLimitsSchema = z.strictObject({
  pullAnonymous: z.string().default("250/1h").describe("Pulls without token."),
  pullAuthenticated: z
    .string()
    .default("2000/1m")
    .describe(
      "Pulls with token, for each user. A full pull of an image with several platforms counts twice.",
    ),
  buildAnonymous: z.string().default("10/1h").describe("Builds without token."),
  buildAuthenticated: z
    .string()
    .default("100/1h")
    .describe("Builds with token, for each user."),
  httpRequest: positiveInt
    .default(500)
    .describe(
      "Requests a second of one client address to one pod; a full pull is about 13, and all nodes behind a NAT gateway are one address.",
    ),
  timeoutErrorsMaxRate: z
    .string()
    .optional()
    .describe(
      "Time-outs Wave tolerates, such as 30/1m. Unset: Wave's own. Current only.",
    ),
});

/** Section `wave.rateLimit`. */
export const rateLimitSchema = z
  .union([z.literal(false), rateLimitsSchema])
  .optional()
  .describe(
    "Limits for each user and client; false for none. Absent: none on the classic line, these defaults on the current one.",
  );
