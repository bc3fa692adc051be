import { type Graph, type Subject } from "../graph";
import { at, numberOf, referred } from "../reading";

import {
  type Check,
  type WrittenRule,
  all,
  check,
  companion,
  customerKey,
  on,
  oneOf,
  present,
} from "../rule";

const BUCKET = ["aws_s3_bucket"];

const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";
const KEY = "rule.apply_server_side_encryption_by_default.kms_master_key_id";

/** A companion of a bucket that passes a check. */
const with_ = (type: string, test?: Check): Check =>
  companion(type, "bucket", test);

/** Buckets. */
export const s3Rules: readonly WrittenRule[] = [
  {
    id: "s3/ownership",
    sentence: "ACLs are off: the bucket's owner owns the objects.",
    externalIds: ["CKV2_AWS_65", "CKV_AWS_20", "CKV_AWS_57"],
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_ownership_controls",
      oneOf("rule.object_ownership", "BucketOwnerEnforced"),
    ),
  },
  {
    id: "s3/key",
    sentence: "Objects are encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_145", "AWS-0132"],
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_server_side_encryption_configuration",
      all(oneOf(ALGORITHM, "aws:kms"), customerKey(KEY)),
    ),
  },
  {
    id: "s3/no-client-keys",
    sentence: "Nobody encrypts objects with a key that only he has.",
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_server_side_encryption_configuration",
      check("rule.blocked_encryption_types", ({ body }) =>
        at(body, "rule.blocked_encryption_types").includes("SSE-C"),
      ),
    ),
  },
  {
    id: "s3/lifecycle",
    sentence: "Objects, or their old versions, do not pile up for ever.",
    externalIds: ["CKV2_AWS_61"],
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_lifecycle_configuration",
      all(
        oneOf("rule.status", "Enabled"),
        present("rule.noncurrent_version_expiration"),
      ),
    ),
  },
  {
    id: "s3/uploads",
    sentence: "Uploads that never ended are removed.",
    externalIds: ["CKV_AWS_300"],
    types: ["aws_s3_bucket_lifecycle_configuration"],
    ...present("rule.abort_incomplete_multipart_upload.days_after_initiation"),
  },
  {
    id: "s3/old-versions",
    sentence:
      "An overwritten object can be fetched back for 30 days, an expired log for a year before.",
    types: ["aws_s3_bucket_lifecycle_configuration"],
    ...check(
      [
        "rule.noncurrent_version_expiration.noncurrent_days",
        "rule.expiration.days",
      ],
      ({ body }) =>
        at(body, "rule.noncurrent_version_expiration").every((one) =>
          Object.hasOwn(one as object, "noncurrent_days"),
        ) &&
        at(body, "rule.noncurrent_version_expiration.noncurrent_days").every(
          (days) => numberOf(days) >= 30,
        ) &&
        at(body, "rule.expiration.days").every((days) => numberOf(days) >= 365),
    ),
  },
  {
    id: "s3/access-log",
    sentence: "Access to the bucket is logged.",
    externalIds: ["CKV_AWS_18", "AWS-0089"],
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_logging",
      check(
        "target_bucket",
        (subject, graph) => targetBuckets(subject, graph).length === 1,
      ),
    ),
  },
  {
    id: "s3/object-lock",
    sentence: "Objects are locked against deletion.",
    externalIds: ["CKV_AWS_143"],
    types: BUCKET,
    ...with_("aws_s3_bucket_object_lock_configuration"),
  },
  {
    id: "s3/mfa-delete",
    sentence: "Deleting a version needs a second factor.",
    externalIds: ["AWS-0170"],
    types: BUCKET,
    ...with_(
      "aws_s3_bucket_versioning",
      oneOf("versioning_configuration.mfa_delete", "Enabled"),
    ),
  },
  {
    id: "s3/kept-bucket",
    sentence: "Terraform refuses to delete a bucket, and to empty it.",
    types: BUCKET,
    ...all(
      on("lifecycle.prevent_destroy"),
      check("force_destroy", ({ body }) => body.force_destroy !== true),
    ),
  },
];

function targetBuckets(subject: Subject, graph: Graph): Subject[] {
  return [
    ...referred(graph, subject, "target_bucket", "aws_s3_bucket"),
    ...referred(graph, subject, "target_bucket", "aws_s3_bucket_policy"),
  ];
}
