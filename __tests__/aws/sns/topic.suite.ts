import {
  type HttpsSubscription,
  type QueueSubscription,
  Topic,
  type TopicProps,
} from "../../../modules/aws/sns/topic";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, synthOne } from "../../support/synth";

const arn = "arn:aws:sns:eu-central-1:123456789012:results-staging";
const props: TopicProps = {
  name: "results-staging",
  accountId: "123456789012",
  region: "eu-central-1",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/stores",
  subscriptions: [],
};
const queue: QueueSubscription = {
  kind: "sqs",
  queue: {
    name: "jobs-staging",
    arn: "arn:aws:sqs:eu-central-1:123456789012:jobs-staging",
  },
};
const https: HttpsSubscription = {
  kind: "https",
  url: "https://api.example.org/results",
  filter: { type: ["WorkResponse"] },
};
const stackOf = (change: Partial<TopicProps> = {}) =>
  synthOne((stack) => new Topic(stack, "topic", { ...props, ...change }));
const statementsOf = (policy: unknown) =>
  (JSON.parse(policy as string) as PolicyDocument).Statement;

test("encrypted with the key, nothing without TLS, nobody else let in", () => {
  const topic = onlyResource(stackOf(), "aws_sns_topic");
  expect(topic).toMatchObject({
    name: "results-staging",
    kms_master_key_id: props.kmsKeyArn,
  });
  expect(topic).not.toHaveProperty("fifo_topic");
  const statements = statementsOf(topic.policy);
  expect(statements).toMatchObject([
    {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Resource: arn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
  expect(statements[0]?.Action).toEqual(
    expect.arrayContaining(["sns:Publish", "sns:Subscribe"]),
  );
  // SNS refuses a policy with it.
  expect(statements[0]?.Action).not.toContain("sns:*");
});

test.each([queue, https])(
  "what could not be delivered by $kind is kept for 14 days in an encrypted queue to which only this topic sends",
  (subscription) => {
    const stack = stackOf({ subscriptions: [subscription] });
    const letters = onlyResource(stack, "aws_sqs_queue");
    expect(letters).toMatchObject({
      name: expect.stringMatching(
        /^results-staging-.+-dead-letters$/,
      ) as unknown,
      kms_master_key_id: props.kmsKeyArn,
      message_retention_seconds: 1_209_600,
    });
    expect(statementsOf(letters.policy)).toMatchObject([
      { Effect: "Deny" },
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": [arn] } },
      },
    ]);
    const { redrive_policy, ...subscribed } = onlyResource(
      stack,
      "aws_sns_topic_subscription",
    );
    expect(JSON.parse(redrive_policy as string)).toEqual({
      deadLetterTargetArn: expect.stringMatching(
        /^\$\{aws_sqs_queue\.[\w-]+\.arn\}$/,
      ) as unknown,
    });
    expect(subscribed).toMatchObject({
      topic_arn: "${aws_sns_topic.topic.arn}",
      protocol: subscription.kind,
      endpoint:
        subscription.kind === "sqs" ? subscription.queue.arn : subscription.url,
    });
  },
);

test("https: a filter, and tries for most of an hour and no longer, which SNS refuses", () => {
  const { filter_policy, delivery_policy } = onlyResource(
    stackOf({ subscriptions: [https] }),
    "aws_sns_topic_subscription",
  );
  expect(JSON.parse(filter_policy as string)).toEqual(https.filter);
  const { healthyRetryPolicy: retries } = JSON.parse(
    delivery_policy as string,
  ) as { healthyRetryPolicy: Record<string, number> };
  const longest = (retries.numRetries ?? 0) * (retries.maxDelayTarget ?? 0);
  expect(longest).toBeGreaterThan(3000);
  expect(longest).toBeLessThanOrEqual(3600);
});

test("a queue takes every message, and SNS's own retries", () => {
  const subscription = onlyResource(
    stackOf({ subscriptions: [queue] }),
    "aws_sns_topic_subscription",
  );
  expect(subscription).not.toHaveProperty("filter_policy");
  expect(subscription).not.toHaveProperty("delivery_policy");
});

test("fifo: the topic, and the dead letters of a fifo queue only", () => {
  const fifo = (name: string) =>
    stackOf({
      name: "results-staging.fifo",
      subscriptions: [{ ...queue, queue: { ...queue.queue, name } }],
    });
  const stack = fifo("jobs-staging.fifo");
  expect(onlyResource(stack, "aws_sns_topic")).toMatchObject({
    fifo_topic: true,
    content_based_deduplication: true,
  });
  expect(onlyResource(stack, "aws_sqs_queue")).toMatchObject({
    name: "results-staging-jobs-staging-dead-letters.fifo",
    fifo_queue: true,
  });
  expect(
    onlyResource(fifo("jobs-staging"), "aws_sqs_queue"),
  ).not.toHaveProperty("fifo_queue");
});
