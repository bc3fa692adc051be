import {
  AlarmTopic,
  type AlarmTopicProps,
} from "../../../modules/aws/sns/alarm-topic";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const props: AlarmTopicProps = {
  name: "wave-prod-alarms",
  accountId: "123456789012",
  region: "eu-central-1",
  alarmPrefix: "wave-prod-",
  mail: ["one@example.com", "two@example.com"],
};
const arn = "arn:aws:sns:eu-central-1:123456789012:wave-prod-alarms";
const stackOf = (change: Partial<AlarmTopicProps> = {}) =>
  synthOne((stack) => new AlarmTopic(stack, "alarms", { ...props, ...change }));
const stack = stackOf();
const statementsOf = (policy: unknown) =>
  (JSON.parse(policy as string) as PolicyDocument).Statement;

test("encrypted with a key of its own, which alarms of the account may use", () => {
  const topic = onlyResource(stack, "aws_sns_topic");
  expect(topic.kms_master_key_id).toMatch(/^\$\{aws_kms_key\.\S+\.arn\}$/);
  expect(statementsOf(onlyResource(stack, "aws_kms_key").policy)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        // Without both CloudWatch drops what it would send.
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      }),
    ]),
  );
});

test("alarms of this environment send, over TLS, and nobody else is let in", () => {
  const statements = statementsOf(onlyResource(stack, "aws_sns_topic").policy);
  expect(statements).toMatchObject([
    {
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: arn,
      Condition: {
        ArnLike: {
          "aws:SourceArn":
            "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:wave-prod-*",
        },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    },
  ]);
  const [, sending] = statementsOf(
    onlyResource(stackOf({ region: "cn-north-1" }), "aws_sns_topic").policy,
  );
  expect(sending?.Resource).toBe(
    "arn:aws-cn:sns:cn-north-1:123456789012:wave-prod-alarms",
  );
});

test("every address subscribes, and keeps its address in the state whatever stands beside it", () => {
  const subscriptions = resourcesOf(stack, "aws_sns_topic_subscription");
  const ofAddress: Record<string, string> = Object.fromEntries(
    Object.entries(subscriptions).map(
      ([address, { endpoint, ...others }]): [string, string] => {
        expect(others).toMatchObject({
          topic_arn: "${aws_sns_topic.alarms.arn}",
          protocol: "email",
        });
        return [String(endpoint), address];
      },
    ),
  );
  expect(Object.keys(ofAddress).sort()).toEqual(props.mail);
  expect(
    Object.keys(
      resourcesOf(
        stackOf({ mail: ["two@example.com"] }),
        "aws_sns_topic_subscription",
      ),
    ),
  ).toEqual([ofAddress["two@example.com"]]);
});

test("the key refuses a destroy with retain", () => {
  const lifecycle = (retain?: boolean) =>
    onlyResource(stackOf({ retain }), "aws_kms_key").lifecycle;
  expect(lifecycle()).toEqual({ prevent_destroy: true });
  expect(lifecycle(false)).toEqual({ prevent_destroy: false });
});
