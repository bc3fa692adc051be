import { TerraformOutput } from "cdktf";
import {
  PrivateBucket,
  type PrivateBucketProps,
} from "../../../modules/aws/s3/bucket";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, synthOne } from "../../support/synth";

const props: PrivateBucketProps = {
  name: "wave-prod-logs-123456789012",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/logs",
  expirationDays: 365,
  accessLogs: { bucket: "access-logs", prefix: "s3" },
};
const stackOf = (change: Partial<PrivateBucketProps> = {}) =>
  synthOne((stack) => {
    const { bucketName } = new PrivateBucket(stack, "logs", {
      ...props,
      ...change,
    });
    new TerraformOutput(stack, "name", { value: bucketName });
  });
const stack = stackOf();
const policyOf = (change: Partial<PrivateBucketProps> = {}) =>
  JSON.parse(
    onlyResource(stackOf(change), "aws_s3_bucket_policy").policy as string,
  ) as PolicyDocument;

test("closed to the public in all four ways, and without ACLs", () => {
  expect(
    onlyResource(stack, "aws_s3_bucket_public_access_block"),
  ).toMatchObject({
    bucket: "${aws_s3_bucket.logs.id}",
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(onlyResource(stack, "aws_s3_bucket_ownership_controls")).toMatchObject(
    { rule: { object_ownership: "BucketOwnerEnforced" } },
  );
});

test("SSE-KMS with the customer managed key", () => {
  expect(
    onlyResource(stack, "aws_s3_bucket_server_side_encryption_configuration")
      .rule,
  ).toEqual([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: props.kmsKeyArn,
      },
      bucket_key_enabled: true,
      blocked_encryption_types: ["SSE-C"],
    },
  ]);
});

test("EXC-06: SSE-S3 where no key is possible", () => {
  expect(
    onlyResource(
      stackOf({ kmsKeyArn: undefined }),
      "aws_s3_bucket_server_side_encryption_configuration",
    ).rule,
  ).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
      blocked_encryption_types: ["SSE-C"],
    },
  ]);
});

test("BAK-04: versions, which expire; abandoned uploads go", () => {
  expect(onlyResource(stack, "aws_s3_bucket_versioning")).toMatchObject({
    versioning_configuration: { status: "Enabled" },
  });
  const lifecycle = onlyResource(
    stack,
    "aws_s3_bucket_lifecycle_configuration",
  );
  expect(lifecycle.rule).toEqual([
    {
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ days: 365 }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
  ]);
  expect(lifecycle.depends_on).toEqual([
    expect.stringMatching(/^aws_s3_bucket_versioning\./) as unknown,
  ]);
});

test("without an expiry objects stay, and orphaned delete markers go", () => {
  expect(
    onlyResource(
      stackOf({ expirationDays: undefined }),
      "aws_s3_bucket_lifecycle_configuration",
    ).rule,
  ).toMatchObject([{ expiration: [{ expired_object_delete_marker: true }] }]);
});

test("nothing without TLS, on the bucket and on its objects", () => {
  expect(policyOf().Statement).toEqual([
    {
      Sid: "NothingWithoutTls",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [
        "arn:aws:s3:::wave-prod-logs-123456789012",
        "arn:aws:s3:::wave-prod-logs-123456789012/*",
      ],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
  expect(policyOf({ partition: "aws-us-gov" }).Statement[0]?.Resource).toEqual([
    "arn:aws-us-gov:s3:::wave-prod-logs-123456789012",
    "arn:aws-us-gov:s3:::wave-prod-logs-123456789012/*",
  ]);
});

test("access is logged, unless the bucket is a log bucket itself (EXC-05)", () => {
  expect(onlyResource(stack, "aws_s3_bucket_logging")).toMatchObject({
    target_bucket: "access-logs",
    target_prefix: "s3/",
  });
  expect(stackOf({ accessLogs: undefined }).resource).not.toHaveProperty(
    "aws_s3_bucket_logging",
  );
});

test("kept, or emptied and deleted", () => {
  expect(onlyResource(stack, "aws_s3_bucket")).toMatchObject({
    bucket: "wave-prod-logs-123456789012",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(stackOf({ retain: false }), "aws_s3_bucket"),
  ).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("who uses the bucket's name waits for its policy", () => {
  expect(stack.output?.name?.value).toMatch(
    /^\$\{aws_s3_bucket_policy\.logs_policy_\w+\.bucket\}$/,
  );
});

test("objects of one folder expire; old versions and abandoned uploads go in the whole bucket", () => {
  const { rule } = onlyResource(
    stackOf({
      expirationDays: 30,
      expirationPrefix: "work",
      oldVersionDays: 1,
    }),
    "aws_s3_bucket_lifecycle_configuration",
  );
  expect(rule).toEqual([
    {
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: "work/" }],
      expiration: [{ days: 30 }],
    },
    {
      id: "tidy-up",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ expired_object_delete_marker: true }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
  ]);
});

test("objects with a tag expire earlier than the others", () => {
  const { rule } = onlyResource(
    stackOf({
      expirationOfTag: { key: "requestType", value: "work", days: 2 },
    }),
    "aws_s3_bucket_lifecycle_configuration",
  );
  expect(rule).toEqual([
    expect.objectContaining({
      id: "expire",
      expiration: [{ days: 365 }],
    }) as unknown,
    {
      id: "expire-tagged",
      status: "Enabled",
      filter: [{ tag: [{ key: "requestType", value: "work" }] }],
      expiration: [{ days: 2 }],
    },
  ]);
});

test("without versions it is suspended, which S3 takes of a bucket that had them too; those go", () => {
  const unversioned = stackOf({ versioned: false });
  expect(onlyResource(unversioned, "aws_s3_bucket_versioning")).toMatchObject({
    versioning_configuration: { status: "Suspended" },
  });
  expect(
    onlyResource(unversioned, "aws_s3_bucket_lifecycle_configuration").rule,
  ).toMatchObject([
    { noncurrent_version_expiration: [{ noncurrent_days: 30 }] },
  ]);
});

test("no page of another origin, unless it is named", () => {
  expect(stack.resource).not.toHaveProperty("aws_s3_bucket_cors_configuration");
  const cors = {
    origins: ["https://scp.example.org"],
    methods: ["GET", "PUT"] as const,
  };
  expect(
    onlyResource(stackOf({ cors }), "aws_s3_bucket_cors_configuration")
      .cors_rule,
  ).toMatchObject([
    { allowed_origins: cors.origins, allowed_methods: cors.methods },
  ]);
});
