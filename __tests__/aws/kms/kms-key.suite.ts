import { KmsKey, type KmsKeyProps } from "../../../modules/aws/kms/kms-key";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, synthOne } from "../../support/synth";

const props: KmsKeyProps = {
  name: "wave-prod-logs",
  description: "Log groups of wave-prod.",
  accountId: "123456789012",
  region: "eu-central-1",
};
const stackOf = (change: Partial<KmsKeyProps> = {}) =>
  synthOne((stack) => new KmsKey(stack, "key", { ...props, ...change }));
const keyOf = (change: Partial<KmsKeyProps> = {}) =>
  onlyResource(stackOf(change), "aws_kms_key");
const policyOf = (change: Partial<KmsKeyProps> = {}) =>
  JSON.parse(keyOf(change).policy as string) as PolicyDocument;

test("rotates, and its policy is explicit", () => {
  expect(keyOf()).toMatchObject({
    enable_key_rotation: true,
    description: "Log groups of wave-prod.",
    tags: { Name: "wave-prod-logs" },
  });
  expect(onlyResource(stackOf(), "aws_kms_alias")).toMatchObject({
    name: "alias/wave-prod-logs",
    target_key_id: "${aws_kms_key.key.key_id}",
  });
});

test("kept with prevent_destroy and 30 days", () => {
  expect(keyOf()).toMatchObject({
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(keyOf({ retain: false })).toMatchObject({
    deletion_window_in_days: 7,
    lifecycle: { prevent_destroy: false },
  });
});

test("the account's IAM policies decide, nobody else", () => {
  expect(policyOf().Statement).toEqual([
    {
      Sid: "IamPoliciesOfTheAccountDecide",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
});

test("CloudWatch Logs of the region may use it, for the named log groups only", () => {
  const [, logs] = policyOf({
    logGroupNames: ["/aws/eks/wave-prod/cluster", "/aws/vpc/wave-prod"],
  }).Statement;
  expect(logs).toMatchObject({
    Effect: "Allow",
    Principal: { Service: "logs.eu-central-1.amazonaws.com" },
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/eks/wave-prod/cluster",
          "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/vpc/wave-prod",
        ],
      },
    },
  });
  expect(JSON.stringify(logs?.Action)).not.toContain("*");
});

test.each([
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
])("partition and service principal of %s", (region, partition, suffix) => {
  const [account, logs] = policyOf({
    region,
    logGroupNames: ["/x"],
  }).Statement;
  expect(account?.Principal).toEqual({
    AWS: `arn:${partition}:iam::123456789012:root`,
  });
  expect(logs?.Principal).toEqual({ Service: `logs.${region}.${suffix}` });
  expect(logs?.Condition?.ArnEquals).toEqual({
    "kms:EncryptionContext:aws:logs:arn": [
      `arn:${partition}:logs:${region}:123456789012:log-group:/x`,
    ],
  });
});

test("further statements stand beside that of the account", () => {
  const statement = {
    Effect: "Allow" as const,
    Principal: { Service: "sns.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
  };
  expect(policyOf({ statements: [statement] }).Statement).toEqual([
    expect.objectContaining({
      Sid: "IamPoliciesOfTheAccountDecide",
    }) as unknown,
    statement,
  ]);
});
