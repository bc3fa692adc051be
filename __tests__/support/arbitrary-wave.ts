import fc from "fast-check";
import { type Basis, only, some } from "./arbitrary-parts";

const image = (name: string) =>
  some(fc.constant(`registry.example.com/${name}:1.2.3`));

/** Section `wave`. */
export const arbitraryWave = (given: Basis) => {
  const { shape, partition, accountId } = given;
  const builds = shape !== "lite";
  const classic = shape === "classic";
  return fc.record({
    version: fc.constant(given.version),
    mode: builds
      ? some(fc.constant("full" as const))
      : fc.constant("lite" as const),
    hostname: fc.constant("wave.example.com"),
    namespace: some(fc.constantFrom("wave-server", "w")),
    buildNamespace: only(builds, fc.constantFrom("builds", "wave-builds")),
    platform: fc.record({
      apiUrl: fc.constantFrom(
        "https://platform.example.com/api",
        "https://api.cloud.seqera.io",
      ),
    }),
    secrets: fc.record({
      seqeraRegistry: fc.constant("wave/cr.seqera.io"),
      dockerHub:
        given.cache === "docker.io"
          ? fc.constant("wave/docker.io")
          : some(fc.constant("wave/docker.io")),
      quay: some(fc.constant("wave/quay.io")),
    }),
    classic: only(classic, arbitraryClassic(given)),
    current: only(!classic, arbitraryCurrent(given)),
    images: some(arbitraryImages(given)),
    replicas: some(fc.integer({ min: 1, max: 5 })),
    autoscaling: some(
      fc.record({
        minReplicas: some(fc.integer({ min: 1, max: 9 })),
        maxReplicas: some(fc.integer({ min: 9, max: 20 })),
        cpuAverage: some(fc.constantFrom("500m", "1")),
      }),
    ),
    cpuLimit: some(fc.constantFrom("2000m", "4")),
    memory: some(fc.constantFrom("4Gi", "6Gi", "8192Mi")),
    environments: some(fc.constantFrom([], ["prod"])),
    metrics: some(fc.boolean()),
    allowAnonymous: some(fc.boolean()),
    rateLimit: some(
      fc.record({ pullAnonymous: some(fc.constantFrom("5/1s", "250/1h")) }),
    ),
    licenseServerUrl: some(fc.constant("https://license.example.com")),
    build: given.arm64
      ? arbitraryBuild(given)
      : only(builds, arbitraryBuild(given)),
    scan: only(builds, fc.record({ enabled: some(fc.boolean()) })),
    mirror: only(
      builds && !classic,
      fc.record({ requestMemory: some(fc.constant("2Gi")) }),
    ),
    ingress: some(arbitraryIngress(given)),
    // China has no SES.
    mail: partition === "aws-cn" ? fc.constant(undefined) : some(arbitraryMail),
    hardening: some(
      fc.record({
        runAsNonRoot: some(fc.boolean()),
        readOnlyRootFilesystem: some(fc.boolean()),
      }),
    ),
    egress: some(fc.record({ ports: some(fc.subarray([5000, 8443])) })),
    publicRepository: only(
      builds,
      fc.constant(
        `${accountId}.dkr.ecr.${given.region}.${suffix(partition)}/p`,
      ),
    ),
  });
};

const suffix = (partition: string): string =>
  partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

const arbitraryClassic = ({ partition, accountId }: Basis) =>
  fc.record({
    ecrKeySecret: some(fc.constant("wave/ecr-key")),
    ecrKeyUserArn: some(
      fc.constant(`arn:${partition}:iam::${accountId}:user/wave-ecr`),
    ),
    surrealPasswordVersion: some(fc.integer({ min: 1, max: 9 })),
    surrealMemory: some(fc.constantFrom("1Gi", "2000Mi")),
    exportSchedule: some(fc.constantFrom("17 3 * * *", "@daily")),
  });

const arbitraryCurrent = ({ partition, shape, version }: Basis) =>
  fc
    .record({
      ecrExternalId: only(shape === "current", fc.constant("wave:ecr")),
      jumpRoleArn: some(
        fc.constant(`arn:${partition}:iam::999999999999:role/jump`),
      ),
      jumpExternalId: some(fc.constant("wave:jump")),
      strict: only(!/^1\.3[3-6]\./.test(version), fc.boolean()),
      eventLoopThreads: some(fc.integer({ min: 1, max: 16 })),
    })
    .map(({ jumpExternalId, ...current }) => ({
      ...current,
      ...(current.jumpRoleArn === undefined ? {} : { jumpExternalId }),
    }));

const arbitraryImages = ({ shape }: Basis) => {
  if (shape === "lite") return fc.constant({});
  const both = {
    singularity: image("singularity"),
    scanner: image("trivy"),
    sweep: image("kubectl"),
  };
  return shape === "classic"
    ? fc.record({
        ...both,
        surrealdb: image("surrealdb"),
        kaniko: image("kaniko"),
        upload: image("aws-cli"),
      })
    : fc.record({
        ...both,
        buildkit: image("buildkit"),
        skopeo: image("skopeo"),
        singularityInit: image("busybox"),
      });
};

const arbitraryBuild = (given: Basis): fc.Arbitrary<unknown> => {
  const { shape, arm64, region, partition, accountId } = given;
  const both = {
    timeout: some(fc.constantFrom("5m", "15m", "1500s")),
    requestMemory: some(fc.constantFrom("2Gi", "3600Mi")),
    singularity: some(fc.boolean()),
  };
  return shape === "classic"
    ? fc.record({
        ...both,
        quota: some(fc.record({ pods: some(fc.integer({ min: 1, max: 99 })) })),
        failedPodsAfterHours: some(fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 24)),
      })
    : fc.record({
        ...both,
        arm64: fc.constant(arm64),
        trustedTimeout: some(fc.constantFrom("25m", "1h")),
        maxRunningJobs: fc.integer({ min: 1, max: 20 }),
        ...(given.cache === "s3" && {
          cache: fc.constant("s3://some-bucket/layers"),
          cacheRegion: some(fc.constant(region)),
          cacheKmsKeyArn: some(
            fc.constant(`arn:${partition}:kms:${region}:${accountId}:key/1`),
          ),
        }),
        ...(given.cache === "docker.io" && {
          cache: fc.constant("docker.io/acme/cache"),
        }),
      });
};

const arbitraryIngress = ({ partition, region, accountId }: Basis) =>
  fc.record({
    scheme: some(fc.constantFrom("internet-facing", "internal")),
    inboundCidrs: some(fc.subarray(["203.0.113.0/24", "10.0.0.0/8"])),
    wafAclArn: some(
      fc.constant(
        `arn:${partition}:wafv2:${region}:${accountId}:regional/webacl/wave/1`,
      ),
    ),
    http2: some(fc.boolean()),
    idleTimeoutSeconds: some(fc.constant(4000)),
    loadBalancerName: some(fc.constant("wave-lb")),
    group: some(
      fc.record({
        name: fc.constant("shared"),
        order: some(fc.integer({ min: -1000, max: 1000 })),
      }),
    ),
    accessLogs: some(fc.boolean()),
  });

const arbitraryMail = fc.oneof(
  fc.record({
    domain: fc.constant("example.com"),
    sender: fc.constantFrom("wave@example.com", "a@mail.example.com"),
    mailFromDomain: some(fc.constant("bounce.example.com")),
    dmarc: some(fc.constant("v=DMARC1; p=none")),
  }),
  fc.record({
    domain: fc.constant("example.org"),
    sender: fc.constant("wave@example.org"),
    existingIdentity: fc.constant(true),
    configurationSet: some(fc.constant("set-1")),
  }),
);
