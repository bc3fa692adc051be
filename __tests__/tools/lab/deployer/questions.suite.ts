import { type PolicyDocument } from "../../../../modules/lib/policy";
import { type Call } from "../../../../tools/lab/aws/services/call";
import { isAllowed } from "../../../../tools/lab/deployer/evaluate";
import { questionsOf } from "../../../../tools/lab/deployer/questions";
import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import { currentSettings, deliverySettings } from "../../../support/settings";

const aws = {
  endpoint: "http://127.0.0.1:1",
  region: "eu-central-1",
  accountId: "123456789012",
};
const printed = Object.values(
  deployerPolicies(
    currentSettings({ network: { interfaceEndpoints: ["sts"] } }),
  ),
);

/** Everything but a statement. */
const without = (sid: string): PolicyDocument[] =>
  printed.map((document) => ({
    ...document,
    Statement: document.Statement.filter(({ Sid }) => Sid !== sid),
  }));

const call = (
  action: string,
  body: string,
  more: Partial<Call> = {},
): Call => ({
  service: action.split(":")[0] ?? "",
  method: "POST",
  path: "/",
  query: new URLSearchParams(),
  body: Buffer.from(body),
  action: action.split(":")[1],
  params: {},
  ...more,
});

const form = (parameters: Record<string, string>): string =>
  new URLSearchParams(parameters).toString();

/** First action that the policies refuse. */
async function refusedIn(
  documents: readonly PolicyDocument[],
  action: string,
  body: string,
  {
    tags = {},
    ...more
  }: Partial<Call> & { tags?: Record<string, Record<string, string>> } = {},
): Promise<string | undefined> {
  const questions = await questionsOf(
    aws,
    call(action, body, more),
    action,
    () => Promise.resolve(new Map(Object.entries(tags))),
  );
  return questions.find((one) => !isAllowed(documents, one))?.action;
}

const OWN = {
  "sg-1": { Name: "wave-prod-efs" },
  "vpc-1": { Name: "wave-prod" },
};
const RULE = form({
  GroupId: "sg-1",
  "IpPermissions.1.Groups.1.GroupId": "sg-9",
});
const NAMED = {
  "TagSpecification.1.ResourceType": "security-group-rule",
  "TagSpecification.1.Tag.1.Key": "Name",
  "TagSpecification.1.Tag.1.Value": "wave-prod-efs",
};
const CLUSTER = JSON.stringify({
  name: "wave-prod-eks",
  roleArn: "arn:aws:iam::123456789012:role/wave-prod-euc1-eks-cluster",
  encryptionConfig: [
    { provider: { keyArn: "arn:aws:kms:eu-central-1:123456789012:key/1" } },
  ],
  tags: { Name: "wave-prod-eks" },
});

describe("what AWS does beside a call", () => {
  test("the grant of the cluster's key comes without a word of a resource of AWS", async () => {
    expect(
      await refusedIn(printed, "eks:CreateCluster", CLUSTER),
    ).toBeUndefined();
    expect(
      await refusedIn(without("KeyOfCluster"), "eks:CreateCluster", CLUSTER),
    ).toBe("kms:CreateGrant");
  });

  test("reading the groups of a mount target asks EC2", async () => {
    const read = "elasticfilesystem:DescribeMountTargetSecurityGroups";
    expect(await refusedIn(printed, read, "")).toBeUndefined();
    expect(await refusedIn(without("LookAround"), read, "")).toBe(
      "ec2:DescribeNetworkInterfaceAttribute",
    );
  });

  test("only an endpoint with private names asks Route 53", async () => {
    const endpoint = (isPrivate: boolean) =>
      form({
        VpcId: "vpc-1",
        PrivateDnsEnabled: String(isPrivate),
        ...NAMED,
      });
    const bare = without("PrivateNamesOfEndpoints");
    const ask = (body: string) =>
      refusedIn(bare, "ec2:CreateVpcEndpoint", body, { tags: OWN });
    expect(await ask(endpoint(true))).toBe(
      "route53:AssociateVPCWithHostedZone",
    );
    expect(await ask(endpoint(false))).toBeUndefined();
  });
});

describe("tags", () => {
  test("a rule without a Name is refused, though its group is ours", async () => {
    const authorize = "ec2:AuthorizeSecurityGroupIngress";
    expect(await refusedIn(printed, authorize, RULE, { tags: OWN })).toBe(
      authorize,
    );
    expect(
      await refusedIn(printed, authorize, `${RULE}&${form(NAMED)}`, {
        tags: OWN,
      }),
    ).toBeUndefined();
  });

  test("what belongs to somebody else is refused", async () => {
    const foreign = { "vpc-1": { Name: "team-a" } };
    const remove = form({ VpcId: "vpc-1" });
    expect(
      await refusedIn(printed, "ec2:DeleteVpc", remove, { tags: OWN }),
    ).toBeUndefined();
    expect(
      await refusedIn(printed, "ec2:DeleteVpc", remove, { tags: foreign }),
    ).toBe("ec2:DeleteVpc");
    expect(await refusedIn(printed, "ec2:DeleteVpc", remove)).toBe(
      "ec2:DeleteVpc",
    );
  });

  test("KMS may not know the tag of a new key yet", async () => {
    const body = JSON.stringify({ KeyId: "1" });
    expect(
      await refusedIn(printed, "kms:EnableKeyRotation", body),
    ).toBeUndefined();
    const bound = printed.map((document) => ({
      ...document,
      Statement: document.Statement.map((one) =>
        one.Sid === "ReadAndRotateKeys"
          ? {
              ...one,
              Condition: {
                StringLike: { "aws:ResourceTag/Name": "wave-prod*" },
              },
            }
          : one,
      ),
    }));
    expect(await refusedIn(bound, "kms:EnableKeyRotation", body)).toBe(
      "kms:EnableKeyRotation",
    );
  });
});

test("several objects at once are named in the body", async () => {
  const retiring = Object.values(
    deployerPolicies(currentSettings({ retain: false })),
  );
  const body = "<Delete><Object><Key>build-logs/1</Key></Object></Delete>";
  const many = (bucket: string) =>
    refusedIn(retiring, "s3:DeleteObjectVersion", body, {
      path: `/${bucket}`,
      query: new URLSearchParams("delete="),
    });
  expect(await many("wave-prod-logs-123456789012")).toBeUndefined();
  expect(await many("team-a")).toBe("s3:DeleteObjectVersion");
});

test.each([
  ["dynamodb:CreateTable", '{"TableName": "experiments-prod"}', true],
  [
    "dynamodb:ListTagsOfResource",
    '{"ResourceArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/team-a"}',
    false,
  ],
  ["sqs:CreateQueue", '{"QueueName": "queue-job-prod.fifo"}', true],
  [
    "sqs:DeleteQueue",
    '{"QueueUrl": "http://127.0.0.1/123456789012/queue-job-prod.fifo"}',
    true,
  ],
  ["sqs:DeleteQueue", '{"QueueUrl": "http://127.0.0.1/123456789012/a"}', false],
  ["sns:CreateTopic", form({ Name: "work-results-prod" }), true],
  [
    "sns:Unsubscribe",
    form({
      SubscriptionArn:
        "arn:aws:sns:eu-central-1:123456789012:work-results-prod:1",
    }),
    true,
  ],
  [
    "sns:DeleteTopic",
    form({ TopicArn: "arn:aws:sns:eu-central-1:123456789012:team-a" }),
    false,
  ],
])("stores of services, %s %s: %s", async (action, body, expected) => {
  const documents = Object.values(deployerPolicies(deliverySettings()));
  expect((await refusedIn(documents, action, body)) === undefined).toBe(
    expected,
  );
});

test.each([
  ["s3:GetBucketPolicy", "", { path: "/wave-prod-logs-123456789012" }, true],
  ["s3:GetBucketPolicy", "", { path: "/team-a" }, false],
  ["s3:PutObject", "", { path: "/wave-prod-state/wave/test/x.tfstate" }, false],
  ["iam:CreateRole", form({ RoleName: "wave-prod-euc1-x" }), {}, true],
  ["iam:CreateRole", form({ RoleName: "admin" }), {}, false],
  [
    "logs:DeleteLogGroup",
    '{"logGroupName": "/aws/eks/wave-prod-eks/cluster"}',
    {},
    true,
  ],
  [
    "logs:DeleteLogGroup",
    '{"logGroupName": "/aws/eks/team-a/cluster"}',
    {},
    false,
  ],
  [
    "secretsmanager:GetSecretValue",
    '{"SecretId": "wave/cr.seqera.io"}',
    {},
    true,
  ],
  ["secretsmanager:GetSecretValue", '{"SecretId": "team-a"}', {}, false],
  [
    "rds:DeleteDBInstance",
    form({ DBInstanceIdentifier: "wave-prod-postgres" }),
    {},
    true,
  ],
  ["rds:DeleteDBInstance", form({ DBInstanceIdentifier: "team-a" }), {}, false],
  [
    "kms:CreateKey",
    '{"Tags": [{"TagKey": "Name", "TagValue": "wave-prod-logs"}]}',
    {},
    true,
  ],
  [
    "kms:CreateKey",
    '{"Tags": [{"TagKey": "Name", "TagValue": "team-a"}]}',
    {},
    false,
  ],
  ["kms:CreateKey", "{}", {}, false],
])("%s %s %j: %s", async (action, body, more, expected) => {
  const refused = await refusedIn(printed, action, body, more);
  expect(refused === undefined).toBe(expected);
});
