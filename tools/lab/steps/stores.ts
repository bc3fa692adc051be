import { type Stores } from "../aws/account";
import { type State, attributesOf } from "../terraform/state";

/** Stores of an environment that AWS refuses to delete while they are filled. */
export function storesOf(states: readonly State[]): Stores {
  const texts = (type: string, field: string) =>
    attributesOf(states, type).map((one) => String(one[field]));
  return {
    buckets: texts("aws_s3_bucket", "bucket"),
    repositories: texts("aws_ecr_repository", "name"),
    vaults: texts("aws_backup_vault", "name"),
    backedUpArn: texts("aws_efs_file_system", "arn")[0] ?? "",
    backupRoleArn: texts("aws_iam_role", "arn")[0] ?? "",
  };
}
