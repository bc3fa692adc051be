import { type Context } from "../../../support/simulate";
import { ALL, type AllowedCalls, BUILDS, type Line } from "./call";
import { AUTOSCALER_CALLS } from "./autoscaler-calls";
import { controllerCalls, serviceCalls } from "./platform-calls";
import {
  LAYERS,
  LOGS,
  POD_LOGS,
  SESSION,
  THROUGH_S3,
  bucket,
  kmsKey,
  ours,
  repository,
  ses,
  subject,
} from "./places";

const PUSH_AND_PULL = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];
const KEY_USE = ["kms:Decrypt", "kms:GenerateDataKey"];
const REPOSITORIES = [
  repository("wave-prod/build"),
  repository("wave-prod/cache"),
];

/** Those who push and pull, by line. */
const PUSHERS: readonly (readonly [Line, string])[] = [
  ["classic", "wave-build"],
  ["classic", "wave-ecr-key"],
  ["current", "wave-ecr"],
];

/** Service accounts that take a role: key of the role, namespace, account. */
const ACCOUNTS: readonly (readonly [
  readonly Line[],
  string,
  string,
  string,
])[] = [
  [BUILDS, "wave-server", "wave", "wave-sa"],
  [["classic"], "wave-build", "wave-build", "wave-build-sa"],
  [["classic"], "surreal-export", "wave", "surreal-export"],
  [["current"], "wave-cache", "wave-build", "wave-build-sa"],
  [
    ALL,
    "load-balancer-controller",
    "kube-system",
    "aws-load-balancer-controller",
  ],
  [BUILDS, "cluster-autoscaler", "kube-system", "cluster-autoscaler"],
  [ALL, "cloudwatch-agent", "amazon-cloudwatch", "cloudwatch-agent"],
  [BUILDS, "efs-csi-controller", "kube-system", "efs-csi-controller-sa"],
  [BUILDS, "efs-csi-node", "kube-system", "efs-csi-node-sa"],
];

/** Services that take a role: key of the role, service, what it says of the account. */
const SERVICES: readonly (readonly [
  readonly Line[],
  string,
  string,
  Context,
])[] = [
  [ALL, "eks-cluster", "eks.amazonaws.com", {}],
  [ALL, "eks-node", "ec2.amazonaws.com", {}],
  [
    ALL,
    "flow-log",
    "vpc-flow-logs.amazonaws.com",
    { "aws:SourceAccount": "123456789012" },
  ],
  [BUILDS, "backup", "backup.amazonaws.com", {}],
  [
    ["current", "lite"],
    "rds-monitoring",
    "monitoring.rds.amazonaws.com",
    { "aws:SourceAccount": "123456789012" },
  ],
];

/** Every call that the parts of an environment make. */
export const ALLOWED: readonly AllowedCalls[] = [
  ...ACCOUNTS.map(([lines, key, namespace, account]) => ({
    lines,
    as: "token",
    what: `${namespace}:${account} takes its role`,
    does: ["sts:AssumeRoleWithWebIdentity"],
    to: [ours(key)],
    with: subject(namespace, account),
  })),
  ...SERVICES.map(([lines, key, service, context]) => ({
    lines,
    as: service,
    what: `${service} takes its role`,
    does: ["sts:AssumeRole"],
    to: [ours(key)],
    with: context,
  })),
  ...PUSHERS.flatMap(([line, as]) => [
    {
      lines: [line],
      as,
      what: "logs in to ECR",
      does: ["ecr:GetAuthorizationToken"],
      to: ["*"],
    },
    {
      lines: [line],
      as,
      what: "pushes and pulls images",
      does: PUSH_AND_PULL,
      to: REPOSITORIES,
    },
  ]),
  {
    lines: BUILDS,
    as: "wave-server",
    what: "looks for a log that is not there yet",
    does: ["s3:ListBucket"],
    to: [bucket(LOGS)],
  },
  {
    lines: BUILDS,
    as: "wave-server",
    what: "reads and writes build logs",
    does: ["s3:GetObject", "s3:PutObject"],
    to: [bucket(LOGS, "build-logs/bd-1_1.log")],
  },
  {
    lines: ["current"],
    as: "wave-server",
    what: "reads and writes locks of conda and scan reports",
    does: ["s3:GetObject", "s3:PutObject"],
    to: [
      bucket(LOGS, "build-locks/bd-1_1.lock"),
      bucket(LOGS, "scan-reports/sc-1_1"),
    ],
  },
  {
    lines: BUILDS,
    as: "wave-server",
    what: "S3 uses the bucket's key for it",
    does: KEY_USE,
    to: [kmsKey("data.build-logs-key")],
    with: THROUGH_S3,
  },
  {
    lines: BUILDS,
    as: "wave-server",
    what: "sends mail",
    does: ["ses:SendRawEmail"],
    to: [
      ses("identity/example.com"),
      ses("identity/wave-app@example.com"),
      ses("configuration-set/wave-prod-mail"),
    ],
    with: { "ses:FromAddress": "wave-app@example.com" },
  },
  {
    lines: ["current"],
    as: "wave-server",
    what: "takes the ECR role",
    does: ["sts:AssumeRole"],
    to: [ours("wave-ecr")],
    with: SESSION,
  },
  {
    lines: ["current"],
    as: "wave-server",
    what: "takes the jump role, which has a trust of its own",
    does: ["sts:AssumeRole"],
    to: ["arn:aws:iam::123456789012:role/wave-jump"],
  },
  {
    lines: ["current"],
    as: "arn:aws:sts::123456789012:assumed-role/wave-jump/wave",
    what: "takes the ECR role by way of the jump role",
    does: ["sts:AssumeRole"],
    to: [ours("wave-ecr")],
    with: SESSION,
  },
  {
    lines: ["current"],
    as: "wave-cache",
    what: "lists the layer cache",
    does: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
    to: [bucket(LAYERS)],
  },
  {
    lines: ["current"],
    as: "wave-cache",
    what: "reads, writes and removes cached layers",
    does: [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ],
    to: [bucket(LAYERS, "layers/blobs/sha256:0")],
  },
  {
    lines: ["current"],
    as: "wave-cache",
    what: "S3 uses the cache's key for it",
    does: KEY_USE,
    to: [kmsKey("data.build-cache.build-cache-key")],
    with: THROUGH_S3,
  },
  {
    lines: ["classic"],
    as: "surreal-export",
    what: "writes the daily export",
    does: ["s3:PutObject"],
    to: [bucket(LOGS, "surreal-exports/2026-11-21.surql")],
  },
  {
    lines: ["classic"],
    as: "surreal-export",
    what: "S3 uses the bucket's key for it",
    does: KEY_USE,
    to: [kmsKey("data.build-logs-key")],
    with: THROUGH_S3,
  },
  ...controllerCalls(),
  ...AUTOSCALER_CALLS,
  {
    lines: ALL,
    as: "cloudwatch-agent",
    what: "names a node's group and volumes",
    does: ["ec2:DescribeTags", "ec2:DescribeVolumes"],
    to: ["*"],
  },
  {
    lines: ALL,
    as: "cloudwatch-agent",
    what: "writes what containers print",
    does: ["logs:CreateLogStream", "logs:PutLogEvents"],
    to: [`${POD_LOGS}:log-stream:node-1`],
  },
  {
    lines: ALL,
    as: "cloudwatch-agent",
    what: "finds its streams",
    does: ["logs:DescribeLogStreams"],
    to: [POD_LOGS],
  },
  ...serviceCalls(),
];
