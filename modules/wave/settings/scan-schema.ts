import { z } from "zod";
import { memory } from "../../settings/formats";

/** Section `wave.scan`. */
export const scanSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Scan built images."),
    severity: z
      .string()
      .regex(
        /^(LOW|MEDIUM|HIGH|CRITICAL)(,(LOW|MEDIUM|HIGH|CRITICAL))*$/,
        "LOW, MEDIUM, HIGH, CRITICAL, comma-separated",
      )
      .default("MEDIUM,HIGH,CRITICAL")
      .describe("Severities to report."),
    requestMemory: memory
      .default("2000Mi")
      .describe(
        "Memory request of a scan pod, and its limit on the current line.",
      ),
  })
  .prefault({});
