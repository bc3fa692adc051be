import { type Change } from "./plan-json";

/** What holds data that nothing else has, by type: one of them, and several. */
const STORES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  aws_backup_vault: ["backup vault", "backup vaults"],
  aws_cloudwatch_log_group: ["log group", "log groups"],
  aws_db_instance: ["database", "databases"],
  aws_dynamodb_table: ["DynamoDB table", "DynamoDB tables"],
  aws_ecr_repository: ["ECR repository", "ECR repositories"],
  aws_efs_file_system: ["file system", "file systems"],
  // What stands in the cluster alone: everything that others deployed there.
  aws_eks_cluster: ["cluster", "clusters"],
  aws_elasticache_replication_group: ["Redis", "Redis groups"],
  // Without its key nothing can be read that was written with it.
  aws_kms_key: ["KMS key", "KMS keys"],
  aws_s3_bucket: ["bucket", "buckets"],
  aws_secretsmanager_secret: ["secret", "secrets"],
  aws_sqs_queue: ["queue", "queues"],
  // With everything that anybody put into it.
  kubernetes_namespace_v1: ["namespace", "namespaces"],
  kubernetes_persistent_volume_claim_v1: ["volume claim", "volume claims"],
  kubernetes_persistent_volume_v1: ["volume", "volumes"],
};

/** Whether a type of resource holds data. */
export const isStore = (type: string): boolean => type in STORES;

/** Changes after which data is gone: a store is removed, or made anew. */
export const lossesOf = (changes: readonly Change[]): Change[] =>
  changes.filter(
    ({ type, action }) =>
      isStore(type) && (action === "delete" || action === "replace"),
  );

/** Stores in words, such as `1 database, 2 buckets`. */
export function storesInWords(
  stores: readonly { readonly type: string }[],
): string {
  const types = [...new Set(stores.map(({ type }) => type))];
  return types
    .map((type) => {
      const count = stores.filter((store) => store.type === type).length;
      const [one, many] = STORES[type] ?? [type, type];
      return `${count} ${count === 1 ? one : many}`;
    })
    .join(", ");
}
