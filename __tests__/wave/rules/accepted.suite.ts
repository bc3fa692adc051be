import { checkSettings } from "../../../modules/rules";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { arn } from "../../support/settings-rules";

const accepted: readonly (readonly [string, SettingsChange])[] = [
  ["every classic release from 1.3.3 on", { wave: { version: "1.3.3" } }],
  ["1.7.9", { wave: { version: "1.7.9" } }],
  ["a newer Kubernetes", { cluster: { version: "1.40" } }],
  [
    "images with validated cryptography, and the newest release",
    {
      cluster: {
        nodeGroups: {
          system: {
            amiType: "BOTTLEROCKET_x86_64_FIPS",
            releaseVersion: "latest",
          },
        },
      },
    },
  ],
  ["two zones", { network: { zones: ["b", "c"] } }],
  ["the smallest VPC", { network: { cidr: "10.40.8.0/21" } }],
  ["shared address space for the VPC", { network: { cidr: "100.64.0.0/16" } }],
  [
    "a private endpoint",
    {
      cluster: {
        endpoint: {
          public: false,
          publicCidrs: [],
          privateCidrs: ["10.8.0.0/16"],
        },
      },
    },
  ],
  [
    "a private endpoint for the whole VPC, as the refusal says",
    {
      network: { cidr: "10.40.0.0/16" },
      cluster: {
        endpoint: {
          public: false,
          publicCidrs: [],
          privateCidrs: ["10.40.0.0/16"],
        },
      },
    },
  ],
  [
    "a private endpoint for a runner's security group, one of another account too",
    {
      cluster: {
        endpoint: {
          public: false,
          publicCidrs: [],
          privateSecurityGroups: [
            "sg-0123456789abcdef0",
            "210987654321/sg-01234567",
          ],
        },
      },
    },
  ],
  [
    "a wildcard certificate",
    { dns: { certificateDomains: ["*.example.com"] } },
  ],
  [
    "a certificate without a zone",
    {
      dns: {
        hostedZoneId: undefined,
        certificateArn: arn("acm:eu-central-1:123456789012:certificate/1"),
      },
    },
  ],
  [
    "a mail domain of another zone that is verified already",
    {
      wave: {
        mail: {
          domain: "example.org",
          sender: "a@mail.example.org",
          existingIdentity: true,
        },
      },
    },
  ],
  [
    "AWS's own permissions boundary",
    { iam: { permissionsBoundaryArn: arn("iam::aws:policy/PowerUserAccess") } },
  ],
  [
    "an unknown instance family, whatever the quota",
    {
      cluster: {
        nodeGroups: { build: { instanceTypes: ["x2iedn.xlarge"], maxSize: 1 } },
      },
    },
  ],
  [
    "an ARM system group",
    {
      cluster: {
        nodeGroups: {
          system: {
            amiType: "AL2023_ARM_64_STANDARD",
            instanceTypes: ["m7g.2xlarge", "r8gd.xlarge"],
          },
        },
      },
    },
  ],
  [
    "an idle timeout of exactly the build timeout",
    { wave: { ingress: { idleTimeoutSeconds: 900 } } },
  ],
  [
    "an image by digest",
    {
      wave: {
        images: {
          kaniko: `registry.example.com/kaniko@sha256:${"a".repeat(64)}`,
        },
      },
    },
  ],
  [
    "environments that are on anyway",
    { wave: { environments: ["redis", "mail", "prod"] } },
  ],
  ["macros as schedule", { wave: { classic: { exportSchedule: "@daily" } } }],
  [
    "lists, ranges and steps as schedule",
    { wave: { classic: { exportSchedule: "*/15 1-5,22 1 1-12 0-7" } } },
  ],
  [
    "long names that are no secrets",
    {
      access: {
        deployer: arn(
          "iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_AdministratorAccess_0123456789abcdef",
        ),
      },
      wave: {
        secrets: { seqeraRegistry: "Wave/Prod/SeqeraContainerRegistry2026" },
      },
    },
  ],
  [
    "references in options",
    {
      wave: {
        jvmOptions: "-Dx.password=${REDIS_PASSWORD} -XX:G1HeapRegionSize=32m",
      },
    },
  ],
];

test.each(accepted)("accepted: %s", (_, change) => {
  expect(checkSettings(exampleSettings(change))).toEqual([]);
});
