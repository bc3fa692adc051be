import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { at, companionsOf, first, isOn, referred } from "../reading";
import { bucketKey, deniedWithoutTls, keyOf } from "./data-keys";
import {
  KEPT,
  backupsOf,
  daysText,
  imagesKept,
  objectsKept,
} from "./data-kept";
import { textOf } from "./shown";
import { lines } from "./table";

/** What the JSON says of one store. */
interface Store {
  /** As people call the service. */
  readonly kind: string;
  /** What is in it, where that is not what names the resource. */
  readonly holds?: string;
  /** Construct path of the key, its ARN, or whose key it is; undefined: not encrypted. */
  readonly key: string | undefined;
  /** What requires TLS; undefined: nothing does. Empty: nobody connects to it. */
  readonly tls: string | undefined;
  /** Copies that help after a loss; undefined: none, where there should be some. */
  readonly backup?: string | undefined;
  /** How long what is in it stays. */
  readonly kept: string;
  /** What a destroy does where nothing refuses it. */
  readonly end: string;
  /** What is left then; absent: nothing. */
  readonly left?: string;
}

/** The only protocol of the service's endpoints (AWS General Reference, "Service endpoints"). */
const API = { tls: "HTTPS, the one protocol of this API", backup: "" };

/** Reads a store; undefined where the resource has none of the kind. */
type Read = (graph: Graph, one: Subject) => Store | undefined;

/** A store that the JSON makes. */
export interface Found {
  readonly subject: Subject;
  readonly store: Store;
}

/** Every store of all types. */
export const storesIn = (graph: Graph): Found[] =>
  [...Object.entries(STORES), ...Object.entries(SECOND_STORES)].flatMap(
    ([type, read]) =>
      ofType(graph, type).flatMap((subject) => {
        const store = read(graph, subject);
        return store === undefined ? [] : [{ subject, store }];
      }),
  );

/** Stores by type. What is not here holds no data of its own. */
const STORES: Readonly<Record<string, Read>> = {
  aws_efs_file_system: (graph, one) => {
    const backup = backupsOf(graph, one);
    return {
      kind: "EFS",
      key: isOn(one.body.encrypted) ? keyOf(graph, one) : undefined,
      tls: deniedWithoutTls(graph, one),
      backup,
      kept: KEPT,
      end: "deleted with all files",
      ...(backup !== undefined && { left: "recovery points in the vault" }),
    };
  },
  aws_db_instance: (graph, one) => {
    const { body } = one;
    const days = textOf(body.backup_retention_period, "0");
    const isForced = targetsOf(graph, one.stack, body.parameter_group_name)
      .flatMap((group) => at(group.body, "parameter"))
      .some(
        (set) =>
          first(set, "name") === "rds.force_ssl" &&
          textOf(first(set, "value")) === "1",
      );
    return {
      kind: "RDS",
      key: isOn(body.storage_encrypted) ? keyOf(graph, one) : undefined,
      tls: isForced ? "rds.force_ssl = 1" : undefined,
      backup:
        days === "0" ? undefined : `daily, and any moment of ${days} days`,
      kept: KEPT,
      end: deletedUnless(body.deletion_protection),
      left: lines([
        ...leftUnless(body.deletion_protection),
        ...(isOn(body.skip_final_snapshot) ? [] : [FINAL_SNAPSHOT]),
        ...(body.delete_automated_backups === false && days !== "0"
          ? [`automated backups, up to ${days} days`]
          : []),
      ]),
    };
  },
  aws_elasticache_replication_group: (graph, one) => {
    const { body } = one;
    const count = textOf(body.snapshot_retention_limit, "0");
    return {
      kind: "ElastiCache",
      key: isOn(body.at_rest_encryption_enabled)
        ? keyOf(graph, one)
        : undefined,
      tls:
        body.transit_encryption_mode === "required"
          ? "transit_encryption_mode = required"
          : undefined,
      backup: count === "0" ? undefined : `daily snapshots, ${count} days`,
      kept: "as long as its clients say",
      end: "deleted with its daily snapshots",
      ...(body.final_snapshot_identifier !== undefined && {
        left: FINAL_SNAPSHOT,
      }),
    };
  },
  aws_s3_bucket: (graph, one) => ({
    kind: "S3",
    key: bucketKey(graph, one),
    tls: deniedWithoutTls(graph, one),
    backup: companionsOf(graph, one, "aws_s3_bucket_versioning", "bucket").some(
      ({ body }) =>
        first(body, "versioning_configuration.status") === "Enabled",
    )
      ? "earlier versions of objects"
      : undefined,
    kept: objectsKept(graph, one),
    ...emptyFirst(one.body.force_destroy, "objects"),
  }),
  aws_ecr_repository: (graph, one) => ({
    ...API,
    kind: "ECR",
    key: keyOf(graph, one, "encryption_configuration.kms_key"),
    kept: imagesKept(graph, one),
    ...emptyFirst(one.body.force_delete, "images"),
  }),
  aws_dynamodb_table: (graph, one) => ({
    kind: "DynamoDB",
    key: keyOf(graph, one, "server_side_encryption.kms_key_arn"),
    tls: deniedWithoutTls(graph, one),
    backup: isOn(first(one.body, "point_in_time_recovery.enabled"))
      ? "any moment of 35 days"
      : undefined,
    kept: KEPT,
    end: deletedUnless(
      one.body.deletion_protection_enabled,
      "deletion_protection_enabled",
    ),
    left: lines(leftUnless(one.body.deletion_protection_enabled)),
  }),
  aws_sqs_queue: (graph, one) => ({
    kind: "SQS queue",
    key: keyOf(graph, one, "kms_master_key_id"),
    tls: deniedWithoutTls(graph, one),
    backup: "",
    // Unset, SQS keeps a message for 4 days (SetQueueAttributes, SQS API reference).
    kept: `at most ${daysText(Number(one.body.message_retention_seconds ?? 345_600) / 86_400)}`,
    end: "deleted with all messages",
  }),
  aws_sns_topic: (graph, one) => ({
    kind: "SNS topic",
    key: keyOf(graph, one, "kms_master_key_id"),
    tls: deniedWithoutTls(graph, one),
    backup: "",
    kept: "until a message is delivered",
    end: "deleted",
  }),
  aws_secretsmanager_secret: (graph, one) => {
    const days = textOf(one.body.recovery_window_in_days, "30");
    return {
      ...API,
      kind: "secret",
      key: keyOf(graph, one),
      kept: "until it is rotated",
      end: days === "0" ? "deleted at once" : "scheduled for deletion",
      ...(days !== "0" && { left: `${days} days to restore it` }),
    };
  },
  aws_cloudwatch_log_group: (graph, one) => ({
    ...API,
    kind: "log group",
    key: keyOf(graph, one),
    kept: daysText(one.body.retention_in_days),
    end: "deleted with all logs",
    ...(isOn(one.body.skip_destroy) && { end: "forgotten", left: "all logs" }),
  }),
  aws_backup_vault: (graph, one) => ({
    ...API,
    kind: "backup vault",
    key: keyOf(graph, one, "kms_key_arn"),
    kept: companionsOf(graph, one, "aws_backup_plan", "rule.target_vault_name")
      .flatMap(({ body }) => at(body, "rule.lifecycle.delete_after"))
      .map(daysText)
      .join(", "),
    ...emptyFirst(one.body.force_destroy, "recovery points"),
  }),
  aws_eks_cluster: (graph, one) => ({
    ...API,
    kind: "Secrets of the cluster",
    key: keyOf(graph, one, "encryption_config.provider.key_arn"),
    kept: "as long as the object",
    end: deletedUnless(one.body.deletion_protection),
    left: lines(leftUnless(one.body.deletion_protection)),
  }),
  aws_launch_template: (graph, one) => {
    const volumes = at(one.body, "block_device_mappings.ebs");
    const isEncrypted = volumes.every((ebs) => isOn(first(ebs, "encrypted")));
    return {
      kind: "volumes of nodes",
      key: !isEncrypted
        ? undefined
        : at(one.body, "block_device_mappings.ebs.kms_key_id").length === 0
          ? "the account's key for EBS: AWS's, unless somebody set another"
          : keyOf(graph, one, "block_device_mappings.ebs.kms_key_id"),
      tls: "",
      backup: "",
      kept: "as long as the node",
      end: "deleted with the node",
    };
  },
  aws_kms_key: (_graph, { body }) => ({
    ...API,
    kind: "key",
    key: "AWS KMS",
    kept: isOn(body.enable_key_rotation)
      ? "new material each year, the old is kept"
      : "not rotated",
    end: "scheduled for deletion; then nobody reads what it encrypts, copies included",
    left: `${textOf(body.deletion_window_in_days, "30")} days to restore it`,
  }),
  kubernetes_persistent_volume_v1: (graph, one) => {
    const source = "spec.persistent_volume_source";
    const [files] = referred(
      graph,
      one,
      `${source}.csi.volume_handle`,
      "aws_efs_file_system",
    );
    const as = files === undefined ? "as its server" : `as ${files.path}`;
    const isNfs = at(one.body, `${source}.nfs`).length > 0;
    return {
      kind: "volume",
      key: as,
      tls: isNfs ? undefined : as,
      backup: as,
      kept: KEPT,
      end: "forgotten: its files stay as long as what holds them",
    };
  },
};

/** What a resource keeps beside its own store. */
const SECOND_STORES: Readonly<Record<string, Read>> = {
  aws_db_instance: (graph, one) =>
    isOn(one.body.performance_insights_enabled)
      ? {
          ...API,
          kind: "Performance Insights of",
          holds: "statements of the database that took time, with their text",
          key: keyOf(graph, one, "performance_insights_kms_key_id"),
          // Unset, RDS keeps it for 7 days ("Performance Insights", RDS user guide).
          kept: daysText(one.body.performance_insights_retention_period ?? 7),
          end: "deleted with the database",
        }
      : undefined,
};

const FINAL_SNAPSHOT = "final snapshot, until somebody deletes it";

const deletedUnless = (
  isProtected: unknown,
  attribute = "deletion_protection",
): string => (isOn(isProtected) ? `refused by AWS: ${attribute}` : "deleted");

const leftUnless = (isProtected: unknown): string[] =>
  isOn(isProtected) ? ["all of it, until its protection is off"] : [];

/** AWS refuses to delete a store with something in it, unless it is told otherwise. */
const emptyFirst = (isForced: unknown, what: string) =>
  isOn(isForced)
    ? { end: `deleted with all ${what}` }
    : { end: `refused by AWS while it holds ${what}`, left: `all ${what}` };
