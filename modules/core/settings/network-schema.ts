import { z } from "zod";
import {
  addOnVersion,
  arnOf,
  cidr,
  logRetentionDays,
  positiveInt,
} from "../../settings/formats";

export const networkSchema = z.strictObject({
  cidr: cidr
    .default("10.40.0.0/16")
    .describe(
      "Range of the VPC, /16 to /21. Each zone letter has its own eighth for a private subnet, so a zone can be added later.",
    ),
  zones: z
    .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
    .describe(
      "Two or three availability zone letters of the region (DEC-23). The first two hold the cluster's control plane and cannot change later; a third can come and go.",
    ),
  natGateways: z
    .enum(["single", "perZone"])
    .default("single")
    .describe(
      "One NAT gateway for all zones, or one per zone: a zone's failure then leaves the others on line (COST-L4).",
    ),
  interfaceEndpoints: z
    .array(
      z.enum([
        "ecr.api",
        "ecr.dkr",
        "sts",
        "ec2",
        "elasticloadbalancing",
        "secretsmanager",
        "logs",
        "kms",
        "elasticfilesystem",
        "eks",
        "eks-auth",
        "autoscaling",
      ]),
    )
    .default([])
    .describe(
      "Interface endpoints to place in the private subnets, about $22 a month each over three zones (COST-L5).",
    ),
  flowLogRetentionDays: logRetentionDays
    .default(365)
    .describe("Days to keep VPC flow logs."),
  disjointFrom: z
    .array(cidr)
    .default([])
    .describe(
      "Ranges the VPC must not overlap: peered networks, offices, other environments behind one transit gateway.",
    ),
});

const nodeGroupSchema = z.strictObject({
  instanceTypes: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9-]+\.[a-z0-9]+$/,
          "an instance type such as m5a.2xlarge",
        ),
    )
    .min(1)
    .default(["m5a.2xlarge"])
    .describe("Instance types of one architecture."),
  minSize: positiveInt.describe(
    "Fewest nodes. At least 1: nothing scales a group from 0 yet (DEC-20).",
  ),
  desiredSize: positiveInt.describe(
    "Nodes to run. Terraform owns this number; nothing scales it at run time (DEC-20).",
  ),
  maxSize: positiveInt.describe(
    "Most nodes, also the limit of an upgrade's surge.",
  ),
  diskGiB: z
    .int()
    .min(20)
    .default(100)
    .describe("Size of each node's encrypted gp3 volume, in GiB."),
  amiType: z
    .enum([
      "AL2023_x86_64_STANDARD",
      "AL2023_ARM_64_STANDARD",
      "BOTTLEROCKET_x86_64",
      "BOTTLEROCKET_ARM_64",
    ])
    .default("AL2023_x86_64_STANDARD")
    .describe("EKS image family (SEC-E3)."),
  releaseVersion: z
    .string()
    .optional()
    .describe(
      "EKS image release to stay on, such as 1.36.0-20260901. Unset: EKS chooses at creation.",
    ),
  volumeKmsKeyArn: arnOf("kms", ".+")
    .optional()
    .describe("Key of the node volumes. Unset: aws/ebs (DEC-13)."),
  maxUserNamespaces: positiveInt
    .optional()
    .describe(
      "Bottlerocket only: kernel setting user.max_user_namespaces. BuildKit needs 63359 in build groups; AL2023 has enough (VR-39, SEC-E4).",
    ),
});

export const clusterSchema = z.strictObject({
  version: z
    .string()
    .regex(/^1\.\d+$/, 'a Kubernetes minor such as "1.36" (in quotes)')
    .default("1.36")
    .describe("Kubernetes minor (DEC-18)."),
  serviceCidr: cidr
    .default("10.100.0.0/16")
    .describe("Range of Kubernetes services. It cannot be changed later."),
  endpoint: z
    .strictObject({
      public: z
        .boolean()
        .default(false)
        .describe(
          "Reach the Kubernetes API over the internet too. The private endpoint is always on.",
        ),
      publicCidrs: z
        .array(cidr)
        .default([])
        .describe(
          "Who may: required with `public`, never 0.0.0.0/0 (SEC-E11).",
        ),
    })
    .prefault({}),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days to keep the five control-plane logs."),
  addOns: z
    .strictObject({
      vpcCni: addOnVersion.describe("Version of vpc-cni."),
      coreDns: addOnVersion.describe("Version of coredns."),
      kubeProxy: addOnVersion.describe("Version of kube-proxy."),
      metricsServer: addOnVersion.describe("Version of metrics-server."),
      podIdentityAgent: addOnVersion.describe(
        "Version of eks-pod-identity-agent.",
      ),
    })
    .prefault({})
    .describe(
      "Add-on versions to stay on; the output addon_versions prints what runs. Unset: AWS's default for the minor (DEC-19).",
    ),
  nodeGroups: z.strictObject({
    system: nodeGroupSchema.describe(
      "Runs Wave, its store and the controllers.",
    ),
    build: nodeGroupSchema
      .optional()
      .describe(
        "Runs build pods: labelled service=wave-build and untainted, because Wave sets no tolerations (HARD-16). Required, except with `wave.mode: lite`.",
      ),
    buildArm64: nodeGroupSchema
      .optional()
      .describe(
        "Runs builds for arm64: labelled service=wave-build-arm64. Goes with `wave.build.arm64`. Current only (INF-14, INF-17).",
      ),
  }),
});
