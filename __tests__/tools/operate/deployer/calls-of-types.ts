/** Calls of the AWS provider for a type. */
export interface TypeCalls {
  /** ARN of a resource after `arn:<partition>:`, with attributes in braces and `@` for region and account; unset: none. */
  readonly arn?: string | undefined;
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly change: readonly string[];
  readonly destroy: readonly string[];
}

/** Service, ARN, then the calls of create, read, change and destroy by their names. */
type Row = readonly [
  service: string,
  arn: string,
  create: string,
  read: string,
  change?: string,
  destroy?: string,
];

const EKS_OF = (what: string): string => `eks:@:${what}/{cluster_name}/`;
const RULE = "DescribeSecurityGroupRules";
const ROLE_READ = "GetRole ListRolePolicies ListAttachedRolePolicies";
const BUCKET = "";

// prettier-ignore
const ROWS: Readonly<Record<string, Row>> = {
  aws_acm_certificate: ["acm", "acm:@:certificate/1", "RequestCertificate AddTagsToCertificate", "DescribeCertificate ListTagsForCertificate", "AddTagsToCertificate RemoveTagsFromCertificate UpdateCertificateOptions", "DeleteCertificate"],
  aws_acm_certificate_validation: ["acm", "", "DescribeCertificate", "DescribeCertificate"],
  aws_autoscaling_group_tag: ["autoscaling", "autoscaling:@:autoScalingGroup:1:autoScalingGroupName/eks-wave-prod-build-1-1", "CreateOrUpdateTags", "DescribeTags", "CreateOrUpdateTags", "DeleteTags"],
  aws_backup_plan: ["backup", "backup:@:backup-plan:1", "CreateBackupPlan", "GetBackupPlan", "UpdateBackupPlan", "DeleteBackupPlan"],
  aws_backup_selection: ["backup", "", "CreateBackupSelection", "GetBackupSelection", "", "DeleteBackupSelection"],
  aws_backup_vault: ["backup", "backup:@:backup-vault:{name}", "CreateBackupVault", "DescribeBackupVault", "", "DeleteBackupVault ListRecoveryPointsByBackupVault"],
  aws_cloudwatch_dashboard: ["cloudwatch", "cloudwatch::#:dashboard/{dashboard_name}", "PutDashboard", "GetDashboard", "PutDashboard", "DeleteDashboards"],
  aws_cloudwatch_metric_alarm: ["cloudwatch", "cloudwatch:@:alarm:{alarm_name}", "PutMetricAlarm TagResource", "DescribeAlarms ListTagsForResource", "PutMetricAlarm TagResource UntagResource", "DeleteAlarms"],
  aws_cloudwatch_log_group: ["logs", "logs:@:log-group:{name}", "CreateLogGroup TagResource PutRetentionPolicy", "DescribeLogGroups ListTagsForResource", "PutRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource UntagResource", "DeleteLogGroup"],
  aws_db_instance: ["rds", "rds:@:db:{identifier}", "CreateDBInstance RestoreDBInstanceFromDBSnapshot AddTagsToResource", "DescribeDBInstances ListTagsForResource", "ModifyDBInstance RebootDBInstance AddTagsToResource RemoveTagsFromResource", "DeleteDBInstance"],
  aws_db_parameter_group: ["rds", "rds:@:pg:{name}", "CreateDBParameterGroup AddTagsToResource ModifyDBParameterGroup", "DescribeDBParameterGroups DescribeDBParameters ListTagsForResource", "ModifyDBParameterGroup ResetDBParameterGroup", "DeleteDBParameterGroup"],
  aws_db_subnet_group: ["rds", "rds:@:subgrp:{name}", "CreateDBSubnetGroup AddTagsToResource", "DescribeDBSubnetGroups ListTagsForResource", "ModifyDBSubnetGroup", "DeleteDBSubnetGroup"],
  aws_default_security_group: ["ec2", "ec2:@:security-group/sg-1", "CreateTags RevokeSecurityGroupIngress RevokeSecurityGroupEgress", "DescribeSecurityGroups", "CreateTags DeleteTags"],
  aws_dynamodb_table: ["dynamodb", "dynamodb:@:table/{name}", "CreateTable TagResource UpdateContinuousBackups", "DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource", "UpdateTable UpdateContinuousBackups TagResource UntagResource", "DeleteTable"],
  aws_ecr_lifecycle_policy: ["ecr", "", "PutLifecyclePolicy", "GetLifecyclePolicy", "PutLifecyclePolicy", "DeleteLifecyclePolicy"],
  aws_ecr_repository: ["ecr", "ecr:@:repository/{name}", "CreateRepository TagResource", "DescribeRepositories ListTagsForResource", "PutImageScanningConfiguration PutImageTagMutability TagResource UntagResource", "DeleteRepository"],
  aws_ecr_repository_policy: ["ecr", "", "SetRepositoryPolicy", "GetRepositoryPolicy", "SetRepositoryPolicy", "DeleteRepositoryPolicy"],
  aws_efs_access_point: ["elasticfilesystem", "elasticfilesystem:@:access-point/fsap-1", "CreateAccessPoint TagResource", "DescribeAccessPoints", "TagResource UntagResource", "DeleteAccessPoint"],
  aws_efs_file_system: ["elasticfilesystem", "elasticfilesystem:@:file-system/fs-1", "CreateFileSystem TagResource PutLifecycleConfiguration", "DescribeFileSystems DescribeLifecycleConfiguration ListTagsForResource", "UpdateFileSystem PutLifecycleConfiguration TagResource UntagResource", "DeleteFileSystem"],
  aws_efs_file_system_policy: ["elasticfilesystem", "", "PutFileSystemPolicy", "DescribeFileSystemPolicy", "PutFileSystemPolicy", "DeleteFileSystemPolicy"],
  aws_efs_mount_target: ["elasticfilesystem", "", "CreateMountTarget", "DescribeMountTargets DescribeMountTargetSecurityGroups", "ModifyMountTargetSecurityGroups", "DeleteMountTarget"],
  aws_eip: ["ec2", "ec2:@:elastic-ip/eipalloc-1", "AllocateAddress CreateTags", "DescribeAddresses DescribeAddressesAttribute", "CreateTags DeleteTags", "DisassociateAddress ReleaseAddress"],
  aws_eks_access_entry: ["eks", `${EKS_OF("access-entry")}role/1/x/1`, "CreateAccessEntry TagResource", "DescribeAccessEntry", "UpdateAccessEntry", "DeleteAccessEntry"],
  aws_eks_access_policy_association: ["eks", `${EKS_OF("access-entry")}role/1/x/1`, "AssociateAccessPolicy", "ListAssociatedAccessPolicies", "AssociateAccessPolicy", "DisassociateAccessPolicy"],
  aws_eks_addon: ["eks", `${EKS_OF("addon")}{addon_name}/1`, "CreateAddon TagResource", "DescribeAddon", "UpdateAddon DescribeUpdate", "DeleteAddon"],
  aws_eks_cluster: ["eks", "eks:@:cluster/{name}", "CreateCluster TagResource", "DescribeCluster", "UpdateClusterConfig UpdateClusterVersion DescribeUpdate TagResource UntagResource", "DeleteCluster"],
  aws_eks_node_group: ["eks", `${EKS_OF("nodegroup")}{node_group_name_prefix}1/1`, "CreateNodegroup TagResource", "DescribeNodegroup", "UpdateNodegroupConfig UpdateNodegroupVersion DescribeUpdate", "DeleteNodegroup"],
  aws_elasticache_replication_group: ["elasticache", "elasticache:@:replicationgroup:{replication_group_id}", "CreateReplicationGroup AddTagsToResource", "DescribeReplicationGroups DescribeCacheClusters ListTagsForResource", "ModifyReplicationGroup IncreaseReplicaCount DecreaseReplicaCount AddTagsToResource RemoveTagsFromResource", "DeleteReplicationGroup"],
  aws_elasticache_subnet_group: ["elasticache", "elasticache:@:subnetgroup:{name}", "CreateCacheSubnetGroup AddTagsToResource", "DescribeCacheSubnetGroups ListTagsForResource", "ModifyCacheSubnetGroup", "DeleteCacheSubnetGroup"],
  aws_flow_log: ["ec2", "ec2:@:vpc-flow-log/fl-1", "CreateFlowLogs CreateTags", "DescribeFlowLogs", "CreateTags DeleteTags", "DeleteFlowLogs"],
  aws_iam_openid_connect_provider: ["iam", "iam::#:oidc-provider/{issuer}", "CreateOpenIDConnectProvider TagOpenIDConnectProvider", "GetOpenIDConnectProvider", "UntagOpenIDConnectProvider", "DeleteOpenIDConnectProvider"],
  aws_iam_policy: ["iam", "iam::#:policy{path}{name}", "CreatePolicy TagPolicy", "GetPolicy GetPolicyVersion ListPolicyVersions", "CreatePolicyVersion DeletePolicyVersion TagPolicy UntagPolicy", "DeletePolicy"],
  aws_iam_role: ["iam", "iam::#:role{path}{name}", "CreateRole TagRole", ROLE_READ, "UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription TagRole UntagRole", "DeleteRole ListInstanceProfilesForRole"],
  aws_iam_role_policy: ["iam", "", "PutRolePolicy", "GetRolePolicy", "PutRolePolicy", "DeleteRolePolicy"],
  aws_iam_role_policy_attachment: ["iam", "", "AttachRolePolicy", "ListAttachedRolePolicies", "", "DetachRolePolicy"],
  aws_internet_gateway: ["ec2", "ec2:@:internet-gateway/igw-1", "CreateInternetGateway CreateTags AttachInternetGateway", "DescribeInternetGateways", "CreateTags DeleteTags", "DetachInternetGateway DeleteInternetGateway"],
  aws_kms_alias: ["kms", "kms:@:{name}", "CreateAlias", "ListAliases", "UpdateAlias", "DeleteAlias"],
  aws_kms_key: ["kms", "kms:@:key/1", "CreateKey TagResource EnableKeyRotation", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags", "EnableKeyRotation PutKeyPolicy UpdateKeyDescription TagResource UntagResource", "ScheduleKeyDeletion"],
  aws_launch_template: ["ec2", "ec2:@:launch-template/lt-1", "CreateLaunchTemplate CreateTags", "DescribeLaunchTemplates DescribeLaunchTemplateVersions", "CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplateVersions", "DeleteLaunchTemplate"],
  aws_nat_gateway: ["ec2", "ec2:@:natgateway/nat-1", "CreateNatGateway CreateTags", "DescribeNatGateways", "CreateTags DeleteTags", "DeleteNatGateway"],
  aws_route: ["ec2", "", "CreateRoute", "DescribeRouteTables", "ReplaceRoute", "DeleteRoute"],
  aws_route53_record: ["route53", "route53:::hostedzone/{zone_id}", "ChangeResourceRecordSets", "GetHostedZone ListResourceRecordSets", "ChangeResourceRecordSets", "ChangeResourceRecordSets"],
  aws_route_table: ["ec2", "ec2:@:route-table/rtb-1", "CreateRouteTable CreateTags", "DescribeRouteTables", "CreateTags DeleteTags", "DeleteRouteTable"],
  aws_route_table_association: ["ec2", "", "AssociateRouteTable", "DescribeRouteTables", "", "DisassociateRouteTable"],
  aws_s3_bucket: ["s3", "s3:::{bucket}", "CreateBucket TagResource", "ListBucket GetBucketPolicy GetBucketAcl GetBucketCORS GetBucketWebsite GetBucketVersioning GetAccelerateConfiguration GetBucketRequestPayment GetBucketLogging GetLifecycleConfiguration GetReplicationConfiguration GetEncryptionConfiguration GetBucketObjectLockConfiguration GetBucketTagging ListTagsForResource", "PutBucketTagging TagResource UntagResource", "DeleteBucket ListBucketVersions"],
  aws_s3_bucket_cors_configuration: ["s3", BUCKET, "PutBucketCORS", "GetBucketCORS", "PutBucketCORS", "PutBucketCORS"],
  aws_s3_bucket_lifecycle_configuration: ["s3", BUCKET, "PutLifecycleConfiguration", "GetLifecycleConfiguration", "PutLifecycleConfiguration", "PutLifecycleConfiguration"],
  aws_s3_bucket_logging: ["s3", BUCKET, "PutBucketLogging", "GetBucketLogging", "PutBucketLogging", "PutBucketLogging"],
  aws_s3_bucket_ownership_controls: ["s3", BUCKET, "PutBucketOwnershipControls", "GetBucketOwnershipControls", "PutBucketOwnershipControls", "PutBucketOwnershipControls"],
  aws_s3_bucket_policy: ["s3", BUCKET, "PutBucketPolicy", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"],
  aws_s3_bucket_public_access_block: ["s3", BUCKET, "PutBucketPublicAccessBlock", "GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock", "PutBucketPublicAccessBlock"],
  aws_s3_bucket_server_side_encryption_configuration: ["s3", BUCKET, "PutEncryptionConfiguration", "GetEncryptionConfiguration", "PutEncryptionConfiguration", "PutEncryptionConfiguration"],
  aws_s3_bucket_versioning: ["s3", BUCKET, "PutBucketVersioning", "GetBucketVersioning", "PutBucketVersioning"],
  aws_secretsmanager_secret: ["secretsmanager", "secretsmanager:@:secret:{name_prefix}1-AbCdEf", "CreateSecret TagResource", "DescribeSecret GetResourcePolicy", "UpdateSecret TagResource UntagResource", "DeleteSecret"],
  aws_secretsmanager_secret_version: ["secretsmanager", "", "PutSecretValue", "GetSecretValue DescribeSecret", "PutSecretValue UpdateSecretVersionStage"],
  aws_security_group: ["ec2", "ec2:@:security-group/sg-1", "CreateSecurityGroup CreateTags RevokeSecurityGroupEgress", "DescribeSecurityGroups", "CreateTags DeleteTags", "DeleteSecurityGroup"],
  aws_sesv2_configuration_set: ["ses", "ses:@:configuration-set/{configuration_set_name}", "CreateConfigurationSet TagResource", "GetConfigurationSet ListTagsForResource", "PutConfigurationSetDeliveryOptions", "DeleteConfigurationSet"],
  aws_sesv2_email_identity: ["ses", "ses:@:identity/{email_identity}", "CreateEmailIdentity TagResource", "GetEmailIdentity ListTagsForResource", "PutEmailIdentityConfigurationSetAttributes PutEmailIdentityDkimAttributes", "DeleteEmailIdentity"],
  aws_sesv2_email_identity_mail_from_attributes: ["ses", "ses:@:identity/{email_identity}", "PutEmailIdentityMailFromAttributes", "GetEmailIdentity", "PutEmailIdentityMailFromAttributes", "PutEmailIdentityMailFromAttributes"],
  aws_sns_topic: ["sns", "sns:@:{name}", "CreateTopic TagResource SetTopicAttributes", "GetTopicAttributes ListTagsForResource", "SetTopicAttributes TagResource UntagResource", "DeleteTopic"],
  aws_sns_topic_subscription: ["sns", "", "Subscribe", "GetSubscriptionAttributes", "SetSubscriptionAttributes", "Unsubscribe"],
  aws_sqs_queue: ["sqs", "sqs:@:{name}", "CreateQueue TagQueue", "GetQueueAttributes ListQueueTags", "SetQueueAttributes TagQueue UntagQueue", "DeleteQueue"],
  aws_subnet: ["ec2", "ec2:@:subnet/subnet-1", "CreateSubnet CreateTags", "DescribeSubnets", "ModifySubnetAttribute CreateTags DeleteTags", "DeleteSubnet"],
  aws_vpc_ipv4_cidr_block_association: ["ec2", "", "AssociateVpcCidrBlock", "DescribeVpcs", "", "DisassociateVpcCidrBlock"],
  aws_vpc: ["ec2", "ec2:@:vpc/vpc-1", "CreateVpc CreateTags ModifyVpcAttribute", "DescribeVpcs DescribeVpcAttribute DescribeSecurityGroups DescribeNetworkAcls DescribeRouteTables", "ModifyVpcAttribute CreateTags DeleteTags", "DeleteVpc"],
  aws_vpc_endpoint: ["ec2", "ec2:@:vpc-endpoint/vpce-1", "CreateVpcEndpoint CreateTags", "DescribeVpcEndpoints DescribePrefixLists", "ModifyVpcEndpoint CreateTags DeleteTags", "DeleteVpcEndpoints DescribeNetworkInterfaces"],
  aws_vpc_security_group_egress_rule: ["ec2", "ec2:@:security-group-rule/sgr-1", "AuthorizeSecurityGroupEgress CreateTags", RULE, "ModifySecurityGroupRules CreateTags DeleteTags", "RevokeSecurityGroupEgress"],
  aws_vpc_security_group_ingress_rule: ["ec2", "ec2:@:security-group-rule/sgr-1", "AuthorizeSecurityGroupIngress CreateTags", RULE, "ModifySecurityGroupRules CreateTags DeleteTags", "RevokeSecurityGroupIngress"],
  "data.aws_acm_certificate": ["acm", "acm:@:certificate/1", "", "ListCertificates DescribeCertificate GetCertificate ListTagsForCertificate"],
  "data.aws_availability_zones": ["ec2", "", "", "DescribeAvailabilityZones"],
  "data.aws_caller_identity": ["sts", "", "", ""],
  "data.aws_db_instance": ["rds", "rds:@:db:{db_instance_identifier}", "", "DescribeDBInstances ListTagsForResource"],
  "data.aws_db_snapshot": ["rds", "rds:@:snapshot:{db_snapshot_identifier}", "", "DescribeDBSnapshots"],
  "data.aws_db_instances": ["rds", "", "", "DescribeDBInstances"],
  "data.aws_ec2_instance_type_offerings": ["ec2", "", "", "DescribeInstanceTypeOfferings"],
  "data.aws_ecr_repositories": ["ecr", "ecr:@:repository/*", "", "DescribeRepositories"],
  "data.aws_ecr_repository": ["ecr", "ecr:@:repository/{name}", "", "DescribeRepositories ListTagsForResource"],
  "data.aws_eks_addon_version": ["eks", "", "", "DescribeAddonVersions"],
  "data.aws_eks_cluster": ["eks", "eks:@:cluster/{name}", "", "DescribeCluster"],
  "data.aws_eks_clusters": ["eks", "", "", "ListClusters"],
  "data.aws_cloudwatch_log_groups": ["logs", "", "", "DescribeLogGroups"],
  "data.aws_eks_access_entry": ["eks", `${EKS_OF("access-entry")}role/1/x/1`, "", "DescribeAccessEntry"],
  "data.aws_iam_openid_connect_provider": ["iam", "iam::#:oidc-provider/oidc.eks.{region}.{suffix}/id/1", "", "GetOpenIDConnectProvider"],
  "data.aws_iam_role": ["iam", "iam::#:role/1", "", "GetRole"],
  "data.aws_iam_roles": ["iam", "", "", "ListRoles"],
  "data.aws_iam_session_context": ["iam", "iam::#:role/wave-deployer", "", "GetRole"],
  "data.aws_iam_users": ["iam", "", "", "ListUsers"],
  "data.aws_lbs": ["elasticloadbalancing", "", "", "DescribeLoadBalancers DescribeTags"],
  // A table of the provider.
  "data.aws_lb_hosted_zone_id": ["elasticloadbalancing", "", "", ""],
  "data.aws_rds_orderable_db_instance": ["rds", "", "", "DescribeOrderableDBInstanceOptions"],
  "data.aws_resourcegroupstaggingapi_resources": ["tag", "", "", "GetResources"],
  "data.aws_route53_zone": ["route53", "route53:::hostedzone/{zone_id}", "", "GetHostedZone ListTagsForResource ListResourceRecordSets"],
  "data.aws_route_table": ["ec2", "", "", "DescribeRouteTables"],
  "data.aws_route_tables": ["ec2", "", "", "DescribeRouteTables"],
  "data.aws_secretsmanager_secret_version": ["secretsmanager", "", "", "GetSecretValue"],
  "data.aws_secretsmanager_secret_versions": ["secretsmanager", "secretsmanager:@:secret:{secret_id}-AbCdEf", "", "ListSecretVersionIds"],
  "data.aws_secretsmanager_secrets": ["secretsmanager", "", "", "ListSecrets"],
  "data.aws_security_group": ["ec2", "", "", "DescribeSecurityGroups"],
  "data.aws_sesv2_email_identity": ["ses", "ses:@:identity/{email_identity}", "", "GetEmailIdentity ListTagsForResource"],
  "data.aws_ssm_parameter": ["ssm", "ssm:@:parameter{name}", "", "GetParameter"],
  "data.aws_subnet": ["ec2", "", "", "DescribeSubnets"],
  "data.aws_subnets": ["ec2", "", "", "DescribeSubnets"],
  "data.aws_vpc": ["ec2", "", "", "DescribeVpcs DescribeVpcAttribute DescribeRouteTables"],
  "data.aws_vpc_endpoint_service": ["ec2", "", "", "DescribeVpcEndpointServices"],
  "ephemeral.aws_secretsmanager_random_password": ["secretsmanager", "", "", "GetRandomPassword"],
  "ephemeral.aws_secretsmanager_secret_version": ["secretsmanager", "secretsmanager:@:secret:{secret_id}-AbCdEf", "", "GetSecretValue"],
  "ephemeral.aws_ecr_authorization_token": ["ecr", "", "", "GetAuthorizationToken"],
  // Signed with the caller's credentials, without a call.
  "ephemeral.aws_eks_cluster_auth": ["eks", "", "", ""],
};

/**
 * What the AWS provider asks for a type.
 *
 * @throws Error for a type that is not in the table: what it needs belongs there and into the deployer's policies.
 */
export function callsOfType(type: string): TypeCalls {
  const row = ROWS[type];
  if (row === undefined)
    throw new Error(`${type} has no calls: add them, and their permissions`);
  const [service, arn, create, read, change = "", destroy = ""] = row;
  const named = (names: string): string[] =>
    names
      .split(" ")
      .filter((name) => name !== "")
      .map((name) => `${service}:${name}`);
  return {
    arn: arn === "" ? undefined : arn,
    create: named(create),
    read: named(read),
    change: named(change),
    destroy: named(destroy),
  };
}
