import { type Graph, type Subject } from "../graph";
import { at, companionsOf, documentOf, first, referred } from "../reading";
import { shown, textOf } from "./shown";

const AWS_KEY = "AWS's key for the service";

/** A key of ours by its path, that of somebody else by its ARN, or AWS's where none is named. */
export function keyOf(
  graph: Graph,
  subject: Subject,
  path = "kms_key_id",
): string {
  const [key] = referred(graph, subject, path, "aws_kms_key");
  const given = textOf(first(subject.body, path));
  return (
    key?.path ?? (given === "" ? AWS_KEY : shown(graph, subject.stack, given))
  );
}

/** The key of a bucket: S3 encrypts every object, with its own key where nothing else is said. */
export function bucketKey(graph: Graph, bucket: Subject): string {
  const path = "rule.apply_server_side_encryption_by_default";
  const [encryption] = companionsOf(
    graph,
    bucket,
    "aws_s3_bucket_server_side_encryption_configuration",
    "bucket",
  );
  return encryption === undefined
    ? AWS_KEY
    : keyOf(graph, encryption, `${path}.kms_master_key_id`);
}

/** Types with a policy of a store, and the attribute that names the store. */
const POLICIES: Readonly<
  Record<string, readonly [type: string, path: string]>
> = {
  aws_s3_bucket: ["aws_s3_bucket_policy", "bucket"],
  aws_efs_file_system: ["aws_efs_file_system_policy", "file_system_id"],
  aws_sns_topic: ["aws_sns_topic_policy", "arn"],
};

/** A policy of the store, its own attribute or a resource beside it, denies what comes without TLS. */
export function deniedWithoutTls(
  graph: Graph,
  store: Subject,
): string | undefined {
  const [type, path] = POLICIES[store.type] ?? [];
  const beside =
    type === undefined || path === undefined
      ? []
      : companionsOf(graph, store, type, path);
  return [store, ...beside]
    .flatMap(({ body }) => at(documentOf(body.policy), "Statement"))
    .some(
      (statement) =>
        first(statement, "Effect") === "Deny" &&
        first(statement, "Condition.Bool.aws:SecureTransport") === "false",
    )
    ? "its policy"
    : undefined;
}
