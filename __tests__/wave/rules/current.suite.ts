import { checkSettings } from "../../../modules/rules";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { arn, testRefused } from "../../support/settings-rules";

const build = (change: object): SettingsChange => ({ wave: { build: change } });
const jvm = (jvmOptions: string, memory?: string): SettingsChange => ({
  wave: { jvmOptions, memory },
});
const POOLED = "-Dio.netty.allocator.type=pooled";

testRefused(
  [
    [
      "CFG-05: trusted builds shorter than others",
      build({ timeout: "30m" }),
      "wave.build.trustedTimeout",
      ["25m, below wave.build.timeout 30m", "30m or more"],
    ],
    [
      "CFG-R7: a quota below jobs + 5",
      build({ quota: { pods: 24 } }),
      "wave.build.quota.pods",
      ["24, with maxRunningJobs 20", "25 or more", "remove the key"],
    ],
    [
      "more jobs than the build group holds at its largest",
      build({ maxRunningJobs: 28 }),
      "wave.build.maxRunningJobs",
      ["28 jobs of 3600Mi", "at most 24: a build node holds 8"],
    ],
    [
      "the largest job counts",
      { wave: { mirror: { requestMemory: "5Gi" } } },
      "wave.build.maxRunningJobs",
      ["20 jobs of 5Gi", "at most 18"],
    ],
    [
      "a copy larger than the quota",
      {
        wave: {
          mirror: { requestMemory: "21Gi" },
          build: { maxRunningJobs: 2, quota: { requestsMemory: "20Gi" } },
        },
      },
      "wave.mirror.requestMemory",
      ["the quota, 20Gi"],
    ],
    [
      "a quota above the build group",
      build({ quota: { requestsMemory: "97Gi", limitsMemory: "97Gi" } }),
      "wave.build.quota.requestsMemory",
      ["98304Mi: 3 build nodes"],
    ],
    [
      "idle timeout below a trusted build",
      { wave: { ingress: { idleTimeoutSeconds: 1000 } } },
      "wave.ingress.idleTimeoutSeconds",
      ["wave.build.trustedTimeout 25m (1500 s)", "1500 to 4000"],
    ],
    [
      "a trusted build no load balancer waits for",
      build({ trustedTimeout: "2h" }),
      "wave.build.trustedTimeout",
      ["7200 s", "at most 3990 s"],
    ],
    [
      "DEP-08: options without the pooled allocator",
      jvm("-Xms1g -Xmx3g -XX:MaxDirectMemorySize=100m"),
      "wave.jvmOptions",
      [POOLED, "direct memory"],
    ],
    [
      "heap, direct memory and the rest over the limit",
      jvm(`-Xmx3500m -XX:MaxDirectMemorySize=100m ${POOLED}`),
      "wave.jvmOptions",
      [
        "heap 3500Mi, direct memory 100Mi and 512Mi",
        "at most 4096Mi",
        "lower -Xmx",
      ],
    ],
    [
      "direct memory without a limit is as large as the heap",
      jvm(`-Xmx2g ${POOLED}`),
      "wave.jvmOptions",
      ["direct memory 2048Mi"],
    ],
    [
      "the limit of the settings counts",
      jvm(`-Xmx3g -XX:MaxDirectMemorySize=100m ${POOLED}`, "3Gi"),
      "wave.jvmOptions",
      ["at most 3072Mi"],
    ],
    [
      "DEP-08: memory that our own options do not fit",
      { wave: { memory: "1Gi" } },
      "wave.memory",
      ["1Gi: heap 512Mi, direct memory 100Mi", "at most 1024Mi"],
    ],
    [
      "ENV-03, VER-04: strict before 1.37.0",
      { wave: { version: "1.36.0", current: { strict: true } } },
      "wave.current.strict",
      ["wave.version 1.36.0", "1.37.0 or later"],
    ],
    [
      "IAM-09: an external id without the role",
      { wave: { current: { jumpExternalId: "wave-prod" } } },
      "wave.current.jumpExternalId",
      ["add jumpRoleArn"],
    ],
    [
      "a jump role of another partition",
      {
        wave: {
          current: { jumpRoleArn: "arn:aws-cn:iam::210987654321:role/jump" },
        },
      },
      "wave.current.jumpRoleArn",
      ["partition aws-cn", "partition aws"],
    ],
    [
      "more pods at least than at most",
      { wave: { autoscaling: { minReplicas: 11 } } },
      "wave.autoscaling.minReplicas",
      ["above maxReplicas 10"],
    ],
    [
      "HPA-03: the request metric without metrics",
      { wave: { autoscaling: { requestsPerSecond: "1k" } } },
      "wave.autoscaling.requestsPerSecond",
      ["wave.metrics: true", "adapter"],
    ],
    [
      "INF-17: no nodes for builds",
      { cluster: { nodeGroups: { build: undefined } } },
      "cluster.nodeGroups.build",
      ["key is missing", "wave.mode: lite"],
    ],
  ],
  currentSettings,
);

const accepted: readonly (readonly [string, SettingsChange])[] = [
  ["the first release of the line", { wave: { version: "1.33.0" } }],
  ["strict in 1.37.0", { wave: { current: { strict: true } } }],
  ["trusted builds as long as others", build({ timeout: "25m" })],
  ["a quota of jobs + 5", build({ quota: { pods: 25 } })],
  ["fewer jobs, and the quota with them", build({ maxRunningJobs: 5 })],
  ["a cache in S3", build({ cache: "s3://my-bucket/wave/cache" })],
  [
    "a cache in S3 of another region, with its key",
    build({
      cache: "s3://my-bucket/wave",
      cacheRegion: "eu-west-1",
      cacheKmsKeyArn: arn("kms:eu-west-1:123456789012:key/1"),
    }),
  ],
  ["a cache bucket of ours", { data: { buildCache: {} } }],
  [
    "the repository of cached layers by its address",
    build({
      cache: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/wave-prod/cache",
    }),
  ],
  [
    "a cache on quay.io with its secret",
    {
      wave: {
        build: { cache: "quay.io/wave/cache" },
        secrets: { quay: "wave/quay" },
      },
    },
  ],
  [
    "options that fill the memory to the last Mi",
    jvm(`-Xmx3484m -XX:MaxDirectMemorySize=100m ${POOLED}`),
  ],
  ["memory of 2 Gi", { wave: { memory: "2Gi" } }],
  ["PostgreSQL 16", { data: { postgres: { engineVersion: "16.4" } } }],
  ["PostgreSQL 18", { data: { postgres: { engineVersion: "18" } } }],
  [
    "storage that does not grow",
    { data: { postgres: { storageGiB: 100, maxStorageGiB: 100 } } },
  ],
  [
    "storage that grows by a tenth",
    { data: { postgres: { storageGiB: 100, maxStorageGiB: 110 } } },
  ],
  [
    "Redis without password and TLS",
    { data: { redis: { auth: false, tls: false } } },
  ],
  [
    "environments that are on anyway",
    {
      wave: {
        metrics: true,
        environments: ["postgres", "k8s", "rate-limit", "alb", "prometheus"],
      },
    },
  ],
  ["environments by name", { wave: { environments: ["licman", "prod"] } }],
  [
    "a jump role of another account",
    {
      wave: {
        current: {
          jumpRoleArn: arn("iam::210987654321:role/jump"),
          jumpExternalId: "wave",
        },
      },
    },
  ],
];

test.each(accepted)("accepted: %s", (_, change) => {
  expect(checkSettings(currentSettings(change))).toEqual([]);
});
