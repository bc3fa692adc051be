import { currentSettings, exampleSettings } from "../../support/settings";
import { type RefusedCase, testRefused } from "../../support/settings-rules";

/** Refused in the same words on both lines. */
const BOTH: readonly RefusedCase[] = [
  [
    "equal namespaces",
    { wave: { buildNamespace: "wave" } },
    "wave.buildNamespace",
    ["the same as wave.namespace"],
  ],
  [
    "namespace default",
    { wave: { namespace: "default" } },
    "wave.namespace",
    ["kube-*"],
  ],
  [
    "a kube- namespace",
    { wave: { buildNamespace: "kube-builds" } },
    "wave.buildNamespace",
    ["kube-*"],
  ],
  [
    "a workspace outside the mount",
    { wave: { build: { workspace: "/data/build" } } },
    "wave.build.workspace",
    ["/efs/wave"],
  ],
  [
    "by segments",
    { wave: { build: { workspace: "/efs/wave-2/build" } } },
    "wave.build.workspace",
    ["/efs/wave/build"],
  ],
  [
    "the mount itself",
    { wave: { build: { workspace: "/efs/wave/" } } },
    "wave.build.workspace",
    ["inside"],
  ],
  [
    "out again by ..",
    { wave: { build: { workspace: "/efs/wave/../x" } } },
    "wave.build.workspace",
    ["inside"],
  ],
  [
    "ING-09: a load-balancer name too long",
    { wave: { ingress: { loadBalancerName: "a".repeat(33) } } },
    "wave.ingress.loadBalancerName",
    ["33 characters", "at most 32"],
  ],
  [
    "a load-balancer name AWS keeps",
    { wave: { ingress: { loadBalancerName: "internal-wave" } } },
    "wave.ingress.loadBalancerName",
    ["internal-"],
  ],
  [
    "a controller's image",
    {
      charts: {
        loadBalancerController: { image: "registry.example.com/lbc:latest" },
      },
    },
    "charts.loadBalancerController.image",
    ["a tag"],
  ],
  [
    "a sidecar of a controller without a tag",
    {
      charts: { efsCsiDriver: { provisionerImage: "registry.example.com/p" } },
    },
    "charts.efsCsiDriver.provisionerImage",
    ["digest"],
  ],
  [
    "mail without its section",
    { wave: { mail: undefined, environments: ["mail"] } },
    "wave.environments[0]",
    ["set wave.mail"],
  ],
  [
    "a slash at the end of the Platform address",
    { wave: { platform: { apiUrl: "https://platform.example.com/api/" } } },
    "wave.platform.apiUrl",
    ["byte for byte"],
  ],
  [
    "CFG-R5: a rate limit of the wrong form",
    { wave: { rateLimit: { pullAnonymous: "250 per hour" } } },
    "wave.rateLimit.pullAnonymous",
    ["250/1h"],
  ],
  [
    "CFG-R5: a space before the unit of the time, with which Wave does not start",
    { wave: { rateLimit: { buildAnonymous: "250 / 1 h" } } },
    "wave.rateLimit.buildAnonymous",
    ["250/1h"],
  ],
  [
    "a secret",
    {
      wave: {
        jvmOptions:
          "-Xmx1g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled -Dx.password=hunter2hunter2",
      },
    },
    "wave.jvmOptions",
    ["not shown"],
  ],
];

describe("classic", () => {
  testRefused(
    [
      ...BOTH,
      [
        "idle timeout below the build timeout",
        { wave: { ingress: { idleTimeoutSeconds: 899 } } },
        "wave.ingress.idleTimeoutSeconds",
        ["15m (900 s)", "900 to 4000"],
      ],
      [
        "a build timeout no load balancer waits for",
        { wave: { build: { timeout: "2h" } } },
        "wave.build.timeout",
        ["7200 s", "at most 3990 s"],
      ],
      [
        "CFG-09: an S3 cache on classic",
        { wave: { build: { cache: "s3://bucket/cache" } } },
        "wave.build.cache",
        ["classic line", "<prefix>/cache"],
      ],
      [
        "image latest",
        {
          wave: {
            images: {
              kaniko: "registry.example.com:5000/kaniko/executor:latest",
            },
          },
        },
        "wave.images.kaniko",
        ["other than latest"],
      ],
      [
        "an image without tag; a port is none",
        { wave: { images: { scanner: "registry.example.com:5000/trivy" } } },
        "wave.images.scanner",
        ["a tag"],
      ],
      [
        "Wave's tag",
        { wave: { image: { tag: "latest" } } },
        "wave.image.tag",
        ["v1.3.3"],
      ],
      [
        "an unknown Micronaut environment",
        { wave: { environments: ["prd"] } },
        "wave.environments[0]",
        ["write prod"],
      ],
      [
        "ENV-02: ec2",
        { wave: { environments: ["prod", "ec2"] } },
        "wave.environments[1]",
        ["Parameter Store", "fatal"],
      ],
      [
        "rate-limit without its section",
        { wave: { environments: ["rate-limit"] } },
        "wave.environments[0]",
        ["set wave.rateLimit"],
      ],
      [
        "a name of the current line",
        { wave: { environments: ["postgres"] } },
        "wave.environments[0]",
        ["no such environment"],
      ],
      [
        "BAK-05: a schedule that is none",
        { wave: { classic: { exportSchedule: "17 25 * * *" } } },
        "wave.classic.exportSchedule",
        ["five fields"],
      ],
    ],
    exampleSettings,
  );
});

describe("current", () => {
  testRefused(
    [
      ...BOTH,
      [
        "image latest",
        {
          wave: {
            images: { buildkit: "registry.example.com/buildkit:latest" },
          },
        },
        "wave.images.buildkit",
        ["other than latest"],
      ],
      [
        "an image without tag; a port is none",
        { wave: { images: { skopeo: "registry.example.com:5000/skopeo" } } },
        "wave.images.skopeo",
        ["a tag"],
      ],
      [
        "Wave's tag",
        { wave: { image: { tag: "latest" } } },
        "wave.image.tag",
        ["v1.37.0"],
      ],
    ],
    currentSettings,
  );
});
