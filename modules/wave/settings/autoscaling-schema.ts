import { z } from "zod";
import { cpu, positiveInt } from "../../settings/formats";

/** Section `wave.autoscaling`. */
export const autoscalingSchema = z.strictObject({
  minReplicas: positiveInt.default(3).describe("Fewest Wave pods."),
  maxReplicas: positiveInt.default(10).describe("Most Wave pods."),
  cpuAverage: cpu.default("500m").describe("Average CPU per pod to hold."),
  requestsPerSecond: z
    .string()
    .regex(/^[1-9]\d*[km]?$/, "a quantity such as 1k")
    .optional()
    .describe(
      "Average http_server_requests per pod; needs a custom-metrics adapter and `metrics`.",
    ),
});
