import {
  Queue,
  type QueueProps,
  deadLetterName,
} from "../../../modules/aws/sqs/queue";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { type ResourceJson, resourcesOf, synthOne } from "../../support/synth";

const props: QueueProps = {
  name: "jobs-staging",
  accountId: "123456789012",
  region: "eu-central-1",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/stores",
};
const arn = "arn:aws:sqs:eu-central-1:123456789012:jobs-staging";
const queuesOf = (change: Partial<QueueProps> = {}) => {
  const all = { ...props, ...change };
  const found = resourcesOf(
    synthOne((stack) => new Queue(stack, "jobs", all)),
    "aws_sqs_queue",
  );
  const named = (wanted: string): [string, ResourceJson] => {
    const entry = Object.entries(found).find(([, { name }]) => name === wanted);
    if (entry === undefined) throw new Error(`no queue ${wanted}`);
    return entry;
  };
  const [, queue] = named(all.name);
  const [lettersId, letters] = named(deadLetterName(all.name));
  return { queue, letters, lettersId };
};
const statementsOf = ({ policy }: ResourceJson) =>
  (JSON.parse(policy as string) as PolicyDocument).Statement;

test("both queues: encrypted with the key, nothing without TLS", () => {
  const { queue, letters } = queuesOf();
  for (const one of [queue, letters]) {
    expect(one.kms_master_key_id).toBe(props.kmsKeyArn);
    expect(statementsOf(one)).toEqual([
      {
        Sid: "NothingWithoutTls",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sqs:*",
        Resource: one === queue ? arn : `${arn}-dead-letters`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  }
});

test("what nobody could work on goes to the queue of dead letters, which takes it from this queue only and keeps it longer", () => {
  const { queue, letters, lettersId } = queuesOf({ maxReceives: 3 });
  expect(JSON.parse(queue.redrive_policy as string)).toEqual({
    deadLetterTargetArn: `\${aws_sqs_queue.${lettersId}.arn}`,
    maxReceiveCount: 3,
  });
  expect(JSON.parse(letters.redrive_allow_policy as string)).toEqual({
    redrivePermission: "byQueue",
    sourceQueueArns: [arn],
  });
  expect(letters.message_retention_seconds).toBe(1_209_600);
  expect(letters).not.toHaveProperty("redrive_policy");
});

test("hidden for as long as the work takes", () => {
  expect(
    queuesOf({ visibilitySeconds: 900 }).queue.visibility_timeout_seconds,
  ).toBe(900);
});

test("fifo: both queues, in order by message group; otherwise nothing of it", () => {
  const fifo = queuesOf({
    name: "jobs-staging.fifo",
  });
  for (const one of [fifo.queue, fifo.letters])
    expect(one).toMatchObject({
      fifo_queue: true,
      content_based_deduplication: true,
      deduplication_scope: "messageGroup",
      fifo_throughput_limit: "perMessageGroupId",
    });
  expect(queuesOf().queue).not.toHaveProperty("fifo_queue");
});

test("only the named topics send, and not to the dead letters", () => {
  const topicArns = ["arn:aws:sns:eu-central-1:123456789012:results-staging"];
  const { queue, letters } = queuesOf({ topicArns });
  expect(statementsOf(queue)[1]).toEqual({
    Sid: "TheseTopicsSend",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArns } },
  });
  expect(statementsOf(letters)).toHaveLength(1);
});

test("ARNs are of the region's partition", () => {
  expect(
    statementsOf(queuesOf({ region: "us-gov-west-1" }).queue)[0]?.Resource,
  ).toBe("arn:aws-us-gov:sqs:us-gov-west-1:123456789012:jobs-staging");
});

test("the queue of dead letters is of the same kind, and its name never too long for SQS", () => {
  expect(deadLetterName("jobs")).toBe("jobs-dead-letters");
  expect(deadLetterName("jobs.fifo")).toBe("jobs-dead-letters.fifo");
  for (const suffix of ["", ".fifo"]) {
    const name = deadLetterName("a".repeat(70) + suffix);
    expect(name).toHaveLength(80);
    expect(name.endsWith(".fifo")).toBe(suffix !== "");
  }
});
