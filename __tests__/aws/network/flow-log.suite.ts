import { FlowLog } from "../../../modules/aws/network/flow-log";
import { networkOf, resourceAt } from "../../support/network";
import { onlyResource, synthOne } from "../../support/synth";

const stack = networkOf({ network: { flowLogRetentionDays: 400 } });
const policyAt = (type: string, path: string, attribute: string): unknown =>
  JSON.parse(resourceAt(stack, type, path)[attribute] as string);

test("all traffic of the VPC is logged, to CloudWatch", () => {
  expect(onlyResource(stack, "aws_flow_log")).toMatchObject({
    vpc_id: "${aws_vpc.vpc.id}",
    traffic_type: "ALL",
    log_destination_type: "cloud-watch-logs",
    log_destination: expect.stringMatching(
      /aws_cloudwatch_log_group\.flow-log_log-group_\w+\.arn/,
    ) as unknown,
  });
});

test("its log group has retention and key, and the key's policy names it", () => {
  const group = resourceAt(
    stack,
    "aws_cloudwatch_log_group",
    "flow-log/log-group",
  );
  expect(group).toMatchObject({
    name: "/aws/vpc/wave-prod/flow-log",
    retention_in_days: 400,
    kms_key_id: "${aws_kms_key.logs-key.arn}",
  });
  expect(resourceAt(stack, "aws_kms_key", "logs-key").policy).toContain(
    `:log-group:${group.name as string}"`,
  );
});

test("its role acts for this account, writes into this group, and cannot make one", () => {
  expect(
    policyAt("aws_iam_role", "flow-log/role", "assume_role_policy"),
  ).toMatchObject({
    Statement: [
      {
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ],
  });
  expect(
    policyAt("aws_iam_role_policy", "flow-log/role/write-log", "policy"),
  ).toMatchObject({
    Statement: [
      {
        Action: [
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        Resource: expect.stringMatching(
          /^\$\{aws_cloudwatch_log_group\.flow-log_log-group_\w+\.arn\}:\*$/,
        ) as unknown,
      },
    ],
  });
});

test("the defaults: a year of records, a role of the log's name", () => {
  const alone = synthOne((bare) => {
    new FlowLog(bare, "flow-log", {
      name: "lab",
      vpcId: "vpc-1",
      accountId: "123456789012",
    });
  });
  const group = onlyResource(alone, "aws_cloudwatch_log_group");
  expect(group).toMatchObject({
    name: "/aws/vpc/lab/flow-log",
    retention_in_days: 365,
  });
  expect(group).not.toHaveProperty("kms_key_id");
  expect(onlyResource(alone, "aws_iam_role").name).toBe("lab-flow-log");
});
