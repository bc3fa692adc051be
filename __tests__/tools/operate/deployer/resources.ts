import { type Context } from "../../../support/simulate";

const HERE = "eu-central-1:123456789012";
const arns = (service: string, ...parts: readonly string[]): string[] =>
  parts.map((part) => `arn:aws:${service}:${HERE}:${part}`);
const STATE = "arn:aws:s3:::wave-prod-state-123456789012";
const LOGS = "arn:aws:s3:::wave-prod-logs-123456789012";
const IAM = "arn:aws:iam::123456789012:";

/** Resources of the environment `wave-prod`, one of each type, by service. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  autoscaling: arns(
    "autoscaling",
    "autoScalingGroup:1:autoScalingGroupName/eks-wave-prod-build-1-1",
  ),
  acm: [...arns("acm", "certificate/1")],
  backup: arns(
    "backup",
    "backup-vault:wave-prod-efs",
    "backup-plan:1",
    "recovery-point:1",
  ),
  dynamodb: arns("dynamodb", "table/experiments-prod"),
  ec2: [
    ...arns(
      "ec2",
      "elastic-ip/eipalloc-1",
      "instance/i-1",
      "internet-gateway/igw-1",
      "launch-template/lt-1",
      "natgateway/nat-1",
      "route-table/rtb-1",
      "security-group/sg-1",
      "subnet/subnet-1",
      "volume/vol-1",
      "vpc/vpc-1",
      "vpc-endpoint/vpce-1",
      "vpc-flow-log/fl-1",
    ),
    "arn:aws:ec2:eu-central-1::image/ami-1",
  ],
  ecr: arns("ecr", "repository/wave-prod/build", "repository/wave-prod/cache"),
  eks: [
    ...arns(
      "eks",
      "cluster/wave-prod-eks",
      "access-entry/wave-prod-eks/role/123456789012/wave-deployer/1",
      "addon/wave-prod-eks/vpc-cni/1",
      "nodegroup/wave-prod-eks/wave-prod-system/1",
    ),
  ],
  cloudwatch: arns("cloudwatch", "alarm:wave-prod-redis-memory-1"),
  elasticache: arns(
    "elasticache",
    "cluster:wave-prod-redis-001",
    "parametergroup:default.redis7",
    "replicationgroup:wave-prod-redis",
    "subnetgroup:wave-prod-redis",
    "snapshot:wave-prod-redis-final",
  ),
  elasticfilesystem: arns(
    "elasticfilesystem",
    "access-point/fsap-1",
    "file-system/fs-1",
  ),
  iam: [
    `${IAM}role/wave-prod-euc1-wave-server`,
    `${IAM}policy/wave-prod-euc1-wave-ecr-key`,
    `${IAM}oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/1`,
  ],
  kms: [...arns("kms", "key/1", "alias/wave-prod-storage")],
  logs: arns("logs", "log-group:/aws/eks/wave-prod-eks/cluster"),
  rds: arns(
    "rds",
    "db:wave-prod-postgres",
    "og:default:postgres-17",
    "pg:wave-prod-postgres17",
    "snapshot:wave-prod-postgres-past",
    "subgrp:wave-prod-postgres",
  ),
  route53: [
    "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
    "arn:aws:route53:::change/C1",
  ],
  s3: [LOGS, `${STATE}/wave/prod/data.tfstate`],
  secretsmanager: [...arns("secretsmanager", "secret:wave-prod-redis-AbCdEf")],
  sns: arns("sns", "wave-prod-alarms"),
  sqs: arns("sqs", "queue-job-prod.fifo", "queue-job-prod-dead-letters.fifo"),
  ssm: [
    "arn:aws:ssm:eu-central-1:123456789012:parameter/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
  ],
  sts: ["arn:aws:iam::123456789012:role/terraform-state"],
  ses: arns("ses", "identity/example.com", "configuration-set/wave-prod-mail"),
};

const TAGGED_BACKUP = arns(
  "backup",
  "backup-vault:wave-prod-efs",
  "backup-plan:1",
);
const POINT = arns("backup", "recovery-point:1");
const TAGGED_EC2 = arns(
  "ec2",
  "elastic-ip/eipalloc-1",
  "launch-template/lt-1",
  "security-group/sg-1",
  "subnet/subnet-1",
  "vpc/vpc-1",
);
const TAGGED_REDIS = arns(
  "elasticache",
  "replicationgroup:wave-prod-redis",
  "subnetgroup:wave-prod-redis",
);
const TAGGED_POSTGRES = arns(
  "rds",
  "db:wave-prod-postgres",
  "pg:wave-prod-postgres17",
  "subgrp:wave-prod-postgres",
);

const DASHBOARD = ["arn:aws:cloudwatch::123456789012:dashboard/wave-prod"];

/** Actions that know resources of more types than they are used on. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "backup:DeleteRecoveryPoint": POINT,
  "backup:DescribeRecoveryPoint": POINT,
  "backup:ListTags": TAGGED_BACKUP,
  "backup:TagResource": TAGGED_BACKUP,
  "backup:UntagResource": TAGGED_BACKUP,
  "cloudwatch:DeleteDashboards": DASHBOARD,
  "cloudwatch:GetDashboard": DASHBOARD,
  "cloudwatch:PutDashboard": DASHBOARD,
  "ec2:CreateTags": TAGGED_EC2,
  "ec2:DeleteTags": TAGGED_EC2,
  "elasticache:AddTagsToResource": TAGGED_REDIS,
  "elasticache:ListTagsForResource": TAGGED_REDIS,
  "elasticache:RemoveTagsFromResource": TAGGED_REDIS,
  "rds:AddTagsToResource": TAGGED_POSTGRES,
  "rds:ListTagsForResource": TAGGED_POSTGRES,
  "rds:RemoveTagsFromResource": TAGGED_POSTGRES,
  "ec2:CreateNetworkInterface": arns(
    "ec2",
    "network-interface/eni-1",
    "security-group/sg-1",
    "subnet/subnet-1",
  ),
  "ec2:DeleteNetworkInterface": arns("ec2", "network-interface/eni-1"),
  "ec2:ModifyNetworkInterfaceAttribute": arns("ec2", "network-interface/eni-1"),
  "ecr:BatchGetImage": arns("ecr", "repository/charts/aws-efs-csi-driver"),
  "ecr:GetDownloadUrlForLayer": arns(
    "ecr",
    "repository/charts/aws-efs-csi-driver",
  ),
  ...Object.fromEntries(
    [
      "BatchCheckLayerAvailability",
      "CompleteLayerUpload",
      "InitiateLayerUpload",
      "PutImage",
      "UploadLayerPart",
    ].map((action) => [
      `ecr:${action}`,
      arns("ecr", "repository/wave-prod/charts/nodejs"),
    ]),
  ),
  "s3:PutBucketCORS": ["arn:aws:s3:::worker-results-prod-123456789012"],
  "iam:CreateServiceLinkedRole": [
    `${IAM}role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`,
  ],
  "iam:DeletePolicy": [`${IAM}policy/wave-prod-euc1-wave-ecr-key`],
  "s3:DeleteObject": [
    `${STATE}/wave/prod/data.tfstate.tflock`,
    `${LOGS}/build-logs/1`,
  ],
  "s3:DeleteObjectVersion": [`${LOGS}/build-logs/1`],
};

/** What an action is asked on. */
export const resourcesOf = (action: string): readonly string[] =>
  OTHERS[action] ?? RESOURCES[action.split(":")[0] ?? ""] ?? [];

/** What a request of the deployer says; AWS and the simulator leave out what an action does not know. */
export const CONTEXT: Context = {
  "aws:RequestTag/Name": "wave-prod-thing",
  "aws:ResourceTag/Name": "wave-prod-thing",
  "aws:RequestedRegion": "eu-central-1",
  "ec2:LaunchTemplate": `arn:aws:ec2:${HERE}:launch-template/lt-1`,
  "iam:AWSServiceName": "eks.amazonaws.com",
  "iam:PassedToService": "eks.amazonaws.com",
  "iam:PermissionsBoundary": `${IAM}policy/company-boundary`,
  "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
  "kms:GrantIsForAWSResource": "true",
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["wave.example.com"],
};

/** What single actions say besides, or instead. */
const SAID: Readonly<Record<string, Context>> = {
  "ec2:CreateTags": { "ec2:CreateAction": "CreateSubnet" },
  "elasticfilesystem:TagResource": {
    "elasticfilesystem:CreateAction": "CreateFileSystem",
  },
  "kms:Encrypt": { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
  "kms:Decrypt": {
    "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com",
  },
  "kms:GenerateDataKey": {
    "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com",
  },
  "kms:GenerateDataKeyWithoutPlaintext": {
    "kms:ViaService": "elasticfilesystem.eu-central-1.amazonaws.com",
  },
  "kms:ReEncryptFrom": {
    "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com",
  },
  "kms:ReEncryptTo": {
    "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com",
  },
  "kms:RetireGrant": { "kms:ViaService": "backup.eu-central-1.amazonaws.com" },
};

/** What an action makes: it has no tags yet, and only it gets those of the request. */
const MADE: Readonly<Record<string, string>> = {
  "acm:AddTagsToCertificate": ":certificate/",
  "acm:RequestCertificate": "*",
  "backup:CreateBackupPlan": ":backup-plan:",
  "ec2:AllocateAddress": ":elastic-ip/",
  "ec2:CreateFlowLogs": ":vpc-flow-log/",
  "ec2:CreateInternetGateway": ":internet-gateway/",
  "ec2:CreateLaunchTemplate": ":launch-template/",
  "ec2:CreateNatGateway": ":natgateway/",
  "ec2:CreateRouteTable": ":route-table/",
  "ec2:CreateSecurityGroup": ":security-group/",
  "ec2:CreateSubnet": ":subnet/",
  "ec2:CreateTags": ":",
  "ec2:CreateVpc": ":vpc/",
  "ec2:CreateVpcEndpoint": ":vpc-endpoint/",
  "eks:CreateCluster": "*",
  "elasticfilesystem:CreateFileSystem": "*",
  "elasticfilesystem:TagResource": ":",
  "iam:CreateOpenIDConnectProvider": ":oidc-provider/",
  "iam:TagOpenIDConnectProvider": ":oidc-provider/",
  "kms:CreateKey": "*",
  "kms:TagResource": ":key/",
};

/** What a request for an action on a resource says. */
export function contextOf(action: string, to: string): Context {
  const said = { ...CONTEXT, ...SAID[action] };
  const made = MADE[action];
  if (made === undefined) return said;
  const absent = to.includes(made)
    ? "aws:ResourceTag/Name"
    : "aws:RequestTag/Name";
  return Object.fromEntries(
    Object.entries(said).filter(([key]) => key !== absent),
  );
}
