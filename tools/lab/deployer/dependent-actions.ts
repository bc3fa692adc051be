/** What AWS does beside a call, with the permissions of the caller. */
export interface DependentActions {
  /** Actions that the caller has to be allowed too, on what the call names. */
  readonly needs: readonly string[];
  /** Actions that the reference names and our calls never lead to, with the reason. */
  readonly never?: Readonly<Record<string, string>>;
}

const tag = (action: string): DependentActions => ({ needs: [action] });

const IN_THE_VPC = [
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
];
const KEY_OF_DATABASE = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKey",
];
const NO_DATABASE_SECRET = {
  "secretsmanager:CreateSecret": "only with a password that RDS manages",
  "secretsmanager:TagResource": "only with a password that RDS manages",
  "rds:CreateTenantDatabase": "only for Oracle",
};
const NO_SEED = { "s3:GetObject": "only with a snapshot in S3" };
const NO_IMAGE_PARAMETER = {
  "ssm:GetParameters": "only with an image that is named by a parameter",
};
const NODES = [
  "ec2:CreateTags",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeSubnets",
  "ec2:RunInstances",
  "iam:GetRole",
  "iam:PassRole",
];

/**
 * By call: the column "Dependent actions" of AWS's Service Authorization Reference, and what the guides of EFS ("Encrypting
 * data at rest", "CreateMountTarget"), EKS ("Encrypt Kubernetes secrets", "Customize managed nodes with launch templates"),
 * ECR, Backup and Secrets Manager say of keys. `resource` is what the call names: a key, a role, a subnet; where it names
 * none of that kind, nothing is asked.
 */
export const DEPENDENT_ACTIONS: Readonly<Record<string, DependentActions>> = {
  "acm:RequestCertificate": tag("acm:AddTagsToCertificate"),
  "backup:CreateBackupPlan": {
    needs: ["backup:TagResource"],
    never: { "iam:PassRole": "only with a malware scan" },
  },
  "backup:CreateBackupSelection": {
    needs: ["iam:PassRole", "iam:CreateServiceLinkedRole"],
  },
  "backup:CreateBackupVault": {
    needs: [
      "backup:TagResource",
      "backup-storage:MountCapsule",
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKey",
      "kms:RetireGrant",
    ],
  },
  "cloudwatch:PutMetricAlarm": tag("cloudwatch:TagResource"),
  "dynamodb:CreateTable": {
    needs: [
      "dynamodb:TagResource",
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
  },
  "ec2:AllocateAddress": tag("ec2:CreateTags"),
  "ec2:AuthorizeSecurityGroupEgress": tag("ec2:CreateTags"),
  "ec2:AuthorizeSecurityGroupIngress": tag("ec2:CreateTags"),
  "ec2:CreateFlowLogs": {
    needs: ["ec2:CreateTags", "iam:PassRole"],
    never: { "ecs:ListClusters": "only with fields of ECS" },
  },
  "ec2:CreateInternetGateway": tag("ec2:CreateTags"),
  "ec2:CreateLaunchTemplate": {
    needs: ["ec2:CreateTags"],
    never: NO_IMAGE_PARAMETER,
  },
  "ec2:CreateLaunchTemplateVersion": { needs: [], never: NO_IMAGE_PARAMETER },
  "ec2:CreateNatGateway": tag("ec2:CreateTags"),
  "ec2:CreateRouteTable": tag("ec2:CreateTags"),
  "ec2:CreateSecurityGroup": tag("ec2:CreateTags"),
  "ec2:CreateSubnet": tag("ec2:CreateTags"),
  "ec2:CreateVpc": tag("ec2:CreateTags"),
  "ec2:CreateVpcEndpoint": {
    needs: [
      "ec2:CreateTags",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "route53:AssociateVPCWithHostedZone",
    ],
  },
  "ecr:CreateRepository": {
    needs: [
      "ecr:TagResource",
      "kms:CreateGrant",
      "kms:DescribeKey",
      "kms:RetireGrant",
    ],
  },
  "ecr:DeleteRepository": { needs: ["kms:RetireGrant"] },
  "eks:CreateAccessEntry": tag("eks:TagResource"),
  // A role of its service account, where it has one ("Create an Amazon EKS add-on", EKS user guide).
  "eks:CreateAddon": { needs: ["eks:TagResource", "iam:PassRole"] },
  "eks:CreateCluster": {
    needs: [
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "eks:TagResource",
      "iam:CreateServiceLinkedRole",
      "iam:GetRole",
      "iam:PassRole",
      "kms:CreateGrant",
      "kms:DescribeKey",
    ],
  },
  "eks:CreateNodegroup": {
    needs: [
      ...NODES,
      "eks:TagResource",
      "iam:CreateServiceLinkedRole",
      "iam:ListAttachedRolePolicies",
    ],
    never: NO_IMAGE_PARAMETER,
  },
  "eks:UpdateNodegroupVersion": { needs: NODES, never: NO_IMAGE_PARAMETER },
  "elasticache:CreateCacheSubnetGroup": tag("elasticache:AddTagsToResource"),
  "elasticache:CreateReplicationGroup": {
    needs: [
      ...IN_THE_VPC,
      "elasticache:AddTagsToResource",
      "iam:CreateServiceLinkedRole",
      "kms:CreateGrant",
      "kms:DescribeKey",
    ],
    never: NO_SEED,
  },
  "elasticache:CreateSnapshot": {
    needs: ["elasticache:AddTagsToResource"],
    never: { "s3:PutObject": "only for a copy in S3" },
  },
  "elasticache:DeleteCacheSubnetGroup": { needs: IN_THE_VPC },
  "elasticache:DeleteReplicationGroup": {
    needs: [...IN_THE_VPC, "elasticache:CreateSnapshot"],
  },
  "elasticache:ModifyReplicationGroup": { needs: IN_THE_VPC },
  "elasticfilesystem:CreateAccessPoint": tag("elasticfilesystem:TagResource"),
  "elasticfilesystem:CreateFileSystem": {
    needs: [
      "elasticfilesystem:TagResource",
      "iam:CreateServiceLinkedRole",
      "kms:CreateGrant",
      "kms:DescribeKey",
      "kms:GenerateDataKeyWithoutPlaintext",
    ],
  },
  "elasticfilesystem:CreateMountTarget": {
    needs: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
    ],
  },
  "elasticfilesystem:DeleteMountTarget": {
    needs: ["ec2:DeleteNetworkInterface"],
  },
  "elasticfilesystem:DescribeMountTargetSecurityGroups": {
    needs: ["ec2:DescribeNetworkInterfaceAttribute"],
  },
  "elasticfilesystem:ModifyMountTargetSecurityGroups": {
    needs: ["ec2:ModifyNetworkInterfaceAttribute"],
  },
  "iam:CreateOpenIDConnectProvider": tag("iam:TagOpenIDConnectProvider"),
  "iam:CreatePolicy": tag("iam:TagPolicy"),
  "iam:CreateRole": tag("iam:TagRole"),
  "kms:CreateKey": {
    needs: ["kms:PutKeyPolicy", "kms:TagResource"],
    never: { "iam:CreateServiceLinkedRole": "only for several regions" },
  },
  "logs:CreateLogGroup": tag("logs:TagResource"),
  "rds:CreateDBInstance": {
    needs: [
      "iam:CreateServiceLinkedRole",
      "iam:PassRole",
      "rds:AddTagsToResource",
      ...KEY_OF_DATABASE,
    ],
    never: NO_DATABASE_SECRET,
  },
  "rds:CreateDBParameterGroup": tag("rds:AddTagsToResource"),
  "rds:CreateDBSnapshot": tag("rds:AddTagsToResource"),
  "rds:CreateDBSubnetGroup": tag("rds:AddTagsToResource"),
  "rds:DeleteDBInstance": {
    needs: ["rds:AddTagsToResource", "rds:CreateDBSnapshot"],
    never: { "rds:DeleteTenantDatabase": "only for Oracle" },
  },
  "rds:ModifyDBInstance": {
    needs: ["iam:PassRole", "rds:AddTagsToResource", ...KEY_OF_DATABASE],
    never: {
      ...NO_DATABASE_SECRET,
      "secretsmanager:RotateSecret": "only with a password that RDS manages",
    },
  },
  "rds:RestoreDBInstanceFromDBSnapshot": {
    needs: ["iam:PassRole", "rds:AddTagsToResource", ...KEY_OF_DATABASE],
    never: NO_DATABASE_SECRET,
  },
  "s3:CreateBucket": tag("s3:TagResource"),
  "secretsmanager:CreateSecret": {
    needs: ["kms:Decrypt", "kms:GenerateDataKey", "secretsmanager:TagResource"],
  },
  "secretsmanager:GetSecretValue": { needs: ["kms:Decrypt"] },
  "secretsmanager:PutSecretValue": {
    needs: ["kms:Decrypt", "kms:GenerateDataKey"],
  },
  "secretsmanager:UpdateSecret": {
    needs: ["kms:Decrypt", "kms:GenerateDataKey"],
  },
  "ses:CreateConfigurationSet": tag("ses:TagResource"),
  "ses:CreateEmailIdentity": tag("ses:TagResource"),
  "sns:CreateTopic": tag("sns:TagResource"),
  "sqs:CreateQueue": tag("sqs:TagQueue"),
};
