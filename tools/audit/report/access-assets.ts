/** What somebody may do with an asset, and the calls of AWS that do it. On things inside of the asset after a slash. */
export interface Operations {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly remove: readonly string[];
  readonly administer: readonly string[];
  /** Calls that name what lies inside, such as an object of a bucket, and what then follows the name of the asset. */
  readonly inside?: { readonly calls: RegExp; readonly after: string };
}

const of = (
  service: string,
  read: string,
  write: string,
  remove: string,
  administer: string,
  inside?: Operations["inside"],
): Operations => {
  const calls = (names: string): string[] =>
    names === "" ? [] : names.split(" ").map((name) => `${service}:${name}`);
  return {
    read: calls(read),
    write: calls(write),
    remove: calls(remove),
    administer: calls(administer),
    ...(inside && { inside }),
  };
};

/** By type of the resource: read, write, remove, administer. Data of RDS and Redis is behind a password, a copy of it behind IAM. */
// prettier-ignore
export const OPERATIONS: Readonly<Record<string, Operations>> = {
  aws_s3_bucket: of("s3", "GetObject", "PutObject", "DeleteObject DeleteObjectVersion DeleteBucket", "PutBucketPolicy PutLifecycleConfiguration PutBucketVersioning", { calls: /Object/, after: "/" }),
  aws_ecr_repository: of("ecr", "BatchGetImage", "PutImage", "BatchDeleteImage DeleteRepository", "SetRepositoryPolicy PutLifecyclePolicy PutImageTagMutability"),
  aws_efs_file_system: of("elasticfilesystem", "ClientMount", "ClientWrite ClientRootAccess", "DeleteFileSystem", "PutFileSystemPolicy CreateAccessPoint"),
  aws_db_instance: of("rds", "RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime", "", "DeleteDBInstance", "ModifyDBInstance"),
  aws_elasticache_replication_group: of("elasticache", "CreateSnapshot CreateReplicationGroup", "", "DeleteReplicationGroup", "ModifyReplicationGroup"),
  aws_kms_key: of("kms", "Decrypt", "Encrypt GenerateDataKey", "ScheduleKeyDeletion", "PutKeyPolicy CreateGrant"),
  aws_secretsmanager_secret: of("secretsmanager", "GetSecretValue", "PutSecretValue", "DeleteSecret", "PutResourcePolicy"),
  aws_sqs_queue: of("sqs", "ReceiveMessage", "SendMessage", "DeleteMessage PurgeQueue DeleteQueue", "SetQueueAttributes"),
  aws_sns_topic: of("sns", "Subscribe", "Publish", "DeleteTopic", "SetTopicAttributes"),
  aws_dynamodb_table: of("dynamodb", "GetItem Query Scan", "PutItem UpdateItem", "DeleteItem DeleteTable", "UpdateTable PutResourcePolicy"),
  aws_backup_vault: of("backup", "StartRestoreJob", "StartBackupJob", "DeleteRecoveryPoint DeleteBackupVault", "PutBackupVaultAccessPolicy"),
  aws_cloudwatch_log_group: of("logs", "GetLogEvents", "PutLogEvents", "DeleteLogGroup", "PutRetentionPolicy", { calls: /LogEvents/, after: ":log-stream:" }),
  aws_acm_certificate: of("acm", "", "", "DeleteCertificate", ""),
  aws_sesv2_email_identity: of("ses", "", "SendRawEmail", "DeleteEmailIdentity", "PutEmailIdentityMailFromAttributes"),
  aws_route53_zone: of("route53", "", "ChangeResourceRecordSets", "DeleteHostedZone", ""),
  aws_eks_cluster: of("eks", "", "", "DeleteCluster", "CreateAccessEntry AssociateAccessPolicy UpdateClusterConfig"),
};
