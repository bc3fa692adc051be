import { TerraformOutput } from "cdktf";
import { createScratch } from "../../modules/compute-env/scratch";
import {
  ACCOUNT,
  IDENTITY,
  NETWORK,
  documentOf,
  literalOf,
  waitFor,
  waiting,
  worldOfStack,
} from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";
import { type Call, isAllowed } from "../support/simulate";
import { type StackJson, onlyResource, synthOne } from "../support/synth";

type Storage = NonNullable<
  NonNullable<SettingsChange["computeEnv"]>["storage"]
>;
type Bucket = Extract<Storage, { kind?: "fusion" | undefined }>["bucket"];

const stackOf = (bucket?: Bucket, change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const scratch = createScratch(stack, {
      settings: platformsSettings({
        ...change,
        computeEnv: {
          ...change.computeEnv,
          storage: { kind: "fusion", bucket, prefix: "runs" },
        },
      }),
      network: NETWORK,
      identity: IDENTITY,
      nodeSecurityGroupId: "sg-compute",
    });
    const { bucket: name, fusionRoleArn, dependsOn } = scratch;
    new TerraformOutput(stack, "bucket", { value: name, staticId: true });
    new TerraformOutput(stack, "role", {
      value: fusionRoleArn,
      staticId: true,
    });
    waitFor(stack, dependsOn);
  });

const BUCKET = `pipelines-prod-nf-work-${ACCOUNT}-eu-central-1`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/given`;
const created = stackOf();
const given = stackOf({
  kind: "existing",
  name: "my-work",
  kmsKeyArn: KEY,
});

test("T-12: the bucket that is made is encrypted by a key of its own, and its work files expire", () => {
  expect(onlyResource(created, "aws_s3_bucket")).toMatchObject({
    bucket: BUCKET,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(created, "aws_s3_bucket_lifecycle_configuration").rule,
  ).toMatchObject([
    { filter: [{ prefix: "runs/" }], expiration: [{ days: 30 }] },
    {
      filter: [{ prefix: "" }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    },
  ]);
  expect(
    onlyResource(created, "aws_s3_bucket_server_side_encryption_configuration")
      .rule,
  ).toMatchObject([
    {
      apply_server_side_encryption_by_default: {
        kms_master_key_id: "${aws_kms_key.storage-key.arn}",
      },
    },
  ]);
  expect(created.resource).not.toHaveProperty("aws_efs_file_system");
});

test("T-12: days are those of the settings; without retain a destroy empties the bucket", () => {
  const changed = stackOf({ expireDays: 7 }, { retain: false });
  expect(
    onlyResource(changed, "aws_s3_bucket_lifecycle_configuration").rule,
  ).toMatchObject([{ expiration: [{ days: 7 }] }, {}]);
  expect(onlyResource(changed, "aws_s3_bucket")).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("T-12: a long name still fits: 63 characters", () => {
  const { bucket } = onlyResource(
    stackOf(undefined, {
      name: "a-rather-long-name",
      environment: "production",
      region: "ap-southeast-2",
    }),
    "aws_s3_bucket",
  );
  expect(String(bucket).length).toBeLessThanOrEqual(63);
});

test("T-12: a bucket that exists is used as it is", () => {
  expect(Object.keys(given.resource ?? {}).sort()).toEqual([
    "aws_eks_access_entry",
    "aws_iam_role",
    "aws_iam_role_policy",
  ]);
  expect(given.output?.bucket?.value).toBe("my-work");
});

test("T-12: who uses the role waits for its rights, and these for the bucket's policy", () => {
  expect(created.output?.role?.value).toBe("${aws_iam_role.fusion.arn}");
  expect(waiting(created)).toEqual([
    expect.stringMatching(/^aws_iam_role_policy\./),
  ]);
  expect(onlyResource(created, "aws_iam_role_policy").policy).toContain(
    "${aws_s3_bucket_policy.",
  );
});

describe("who has the role", () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/pipelines-prod-euc1-tower-fusion`;
  const token = (namespace: string, account: string, aud?: string): Call => ({
    as: "token",
    does: "sts:AssumeRoleWithWebIdentity",
    to: ROLE,
    with: {
      aud: aud ?? "sts.amazonaws.com",
      sub: `system:serviceaccount:${namespace}:${account}`,
    },
  });
  test.each([
    ["the head account", token("tower-nf", "tower-launcher-sa"), true],
    ["the compute account", token("tower-nf", "tower-job-sa"), true],
    ["the default account", token("tower-nf", "default"), false],
    [
      "an account with a longer name",
      token("tower-nf", "tower-job-sa2"),
      false,
    ],
    [
      "an account of this name elsewhere",
      token("other", "tower-job-sa"),
      false,
    ],
    [
      "a token for somebody else",
      token("tower-nf", "tower-job-sa", "vault"),
      false,
    ],
    [
      "a role of the account",
      { as: "admin", does: "sts:AssumeRole", to: ROLE },
      false,
    ],
  ])("T-12: %s", async (_, call, expected) => {
    expect(await isAllowed(worldOfStack(created), call)).toBe(expected);
  });

  test("T-12: the subjects are exactly two, without a pattern", () => {
    const [statement, ...others] = documentOf(
      onlyResource(created, "aws_iam_role").assume_role_policy,
    ).Statement;
    expect(others).toEqual([]);
    expect(Object.keys(statement?.Condition ?? {})).toEqual(["StringEquals"]);
  });
});

describe("what pods may do in the bucket", () => {
  const does = (action: string, key?: string, context = {}): Call => ({
    as: "tower-fusion",
    does: action,
    to: `arn:aws:s3:::${BUCKET}${key === undefined ? "" : `/${key}`}`,
    with: context,
  });
  const list = (prefix?: string): Call =>
    does(
      "s3:ListBucket",
      undefined,
      prefix === undefined ? {} : { "s3:prefix": prefix },
    );
  test.each([
    ["list the work files", list("runs/ab/")],
    ["look for the work directory", list("runs")],
    ["find the bucket's region", does("s3:GetBucketLocation")],
    ["read", does("s3:GetObject", "runs/ab/x")],
    ["make the work directory", does("s3:PutObject", "runs/")],
    ["write with tags", does("s3:PutObjectTagging", "runs/ab/x")],
    ["delete", does("s3:DeleteObject", "runs/ab/x")],
    ["give an upload up", does("s3:AbortMultipartUpload", "runs/ab/x")],
  ])("T-12: they %s", async (_, call) => {
    expect(await isAllowed(worldOfStack(created), call)).toBe(true);
  });

  test.each([
    ["list the whole bucket", list()],
    ["list another folder", list("results/")],
    ["list a folder with a longer name", list("runs-of-others/")],
    ["read another folder", does("s3:GetObject", "results/x")],
    ["read a folder with a longer name", does("s3:GetObject", "runs2/x")],
    ["delete an old version", does("s3:DeleteObjectVersion", "runs/ab/x")],
    ["change the bucket's policy", does("s3:PutBucketPolicy")],
    [
      "read another bucket",
      { ...does("s3:GetObject"), to: "arn:aws:s3:::payroll/runs/x" },
    ],
  ])("T-12: denied: they %s", async (_, call) => {
    expect(await isAllowed(worldOfStack(created), call)).toBe(false);
  });

  const decrypt = (to: string, service?: string): Call => ({
    as: "tower-fusion",
    does: "kms:Decrypt",
    to,
    with: service === undefined ? {} : { "kms:ViaService": service },
  });
  const S3 = "s3.eu-central-1.amazonaws.com";
  test.each([
    ["through S3", decrypt(literalOf("kms_key"), S3), true],
    ["not by themselves", decrypt(literalOf("kms_key")), false],
    [
      "not through another service",
      decrypt(literalOf("kms_key"), "ec2.eu-central-1.amazonaws.com"),
      false,
    ],
    ["not another key", decrypt(KEY, S3), false],
  ])("T-25: they use the bucket's key %s", async (_, call, expected) => {
    expect(await isAllowed(worldOfStack(created), call)).toBe(expected);
  });

  test("T-25: a given bucket's key is the one that is named; none without one", () => {
    const sids = (of: StackJson) =>
      documentOf(onlyResource(of, "aws_iam_role_policy").policy).Statement.map(
        ({ Sid, Resource }) => [Sid, Resource],
      );
    expect(sids(given)).toContainEqual(["WriteWithKeys", [KEY]]);
    expect(
      sids(stackOf({ kind: "existing", name: "my-work" })).map(([sid]) => sid),
    ).not.toContain("WriteWithKeys");
  });
});
