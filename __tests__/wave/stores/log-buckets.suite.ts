import { dataStack, resourceWith } from "../../support/data-stack";
import { exampleSettings } from "../../support/settings";
import { onlyResource, resourcesOf } from "../../support/synth";

const stack = dataStack();
const output = (name: string) => stack.output?.[name]?.value;

test("INF-03, SET-11: build logs, with a key of their own; the name holds the account", () => {
  const [, bucket] = resourceWith(stack, "aws_s3_bucket", "wave-prod-logs-");
  expect(bucket.bucket).toBe("wave-prod-logs-123456789012");
  expect(
    resourceWith(
      stack,
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws:kms",
    )[1].rule,
  ).toMatchObject([
    {
      apply_server_side_encryption_by_default: {
        kms_master_key_id: "${aws_kms_key.build-logs-key.arn}",
      },
    },
  ]);
  expect(output("logs_key_arn")).toBe("${aws_kms_key.build-logs-key.arn}");
  expect(output("logs_bucket")).toMatch(
    /^\$\{aws_s3_bucket_policy\.buckets_logs_policy_\w+\.bucket\}$/,
  );
});

test("access to it is logged in the other bucket, once that one lets S3 deliver", () => {
  expect(onlyResource(stack, "aws_s3_bucket_logging")).toMatchObject({
    target_bucket: output("access_logs_bucket"),
    target_prefix: "s3/",
  });
  expect(output("access_logs_bucket")).toMatch(
    /^\$\{aws_s3_bucket_policy\.buckets_access-logs_bucket_policy_\w+\.bucket\}$/,
  );
});

test("the days of the settings reach both", () => {
  const kept = dataStack(
    exampleSettings({
      data: {
        logs: { expirationDays: 11, oldVersionDays: 12, accessLogDays: 13 },
      },
    }),
  );
  const rules = Object.entries(
    resourcesOf(kept, "aws_s3_bucket_lifecycle_configuration"),
  ).map(([id, { rule }]) => [id.replace(/_lifecycle_\w+$/, ""), rule]);
  expect(Object.fromEntries(rules)).toMatchObject({
    buckets_logs: [
      {
        expiration: [{ days: 11 }],
        noncurrent_version_expiration: [{ noncurrent_days: 12 }],
      },
    ],
    "buckets_access-logs_bucket": [
      {
        expiration: [{ days: 13 }],
        noncurrent_version_expiration: [{ noncurrent_days: 12 }],
      },
    ],
  });
});
