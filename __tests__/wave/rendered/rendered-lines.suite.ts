import { checkRendered } from "../../../modules/wave/rendered/rendered";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { arn } from "../../support/settings-rules";

const variants: readonly (readonly [string, SettingsChange])[] = [
  ["as it is", {}],
  ["the first release of the line", { wave: { version: "1.33.0" } }],
  ["mail off", { wave: { mail: undefined } }],
  ["autoscaling off", { wave: { autoscaling: undefined, replicas: 2 } }],
  ["Redis without a password", { data: { redis: { auth: false } } }],
  [
    "Redis without password and TLS",
    { data: { redis: { auth: false, tls: false } } },
  ],
  ["internal load balancer", { wave: { ingress: { scheme: "internal" } } }],
  ["metrics on", { wave: { metrics: true } }],
  ["strict", { wave: { current: { strict: true } } }],
  ["an event loop of its own", { wave: { current: { eventLoopThreads: 64 } } }],
  ["limits", { wave: { rateLimit: { timeoutErrorsMaxRate: "30/1m" } } }],
  ["open to everybody", { wave: { allowAnonymous: true } }],
  ["logins", { wave: { secrets: { dockerHub: "wave/d", quay: "wave/q" } } }],
  ["less memory", { wave: { memory: "2Gi" } }],
  ["relaxed", { wave: { hardening: { runAsNonRoot: false } } }],
  [
    "a jump role",
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

const ofBuilds: readonly (readonly [string, SettingsChange])[] = [
  ["Singularity builds", { wave: { build: { singularity: true } } }],
  ["no scans", { wave: { scan: { enabled: false } } }],
  ["an external id", { wave: { current: { ecrExternalId: "wave-prod" } } }],
  [
    "longer builds",
    { wave: { build: { timeout: "40m", trustedTimeout: "1h" } } },
  ],
  ["a cache bucket of ours", { data: { buildCache: {} } }],
  ["a cache in S3", { wave: { build: { cache: "s3://my-bucket/a/b" } } }],
  [
    "a cache in S3 elsewhere, with its key",
    {
      wave: {
        build: {
          cache: "s3://my-bucket/wave",
          cacheRegion: "eu-west-1",
          cacheKmsKeyArn: arn("kms:eu-west-1:123456789012:key/1"),
        },
      },
    },
  ],
  [
    "a cache on quay.io",
    {
      wave: {
        build: { cache: "quay.io/wave/cache" },
        secrets: { quay: "wave/q" },
      },
    },
  ],
  [
    "arm64",
    {
      cluster: {
        nodeGroups: {
          buildArm64: {
            minSize: 1,
            desiredSize: 1,
            maxSize: 2,
            amiType: "AL2023_ARM_64_STANDARD",
            instanceTypes: ["m7g.2xlarge"],
          },
        },
      },
      wave: { build: { arm64: true } },
    },
  ],
  [
    "mirrors",
    {
      wave: {
        images: {
          buildkit: "mirror.example.com/buildkit:v0.25.2-rootless",
          singularity: "mirror.example.com/singularity:v4",
          singularityInit: "mirror.example.com/busybox:1.37",
          skopeo: "mirror.example.com/skopeo:v1.20.0",
          scanner: "mirror.example.com/scanner:v1",
        },
      },
    },
  ],
  [
    "other names",
    {
      iam: { path: "/wave/" },
      data: { ecr: { prefix: "team/wave", existing: true } },
      wave: { namespace: "w", buildNamespace: "b" },
    },
  ],
  [
    "another mount",
    { wave: { build: { mountPath: "/data", workspace: "/data/build" } } },
  ],
  [
    "interface endpoints",
    { network: { interfaceEndpoints: ["ecr.api", "sts"] } },
  ],
];

test.each([...variants, ...ofBuilds])(
  "the current line breaks no rule: %s",
  (_, change) => {
    expect(checkRendered(currentSettings(change))).toEqual([]);
  },
);

test.each(variants)("Wave Lite breaks no rule: %s", (_, change) => {
  expect(checkRendered(liteSettings(change))).toEqual([]);
});

test("Wave Lite that calls nothing of AWS has no role (DEC-36)", () => {
  const settings = liteSettings({ wave: { mail: undefined } });
  expect(checkRendered(settings)).toEqual([]);
});

test("the classic example with nothing but wave.version changed breaks no rule (VER-02)", () => {
  const settings = exampleSettings({ wave: { version: "1.37.0" } });
  expect(checkRendered(settings)).toEqual([]);
});
