import { z } from "zod";

/** Section `wave.rateLimit`. */
export const rateLimitSchema = z
  .strictObject({
    pullAnonymous: z
      .string()
      .default("250/1h")
      .describe("Pulls without token."),
    pullAuthenticated: z
      .string()
      .default("2000/1m")
      .describe("Pulls with token."),
    buildAnonymous: z
      .string()
      .default("10/1h")
      .describe("Builds without token."),
    buildAuthenticated: z
      .string()
      .default("100/1h")
      .describe("Builds with token."),
    timeoutErrorsMaxRate: z
      .string()
      .optional()
      .describe(
        "Time-outs Wave tolerates, such as 30/1m. Unset: Wave's own. Current only.",
      ),
  })
  .optional()
  .describe(
    "Absent: no limits on the classic line, Wave's own on the current one.",
  );
