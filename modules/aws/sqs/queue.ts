import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { withinLimit } from "../../lib/names";
import { joinPolicies, policyJson, readPolicy } from "../../lib/policy";

/** Where a queue or topic is. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Properties of `PrivateQueue`. */
export interface PrivateQueueProps extends Place {
  /**
   * Name, unique in account and region: at most 80 characters. With `.fifo` at its end messages come in order and once, by
   * message group; what has the same content within five minutes is the same message.
   */
  readonly name: string;
  /** Customer managed key. Who sends or receives needs it too: kms:GenerateDataKey, kms:Decrypt. */
  readonly kmsKeyArn: string;
  /**
   * Seconds for which a received message is hidden.
   * @default 30
   */
  readonly visibilitySeconds?: number;
  /**
   * Days before a message that nobody takes is removed.
   * @default 4
   */
  readonly retentionDays?: number;
  /**
   * Where messages go after so many tries.
   * @default nowhere: they come back until they are removed
   */
  readonly deadLetters?: { readonly arn: string; readonly maxReceives: number };
  /**
   * ARNs of the queues whose dead letters it takes: no other can name it.
   * @default any queue of the account
   */
  readonly sourceQueueArns?: readonly string[];
  /**
   * ARNs of the topics that send to it, plain strings.
   * @default no topic may
   */
  readonly topicArns?: readonly string[];
}

/** Properties of `Queue`. */
export interface QueueProps extends Omit<
  PrivateQueueProps,
  "deadLetters" | "sourceQueueArns" | "retentionDays"
> {
  /**
   * Tries before a message is a dead letter.
   * @default 5
   */
  readonly maxReceives?: number;
}

/** Longest that SQS keeps a message: somebody has to look at it first. */
export const DEAD_LETTER_DAYS = 14;

/** Queue names end at 80 characters. */
const NAME_LIMIT = 80;

/** `jobs` → `jobs-dead-letters`, `jobs.fifo` → `jobs-dead-letters.fifo`: shortened where it is too long for SQS. */
export function deadLetterName(queue: string): string {
  const suffix = queue.endsWith(".fifo") ? ".fifo" : "";
  const stem = suffix === "" ? queue : queue.slice(0, -suffix.length);
  return (
    withinLimit(`${stem}-dead-letters`, NAME_LIMIT - suffix.length) + suffix
  );
}

/** ARN of a queue by name. */
export const queueArn = ({ accountId, region }: Place, name: string): string =>
  `arn:${partitionOf(region)}:sqs:${region}:${accountId}:${name}`;

/** Queue that is encrypted with a key of its own, and reached by TLS only. */
export class PrivateQueue extends Construct {
  /** ARN, known once the queue and its policy stand. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PrivateQueueProps) {
    super(scope, id);
    const { name, kmsKeyArn, retentionDays = 4 } = props;
    const { deadLetters, sourceQueueArns } = props;
    this.arn = new SqsQueue(this, "Default", {
      name,
      kmsMasterKeyId: kmsKeyArn,
      visibilityTimeoutSeconds: props.visibilitySeconds ?? 30,
      messageRetentionSeconds: retentionDays * 24 * 60 * 60,
      policy: policyOf(props),
      redrivePolicy:
        deadLetters &&
        JSON.stringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: deadLetters.maxReceives,
        }),
      redriveAllowPolicy:
        sourceQueueArns &&
        JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns }),
      ...(name.endsWith(".fifo") && {
        fifoQueue: true,
        contentBasedDeduplication: true,
        deduplicationScope: "messageGroup",
        fifoThroughputLimit: "perMessageGroupId",
      }),
      tags: { Name: name },
    }).arn;
  }
}

/** A queue, and a second one of the same kind for what nobody could work on. */
export class Queue extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const { name, maxReceives = 5, ...queue } = props;
    const letters = new PrivateQueue(this, "dead-letters", {
      ...queue,
      name: deadLetterName(name),
      retentionDays: DEAD_LETTER_DAYS,
      // A string and no attribute: each of the two would wait for the other.
      sourceQueueArns: [queueArn(props, name)],
      topicArns: [],
    });
    this.name = name;
    this.arn = new PrivateQueue(this, "queue", {
      ...queue,
      name,
      deadLetters: { arn: letters.arn, maxReceives },
    }).arn;
  }
}

function policyOf(props: PrivateQueueProps): string {
  const { topicArns = [], region, name } = props;
  const QUEUE_ARN = queueArn(props, name);
  const partition = partitionOf(region);
  return policyJson(
    joinPolicies([
      readPolicy("sqs/tls-only.json", partition, { QUEUE_ARN }),
      ...(topicArns.length === 0
        ? []
        : [
            readPolicy("sqs/topics-send.json", partition, {
              QUEUE_ARN,
              TOPIC_ARNS: [...topicArns],
            }),
          ]),
    ]),
  );
}
