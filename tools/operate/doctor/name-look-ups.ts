import {
  BackupClient,
  DescribeBackupVaultCommand,
} from "@aws-sdk/client-backup";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { errorName } from "../aws/errors";
import { type Examined } from "./examined";

/** Who has a name. */
export interface Holder {
  /** With its article: `an EKS cluster`. */
  readonly what: string;
  /** Whether it is in this account. */
  readonly isOurs: boolean;
}

type LookUp = (examined: Examined, name: string) => Promise<Holder | undefined>;

/** How a name is looked up, by the type of its resource in Terraform; undefined where nobody has it. */
export const LOOK_UPS: Readonly<Record<string, LookUp>> = {
  aws_s3_bucket: bucket,
  aws_eks_cluster: lookUp(
    "an EKS cluster",
    "ResourceNotFoundException",
    ({ aws }, name) =>
      aws.client(EKSClient).send(new DescribeClusterCommand({ name })),
  ),
  aws_iam_role: lookUp("a role", "NoSuchEntityException", ({ aws }, RoleName) =>
    aws.client(IAMClient).send(new GetRoleCommand({ RoleName })),
  ),
  aws_ecr_repository: lookUp(
    "a repository",
    "RepositoryNotFoundException",
    ({ aws }, name) =>
      aws
        .client(ECRClient)
        .send(new DescribeRepositoriesCommand({ repositoryNames: [name] })),
  ),
  aws_sesv2_email_identity: lookUp(
    "an identity of SES",
    "NotFoundException",
    ({ aws }, EmailIdentity) =>
      aws
        .client(SESv2Client)
        .send(new GetEmailIdentityCommand({ EmailIdentity })),
  ),
  aws_db_instance: lookUp(
    "a database",
    "DBInstanceNotFoundFault",
    ({ aws }, DBInstanceIdentifier) =>
      aws
        .client(RDSClient)
        .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier })),
  ),
  aws_elasticache_replication_group: lookUp(
    "a replication group",
    "ReplicationGroupNotFoundFault",
    ({ aws }, ReplicationGroupId) =>
      aws
        .client(ElastiCacheClient)
        .send(new DescribeReplicationGroupsCommand({ ReplicationGroupId })),
  ),
  aws_backup_vault: lookUp(
    "a backup vault",
    "ResourceNotFoundException",
    ({ aws }, BackupVaultName) =>
      aws
        .client(BackupClient)
        .send(new DescribeBackupVaultCommand({ BackupVaultName })),
  ),
  aws_dynamodb_table: lookUp(
    "a table",
    "ResourceNotFoundException",
    ({ aws }, TableName) =>
      aws.client(DynamoDBClient).send(new DescribeTableCommand({ TableName })),
  ),
};

/** @param none Name of the error that means that nobody has it, with or without its end. */
function lookUp(
  what: string,
  none: string,
  ask: (examined: Examined, name: string) => Promise<unknown>,
): LookUp {
  const isNone = (error: unknown): boolean =>
    stem(errorName(error)) === stem(none);
  return async (examined, name) => {
    try {
      await ask(examined, name);
      return { what, isOurs: true };
    } catch (error) {
      if (isNone(error)) return undefined;
      throw error;
    }
  };
}

const stem = (name: string): string => name.replace(/(Exception|Fault)$/, "");

/** A name of a bucket is one in all of AWS: one of another account refuses. */
async function bucket(
  { aws }: Examined,
  Bucket: string,
): Promise<Holder | undefined> {
  try {
    await aws.client(S3Client).send(new HeadBucketCommand({ Bucket }));
    return { what: "a bucket", isOurs: true };
  } catch (error) {
    // An answer to HEAD has no body, so no name either.
    const status = (error as { $metadata?: { httpStatusCode?: number } })
      .$metadata?.httpStatusCode;
    if (status === 404) return undefined;
    if (status === 403 || status === 301)
      return { what: "a bucket of somebody else", isOurs: false };
    throw error;
  }
}
