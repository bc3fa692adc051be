import { checkSettings } from "../../modules/rules/settings";
import { type SettingsChange, currentSettings } from "../support/settings";
import { arn, testRefused } from "../support/settings-rules";

const build = (change: object): SettingsChange => ({ wave: { build: change } });
const jvm = (jvmOptions: string, memory?: string): SettingsChange => ({
  wave: { jvmOptions, memory },
});
const POOLED = "-Dio.netty.allocator.type=pooled";

testRefused(
  [
    [
      "VR-35, CFG-05: trusted builds shorter than others",
      build({ timeout: "30m" }),
      "wave.build.trustedTimeout",
      ["25m, below wave.build.timeout 30m", "30m or more"],
    ],
    [
      "VR-36, CFG-R7: a quota below jobs + 5",
      build({ quota: { pods: 24 } }),
      "wave.build.quota.pods",
      ["24, with maxRunningJobs 20", "25 or more", "remove the key"],
    ],
    [
      "DEC-20: more jobs than the build group holds at its largest",
      build({ maxRunningJobs: 28 }),
      "wave.build.maxRunningJobs",
      ["28 jobs of 3600Mi, 100800Mi together", "3 build nodes of 32768Mi"],
    ],
    [
      "DEC-20: the largest job counts",
      { wave: { mirror: { requestMemory: "5Gi" } } },
      "wave.build.maxRunningJobs",
      ["20 jobs of 5Gi, 102400Mi together"],
    ],
    [
      "a copy larger than the quota",
      {
        wave: {
          mirror: { requestMemory: "21Gi" },
          build: { maxRunningJobs: 2 },
        },
      },
      "wave.mirror.requestMemory",
      ["the quota, 20Gi"],
    ],
    [
      "DEC-20: a quota above the build group",
      build({ quota: { requestsMemory: "97Gi", limitsMemory: "97Gi" } }),
      "wave.build.quota.requestsMemory",
      ["98304Mi: 3 build nodes"],
    ],
    [
      "VR-34, DEC-32: idle timeout below a trusted build",
      { wave: { ingress: { idleTimeoutSeconds: 1000 } } },
      "wave.ingress.idleTimeoutSeconds",
      ["wave.build.trustedTimeout 25m (1500 s)", "1500 to 4000"],
    ],
    [
      "VR-34: a trusted build no load balancer waits for",
      build({ trustedTimeout: "2h" }),
      "wave.build.trustedTimeout",
      ["7200 s", "at most 3990 s"],
    ],
    [
      "VR-25, DEP-08: options without the pooled allocator",
      jvm("-Xms1g -Xmx3g -XX:MaxDirectMemorySize=100m"),
      "wave.jvmOptions",
      [POOLED, "direct memory"],
    ],
    [
      "VR-25: heap, direct memory and the rest over the limit",
      jvm(`-Xmx3500m -XX:MaxDirectMemorySize=100m ${POOLED}`),
      "wave.jvmOptions",
      [
        "heap 3500Mi, direct memory 100Mi and 512Mi",
        "at most 4096Mi",
        "lower -Xmx",
      ],
    ],
    [
      "VR-25: direct memory without a limit is as large as the heap",
      jvm(`-Xmx2g ${POOLED}`),
      "wave.jvmOptions",
      ["direct memory 2048Mi"],
    ],
    [
      "VR-25: the limit of the settings counts",
      jvm(`-Xmx3g -XX:MaxDirectMemorySize=100m ${POOLED}`, "3Gi"),
      "wave.jvmOptions",
      ["at most 3072Mi"],
    ],
    [
      "DEP-08: memory that leaves no heap",
      { wave: { memory: "1Gi" } },
      "wave.memory",
      ["2Gi or more", "less 1 Gi"],
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
      "DEC-17: a jump role of another partition",
      {
        wave: {
          current: { jumpRoleArn: "arn:aws-cn:iam::210987654321:role/jump" },
        },
      },
      "wave.current.jumpRoleArn",
      ["partition aws-cn", "partition aws"],
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

describe("stores", () => {
  testRefused(
    [
      [
        "VR-41, INF-16: PostgreSQL below 16",
        { data: { postgres: { engineVersion: "15.9" } } },
        "data.postgres.engineVersion",
        ['"15.9"', "16 or later", 'choose "17"'],
      ],
      [
        "INF-16: storage that shrinks",
        { data: { postgres: { storageGiB: 200 } } },
        "data.postgres.maxStorageGiB",
        ["100, below storageGiB 200"],
      ],
      [
        "INF-16: growth that RDS refuses",
        { data: { postgres: { storageGiB: 95 } } },
        "data.postgres.maxStorageGiB",
        ["less than a tenth", "105 and more"],
      ],
      [
        "INF-11, EXC-16: a Redis password without TLS",
        { data: { redis: { tls: false } } },
        "data.redis.tls",
        ["data.redis.auth: false"],
      ],
      [
        "VR-40, INF-11: Redis below 6.2",
        { data: { redis: { engineVersion: "6.0" } } },
        "data.redis.engineVersion",
        ["6.2 or later"],
      ],
      [
        "VR-40, INF-11: serverless",
        { data: { redis: { nodeType: "serverless" } } },
        "data.redis.nodeType",
        ["serverless"],
      ],
      [
        "CFG-09, IAM-08: a cache in S3 without a prefix",
        build({ cache: "s3://my-bucket" }),
        "wave.build.cache",
        ["s3://<bucket>/<prefix>", "data.buildCache"],
      ],
      [
        "IAM-08: a slash at the end of the cache's prefix",
        build({ cache: "s3://my-bucket/wave/" }),
        "wave.build.cache",
        ["without a slash at its end"],
      ],
      [
        "CFG-09: a cache with another scheme",
        build({ cache: "https://registry.example.com/wave" }),
        "wave.build.cache",
        ["a repository without a scheme"],
      ],
      [
        "VR-29, CFG-R1: a cache on a registry without a login",
        build({ cache: "registry.example.com/wave/cache" }),
        "wave.build.cache",
        ["without a login", "ECR, docker.io and quay.io only"],
      ],
      [
        "VR-29, CFG-R2: a cache on quay.io without its secret",
        build({ cache: "quay.io/wave/cache" }),
        "wave.build.cache",
        ["set wave.secrets.quay"],
      ],
      [
        "IAM-08: the region of a bucket that is not named",
        build({ cacheRegion: "eu-west-1" }),
        "wave.build.cacheRegion",
        ["beside wave.build.cache: s3://"],
      ],
      [
        "IAM-08: the key of a bucket that is not named",
        build({
          cacheKmsKeyArn: arn("kms:eu-central-1:123456789012:key/1"),
        }),
        "wave.build.cacheKmsKeyArn",
        ["beside wave.build.cache: s3://"],
      ],
      [
        "IAM-08: two caches",
        {
          data: { buildCache: {} },
          wave: { build: { cache: "s3://my-bucket/wave" } },
        },
        "wave.build.cache",
        ["beside data.buildCache", "one cache"],
      ],
    ],
    currentSettings,
  );
});

describe("environments", () => {
  const add = (...environments: string[]): SettingsChange => ({
    wave: { environments },
  });
  testRefused(
    [
      [
        "VR-13, ENV-03: surrealdb is gone",
        add("surrealdb"),
        "wave.environments[0]",
        ["does not have it any more"],
      ],
      [
        "VR-13, ENV-03: buildlogs-aws is gone",
        add("prod", "buildlogs-aws"),
        "wave.environments[1]",
        ["does not have it any more"],
      ],
      [
        "VR-13: lite without the mode",
        add("lite"),
        "wave.environments[0]",
        ["set wave.mode: lite"],
      ],
      [
        "VR-14, ENV-03: strict by its setting",
        add("strict"),
        "wave.environments[0]",
        ["set wave.current.strict: true"],
      ],
      [
        "VR-14: an unknown name",
        add("reserved-word"),
        "wave.environments[0]",
        ["write reserved-words"],
      ],
      [
        "VR-14: a name like nothing else",
        add("kubernetes-in-a-box"),
        "wave.environments[0]",
        ["Wave 1.37.0 knows no such environment"],
      ],
      [
        "VR-15: mail without its section",
        { wave: { mail: undefined, environments: ["aws-ses"] } },
        "wave.environments[0]",
        ["set wave.mail"],
      ],
      ["ENV-02: ec2", add("ec2"), "wave.environments[0]", ["Parameter Store"]],
    ],
    currentSettings,
  );
});

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
    "a cache in another ECR",
    build({ cache: "210987654321.dkr.ecr.eu-west-1.amazonaws.com/wave/cache" }),
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
