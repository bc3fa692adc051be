import { policyOf } from "../../modules/delivery/documents";
import { deliverySettings } from "../support/settings";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/delivery";
type Statements = Parameters<typeof policyOf>[1];

const of = (statements: Statements, region = "eu-central-1") =>
  policyOf(deliverySettings({ region }), statements, KEY).Statement;

test("C46: an ARN and * stand as they are, a store by its ARN, and with it the use of its key by its service", () => {
  expect(
    of([
      { actions: ["ses:SendEmail"], resources: ["*"] },
      {
        actions: ["s3:ListBucket"],
        resources: ["bucket/source", "arn:aws:s3:::shared"],
      },
    ]),
  ).toEqual([
    { Effect: "Allow", Action: ["ses:SendEmail"], Resource: ["*"] },
    {
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: [
        "arn:aws:s3:::source-prod-123456789012",
        "arn:aws:s3:::shared",
      ],
    },
    expect.objectContaining({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: KEY,
      Condition: {
        StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] },
      },
    }),
  ]);
});

test("C46: without a store no right to the key", () => {
  expect(
    of([{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shared/*"] }]),
  ).toHaveLength(1);
});

test("C46: in China with its partition and its hosts", () => {
  const [own, key] = of(
    [{ actions: ["sqs:SendMessage"], resources: ["queue/queue-job"] }],
    "cn-north-1",
  );
  expect(own?.Resource).toEqual([
    "arn:aws-cn:sqs:cn-north-1:123456789012:queue-job-prod.fifo",
  ]);
  expect(key?.Condition).toEqual({
    StringEquals: { "kms:ViaService": ["sqs.cn-north-1.amazonaws.com.cn"] },
  });
});

test("C46: conditions go on as they are, and variables of IAM are no expressions of Terraform", () => {
  expect(
    of([
      {
        actions: ["s3:GetObject"],
        resources: ["arn:aws:s3:::shared/${aws:PrincipalTag/team}/*"],
        conditions: { StringLike: { "s3:prefix": ["${aws:username}/*"] } },
      },
    ]),
  ).toEqual([
    {
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::shared/$${aws:PrincipalTag/team}/*"],
      Condition: { StringLike: { "s3:prefix": ["$${aws:username}/*"] } },
    },
  ]);
});
