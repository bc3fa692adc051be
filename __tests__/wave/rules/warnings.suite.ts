import { warningsOf } from "../../../modules/rules";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { arn } from "../../support/settings-rules";

/** One node for builds, and nothing that starts another. */
const fixedBuildNodes: SettingsChange = {
  cluster: {
    autoscaler: undefined,
    nodeGroups: { build: { minSize: 1, desiredSize: 1 } },
  },
};

const warned: readonly (readonly [string, SettingsChange, RegExp])[] = [
  ["VER-05: old clients", {}, /wave-cli 1\.2\.0 and Nextflow 23\.10/],
  [
    "VER-05: clients that ask for a status",
    { wave: { version: "1.6.0" } },
    /wave-cli 1\.4 or older and Nextflow before 24\.10; newer ones need Wave 1\.13\.0/,
  ],
  [
    "SET-02: a region that may be mistyped",
    { region: "eu-centrl-1" },
    /Did you mean eu-central-1\?/,
  ],
  ["no ECR login", {}, /cannot be pulled through Wave/],
  ["DEP-21: scale-down on classic", {}, /scale-down loses/],
  [
    "newer than checked",
    { wave: { version: "1.38.0" } },
    /1\.38\.0 is newer than 1\.37\.0/,
  ],
  ["support ends", { cluster: { version: "1.34" } }, /ends on 2026-12-02/],
  [
    "newer minor",
    { cluster: { version: "1.37" } },
    /1\.37 is newer than 1\.36/,
  ],
  [
    "private only",
    {
      cluster: {
        endpoint: { public: false, privateCidrs: ["10.8.0.0/16"] },
      },
    },
    /deploys from 10\.8\.0\.0\/16 only\. For a laptop/,
  ],
  [
    "Terraform Cloud, whose hosted runs no list of ranges can name",
    { backend: { kind: "cloud", organization: "o" } },
    /Run workspace wave-prod-workloads in an agent pool .* or with local execution/,
  ],
  [
    "public addresses for the private endpoint",
    { cluster: { endpoint: { privateCidrs: ["198.51.100.0/24"] } } },
    /198\.51\.100\.0\/24.*belongs in publicCidrs/,
  ],
  [
    "exec in Terraform Cloud",
    { backend: { kind: "cloud", organization: "o" }, kubeAuth: "exec" },
    /needs the AWS CLI/,
  ],
  [
    "a key of node volumes",
    {
      cluster: {
        nodeGroups: {
          build: {
            volumeKmsKeyArn: arn("kms:eu-central-1:123456789012:key/1"),
          },
        },
      },
    },
    /nodeGroups\.build\.volumeKmsKeyArn: .*AWSServiceRoleForAutoScaling/,
  ],
  [
    "a certificate that nobody looks up",
    {
      dns: {
        certificateArn: arn("acm:eu-central-1:123456789012:certificate/1"),
      },
    },
    /its own first, such as \["\*\.example\.com"\]/,
  ],
  [
    "mail where SES may be missing",
    { region: "eu-south-2" },
    /wave\.mail in eu-south-2/,
  ],
  [
    "a new family of Redis",
    { data: { redis: { nodeType: "cache.m9g.large" } } },
    /cache\.m9g\.large is of a family/,
  ],
  [
    "two passwords of Redis",
    { data: { redis: { auth: true, authUpdate: "ROTATE" } } },
    /Set it back to SET/,
  ],
  [
    "one replica",
    { wave: { autoscaling: { minReplicas: 1 } } },
    /minReplicas is 1/,
  ],
  [
    "INF-11: Redis without a password",
    { data: { redis: { auth: false } } },
    /data\.redis\.auth is off/,
  ],
  [
    "a quota of memory that fails builds",
    { wave: { build: { quota: { requestsMemory: "20Gi" } } } },
    /requestsMemory 20Gi holds 5 jobs of 3600Mi at a time; wave\.build\.quota\.pods 20 lets more in, and Wave fails the rest/,
  ],
  [
    "a quota of limits that fails builds",
    { wave: { build: { quota: { limitsMemory: "20Gi" } } } },
    /limitsMemory 20Gi holds 2 jobs/,
  ],
  [
    "a quota of processors that fails builds",
    { wave: { build: { quota: { requestsCpu: "3" } } } },
    /requestsCpu 3 holds 6 jobs/,
  ],
  [
    "more builds than the nodes hold that run without an autoscaler",
    fixedBuildNodes,
    /quota\.pods lets 20 builds start at a time, and the nodes for builds hold 8/,
  ],
  [
    "Redis in clear",
    { data: { redis: { tls: false, auth: false } } },
    /unencrypted/,
  ],
  ["anonymous access", { wave: { allowAnonymous: true } }, /without a token/],
  [
    "an unusual Platform address",
    { wave: { platform: { apiUrl: "https://platform.example.com/v1" } } },
    /does not end in \/api/,
  ],
  ["prod", { wave: { environments: ["prod"] } }, /private address/],
  [
    "K8S-06: singularity on classic",
    { wave: { build: { singularity: true } } },
    /privileged/,
  ],
  [
    "a tag of another release",
    { wave: { image: { tag: "v1.4.0" } } },
    /does not name wave\.version 1\.3\.3/,
  ],
  [
    "DEP-01: an image of the current line",
    {
      wave: {
        image: { repository: "mirror.example.com/enterprise/wave/server" },
      },
    },
    /images of the other line than wave\.version 1\.3\.3/,
  ],
  [
    "no zone",
    {
      dns: {
        hostedZoneId: undefined,
        certificateArn: arn("acm:eu-central-1:123456789012:certificate/1"),
      },
    },
    /point wave\.example\.com at/,
  ],
  [
    "mail without a zone",
    {
      dns: {
        hostedZoneId: undefined,
        certificateArn: arn("acm:eu-central-1:123456789012:certificate/1"),
      },
    },
    /example\.com stays unverified/,
  ],
];

test.each(warned)("warned: %s", (_, change, words) => {
  const found = warningsOf(exampleSettings(change));
  expect(found.filter((warning) => words.test(warning))).toHaveLength(1);
});

const warnedOnCurrent: readonly (readonly [string, SettingsChange, RegExp])[] =
  [
    [
      "newer than checked",
      { wave: { version: "1.38.0" } },
      /1\.38\.0 is newer than 1\.37\.0/,
    ],
    [
      "CFG-R8: upstream's images without a version",
      {},
      /busybox:latest \(wave\.images\.singularityInit\) and quay\.io\/skopeo\/stable \(wave\.images\.skopeo\) has no version/,
    ],
    [
      "one of the two, when the other has a mirror",
      {
        wave: {
          images: { singularityInit: "mirror.example.com/busybox:1.37" },
        },
      },
      /default of quay\.io\/skopeo\/stable/,
    ],
    [
      "a quota that holds back jobs",
      { wave: { build: { quota: { requestsMemory: "20Gi" } } } },
      /requestsMemory 20Gi holds 5 jobs of 3600Mi at a time; wave\.build\.maxRunningJobs 20/,
    ],
    [
      "more jobs than the nodes hold that run without an autoscaler",
      fixedBuildNodes,
      /maxRunningJobs lets 20 builds start at a time, and the nodes for builds hold 8 \(1 with 8 each\)/,
    ],
    [
      "INF-11: Redis without a password",
      { data: { redis: { auth: false } } },
      /data\.redis\.auth is off/,
    ],
    [
      "insights of a small class",
      { data: { postgres: { instanceClass: "db.t4g.micro" } } },
      /performanceInsights with db\.t4g\.micro/,
    ],
    [
      "DEP-01: an image of the classic line",
      {
        wave: {
          image: {
            repository: "mirror.example.com/x/nf-tower-enterprise/wave",
          },
        },
      },
      /images of the other line than wave\.version 1\.37\.0/,
    ],
    [
      "one replica",
      { wave: { autoscaling: { minReplicas: 1 } } },
      /minReplicas is 1/,
    ],
    ["anonymous access", { wave: { allowAnonymous: true } }, /without a token/],
  ];

test.each(warnedOnCurrent)(
  "warned on the current line: %s",
  (_, change, words) => {
    const found = warningsOf(currentSettings(change));
    expect(found.filter((warning) => words.test(warning))).toHaveLength(1);
  },
);

const PINNED = {
  singularityInit: "mirror.example.com/busybox:1.37",
  skopeo: "mirror.example.com/skopeo:v1.20.0",
};

test.each([
  [
    "the classic line",
    exampleSettings({
      wave: { autoscaling: undefined, classic: { ecrKeySecret: "wave/ecr" } },
    }),
    [/wave-cli/],
  ],
  [
    "the current line",
    currentSettings({
      wave: { images: PINNED, build: { maxRunningJobs: 5 } },
    }),
    [],
  ],
  ["Wave Lite", liteSettings(), []],
  [
    "Wave Lite with mail",
    liteSettings({
      wave: { mail: { domain: "example.com", sender: "wave@example.com" } },
    }),
    [/does nothing with wave\.mode: lite/],
  ],
])("settings of %s say nothing else", (_, settings, expected) => {
  const warnings = warningsOf(settings);
  expect(warnings).toHaveLength(expected.length);
  for (const [at, words] of expected.entries())
    expect(warnings[at]).toMatch(words);
});
