import { type PolicyDocument } from "../../modules/lib/policy";
import { StateStack } from "../../modules/stacks/state";
import { type SettingsChange, exampleSettings } from "../support/settings";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthApp,
  synthStacks,
} from "../support/synth";

function stateStack(change: SettingsChange = {}): StackJson {
  const { state } = synthStacks(
    (app) => new StateStack(app, exampleSettings(change)),
  );
  if (state === undefined) throw new Error("no stack state");
  return state;
}

const stack = stateStack();
const elsewhere = stateStack({
  retain: false,
  backend: {
    kind: "s3",
    bucket: "team-state",
    region: "us-gov-west-1",
    keyPrefix: "platform/wave",
  },
});

test("not part of the app, so no glob finds it", () => {
  expect(Object.keys(synthApp())).not.toContain("state");
});

test("its own state is a file outside of the output folder", () => {
  const { backend } = stack.terraform as {
    backend: Record<string, { path: string }>;
  };
  expect(Object.keys(backend)).toEqual(["local"]);
  expect(backend.local?.path).toMatch(
    /^\.\.\/.*\/\.state\/wave-prod\/state\.tfstate$/,
  );
});

test("BAK-04: the bucket of the settings, versioned, with a key of its own, closed, TLS only", () => {
  expect(onlyResource(stack, "aws_s3_bucket").bucket).toBe(
    "wave-prod-state-123456789012",
  );
  expect(onlyResource(stack, "aws_s3_bucket_versioning")).toMatchObject({
    versioning_configuration: { status: "Enabled" },
  });
  expect(
    onlyResource(stack, "aws_s3_bucket_server_side_encryption_configuration")
      .rule,
  ).toMatchObject([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: "${aws_kms_key.state-key.arn}",
      },
    },
  ]);
  expect(
    onlyResource(stack, "aws_s3_bucket_public_access_block"),
  ).toMatchObject({ block_public_policy: true, restrict_public_buckets: true });
  expect(onlyResource(stack, "aws_s3_bucket_policy").policy).toContain(
    '"aws:SecureTransport":"false"',
  );
});

test("old versions go after a year, states never", () => {
  const { rule } = onlyResource(stack, "aws_s3_bucket_lifecycle_configuration");
  expect(rule).toMatchObject([
    { noncurrent_version_expiration: [{ noncurrent_days: 365 }] },
  ]);
  expect(JSON.stringify(rule)).not.toContain('"expiration":[{"days"');
});

test("kept whatever retain says", () => {
  for (const type of ["aws_s3_bucket", "aws_kms_key"])
    expect(onlyResource(elsewhere, type).lifecycle).toEqual({
      prevent_destroy: true,
    });
  expect(onlyResource(elsewhere, "aws_s3_bucket").force_destroy).toBe(false);
});

test("EXC-05: no access log, there is no bucket for it yet", () => {
  expect(() => resourcesOf(stack, "aws_s3_bucket_logging")).toThrow(
    /no aws_s3_bucket_logging/,
  );
});

test("SET-01: guarded by account, in the region of the bucket", () => {
  expect(elsewhere.provider?.aws).toMatchObject([
    { region: "us-gov-west-1", allowed_account_ids: ["123456789012"] },
  ]);
});

test("prints what the deployer may do with state and lock files, and no more", () => {
  const policyOf = (json: StackJson) =>
    JSON.parse(json.output?.deployer_policy?.value as string) as PolicyDocument;
  expect(policyOf(stack).Statement).toEqual([
    {
      Sid: "FindState",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::wave-prod-state-123456789012",
    },
    {
      Sid: "ReadAndWriteState",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::wave-prod-state-123456789012/wave/prod/*.tfstate",
    },
    {
      Sid: "LockAndUnlock",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource:
        "arn:aws:s3:::wave-prod-state-123456789012/wave/prod/*.tfstate.tflock",
    },
    {
      Sid: "UseTheKeyOfTheState",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "${aws_kms_key.state-key.arn}",
      Condition: {
        StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
      },
    },
  ]);
  expect(policyOf(elsewhere).Statement[1]?.Resource).toBe(
    "arn:aws-us-gov:s3:::team-state/platform/wave/*.tfstate",
  );
});

test.each([
  [{ kind: "local" as const }, "local", "deploy the stacks"],
  [
    { kind: "cloud" as const, organization: "acme" },
    "cloud",
    "docs/runbook\\.md",
  ],
])("fails without an S3 back end and says so (%j)", (backend, kind, next) => {
  const settings = { ...exampleSettings(), backend };
  expect(() => synthStacks((app) => new StateStack(app, settings))).toThrow(
    new RegExp(
      `backend\\.kind\\s+given +${kind}\\s+allowed +s3[^]*fix +[^]*${next}`,
    ),
  );
});

test("a bucket of another account is not made here, and the refusal says whose it is", () => {
  const byRole = (account: string): SettingsChange => ({
    backend: {
      kind: "s3",
      bucket: "central-state",
      assumeRole: { roleArn: `arn:aws:iam::${account}:role/terraform-state` },
    },
  });
  expect(() => stateStack(byRole("210987654321"))).toThrow(
    /backend\.assumeRole\.roleArn[^]*210987654321[^]*state-role-policy\.json/,
  );
  expect(() => stateStack(byRole("123456789012"))).not.toThrow();
});
