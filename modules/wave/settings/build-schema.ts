import { z } from "zod";
import {
  arnOf,
  awsRegion,
  cpu,
  duration,
  memory,
  positiveInt,
} from "../../settings/formats";

/** Section `wave.build`. */
export const buildSchema = z
  .strictObject({
    timeout: duration.default("15m").describe("Longest build."),
    trustedTimeout: duration
      .default("25m")
      .describe(
        "Longest build of a trusted user, at least `timeout`. Current only.",
      ),
    maxRunningJobs: positiveInt
      .default(20)
      .describe(
        "Most build, scan and mirror jobs at a time; `quota.pods` is at least 5 more. Current only.",
      ),
    mountPath: z
      .string()
      .startsWith("/")
      .default("/efs/wave")
      .describe("Where the shared file system is mounted."),
    workspace: z
      .string()
      .startsWith("/")
      .default("/efs/wave/build")
      .describe("Build folder, inside `mountPath`."),
    cache: z
      .string()
      .optional()
      .describe(
        "Layer cache: a registry repository, or on the current line s3://<bucket>/<prefix> of a bucket that exists. Unset: the repository <prefix>/cache, or the bucket of `data.buildCache`.",
      ),
    cacheRegion: awsRegion
      .optional()
      .describe("Region of the bucket in `cache`. Unset: `region`."),
    cacheKmsKeyArn: arnOf("kms", ".+")
      .optional()
      .describe("Key of the bucket in `cache`, when it has one of its own."),
    requestMemory: memory
      .default("3600Mi")
      .describe(
        "Memory request of a build pod. Its limit is the same on the current line, and twice as much on the classic one.",
      ),
    singularity: z
      .boolean()
      .default(false)
      .describe(
        "Allow Singularity builds: privileged pods on the classic line.",
      ),
    arm64: z
      .boolean()
      .default(false)
      .describe(
        "Build for arm64, on nodes of `cluster.nodeGroups.buildArm64`. Current only.",
      ),
    quota: z
      .strictObject({
        pods: positiveInt
          .optional()
          .describe(
            "Most pods at a time in the build namespace, scans included; on the classic line Wave fails a build whose pod is refused. Unset: 20 on the classic line, maxRunningJobs + 5 on the current one.",
          ),
        requestsCpu: cpu.default("32").describe("Sum of CPU requests."),
        requestsMemory: memory
          .optional()
          .describe(
            "Sum of memory requests; must fit the build group at its largest. Unset: room for all builds that may run at a time, of the largest kind.",
          ),
        limitsMemory: memory
          .optional()
          .describe(
            "Sum of memory limits. Unset: twice requestsMemory on the classic line, where a build may take twice what it asks for; requestsMemory on the current one.",
          ),
      })
      .prefault({}),
    failedPodsAfterHours: z
      .union([1, 2, 3, 4, 6, 8, 12, 24].map((hours) => z.literal(hours)))
      .default(24)
      .describe(
        "Hours after which a failed build pod is removed, at the earliest; twice as many at the latest. Classic only.",
      ),
  })
  .prefault({});
