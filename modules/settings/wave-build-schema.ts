import { z } from "zod";
import { cpu, duration, memory, positiveInt } from "./formats";

/** Section `wave.build`. */
export const buildSchema = z
  .strictObject({
    timeout: duration.default("15m").describe("Longest build (CFG-05)."),
    mountPath: z
      .string()
      .startsWith("/")
      .default("/efs/wave")
      .describe("Where the shared file system is mounted (CFG-11)."),
    workspace: z
      .string()
      .startsWith("/")
      .default("/efs/wave/build")
      .describe("Build folder, inside `mountPath` (CFG-06)."),
    cache: z
      .string()
      .optional()
      .describe(
        "Layer cache. Unset: the repository <prefix>/cache. An s3:// address needs the current line.",
      ),
    requestMemory: memory
      .default("3600Mi")
      .describe("Memory request of a build pod (CFG-14)."),
    singularity: z
      .boolean()
      .default(false)
      .describe(
        "Allow Singularity builds: privileged pods on the classic line (K8S-06).",
      ),
    arm64: z
      .boolean()
      .default(false)
      .describe("Build for arm64. The current line only (INF-14)."),
    quota: z
      .strictObject({
        pods: positiveInt
          .default(20)
          .describe(
            "Most pods at a time in the build namespace, scans included.",
          ),
        requestsCpu: cpu.default("32").describe("Sum of CPU requests."),
        requestsMemory: memory
          .default("20Gi")
          .describe(
            "Sum of memory requests; must fit the build group at its largest (DEC-20).",
          ),
        limitsMemory: memory.default("20Gi").describe("Sum of memory limits."),
      })
      .prefault({}),
    failedPodsAfterHours: z
      .union([1, 2, 3, 4, 6, 8, 12, 24].map((hours) => z.literal(hours)))
      .default(24)
      .describe(
        "Hours after which a failed build pod is removed, at the earliest; twice as many at the latest (K8S-24).",
      ),
  })
  .prefault({});
