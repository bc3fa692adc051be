import { type PolicyDocument } from "../../../modules/lib/policy";
import { dataStack, resourceWith } from "../../support/data-stack";
import { currentSettings } from "../../support/settings";
import { resourcesOf } from "../../support/synth";

const stack = dataStack(
  currentSettings({ data: { buildCache: { expirationDays: 12 } } }),
);
const output = (name: string) => stack.output?.[name]?.value;
const NAME = "wave-prod-build-cache-123456789012";
const [id, bucket] = resourceWith(stack, "aws_s3_bucket", NAME);
/** The one configuration of a type that belongs to the bucket. */
const configuration = (type: string) =>
  resourceWith(stack, type, `\${aws_s3_bucket.${id}.id}`)[1];

test("IAM-08: a private bucket with a key of its own, kept as the others are", () => {
  expect(bucket).toMatchObject({
    bucket: NAME,
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(configuration("aws_s3_bucket_public_access_block")).toMatchObject({
    restrict_public_buckets: true,
  });
  const [key] = resourceWith(stack, "aws_kms_key", "wave-prod-build-cache");
  expect(
    configuration("aws_s3_bucket_server_side_encryption_configuration").rule,
  ).toMatchObject([
    {
      apply_server_side_encryption_by_default: {
        kms_master_key_id: `\${aws_kms_key.${key}.arn}`,
      },
    },
  ]);
  expect(output("build_cache_key_arn")).toBe(`\${aws_kms_key.${key}.arn}`);
});

test("IAM-08: layers expire after the days of the settings, replaced ones the day after", () => {
  expect(
    configuration("aws_s3_bucket_lifecycle_configuration").rule,
  ).toMatchObject([
    {
      expiration: [{ days: 12 }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    },
  ]);
});

test("access to it is logged, and the other bucket lets S3 deliver for it", () => {
  expect(configuration("aws_s3_bucket_logging")).toMatchObject({
    target_bucket: output("access_logs_bucket"),
    target_prefix: "s3/",
  });
  const { policy } = resourceWith(
    stack,
    "aws_s3_bucket_policy",
    "S3DeliversAccessLogs",
  )[1];
  const delivery = (JSON.parse(policy as string) as PolicyDocument).Statement;
  expect(
    delivery.find(({ Sid }) => Sid === "S3DeliversAccessLogs"),
  ).toMatchObject({
    Condition: {
      ArnEquals: {
        "aws:SourceArn": [
          "arn:aws:s3:::wave-prod-logs-123456789012",
          `arn:aws:s3:::${NAME}`,
        ],
      },
    },
  });
});

test("IAM-08: who uses the bucket waits until its policy stands", () => {
  const [policy] = resourceWith(
    stack,
    "aws_s3_bucket_policy",
    `\${aws_s3_bucket.${id}.id}`,
  );
  expect(output("build_cache_bucket")).toBe(
    `\${aws_s3_bucket_policy.${policy}.bucket}`,
  );
});

test("IAM-08: not asked for, there is none", () => {
  const without = dataStack(currentSettings());
  expect(JSON.stringify(without)).not.toContain("build-cache");
  expect(Object.keys(resourcesOf(without, "aws_s3_bucket"))).toHaveLength(2);
  expect(without.output).not.toHaveProperty("build_cache_bucket");
  expect(without.output).not.toHaveProperty("build_cache_key_arn");
});
