import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { policyJson, readPolicy } from "../../lib/policy";
import { type Place, PrivateQueue } from "../sqs/queue";

/** One who gets the messages of a topic. */
export interface Subscription {
  /** Tells it from the others of the topic, and names its resources: a new one is a new subscription. */
  readonly id: string;
  /** `sqs` with the ARN of a queue that lets the topic send, or `https` with an address that confirms by itself. */
  readonly protocol: "sqs" | "https";
  readonly endpoint: string;
  /**
   * Values of message attributes that pass.
   * @default every message
   */
  readonly filter?: Readonly<Record<string, readonly string[]>>;
  /** Name of the queue of what could not be delivered; `.fifo` at its end for a fifo queue. */
  readonly deadLetterName: string;
}

/** Properties of `Topic`. */
export interface TopicProps extends Place {
  /** Name, unique in account and region; `.fifo` at the end of a fifo topic. */
  readonly name: string;
  /**
   * Customer managed key of messages and dead letters. Its policy lets SNS in where there are subscriptions; who publishes
   * needs kms:GenerateDataKey and kms:Decrypt.
   */
  readonly kmsKeyArn: string;
  /**
   * In order and once; what has the same content within five minutes is the same message.
   * @default false
   */
  readonly fifo?: boolean;
  /** Who gets the messages. */
  readonly subscriptions: readonly Subscription[];
}

/**
 * AWS gives up after three tries in a minute, which a deployment outlasts: these take most of the hour that it allows.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const HTTPS_RETRIES = {
  healthyRetryPolicy: {
    minDelayTarget: 20,
    maxDelayTarget: 60,
    numRetries: 56,
    numNoDelayRetries: 3,
    numMinDelayRetries: 3,
    numMaxDelayRetries: 10,
    backoffFunction: "linear",
  },
};

/** ARN of a topic by name. */
export const topicArn = ({ accountId, region }: Place, name: string): string =>
  `arn:${partitionOf(region)}:sns:${region}:${accountId}:${name}`;

/** Topic that is encrypted with a key of its own, reached by TLS only, with dead letters for each subscription. */
export class Topic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { name, kmsKeyArn, fifo = false, region, subscriptions } = props;
    this.arn = new SnsTopic(this, "Default", {
      name,
      kmsMasterKeyId: kmsKeyArn,
      policy: policyJson(
        readPolicy("sns/tls-only.json", partitionOf(region), {
          TOPIC_ARN: topicArn(props, name),
        }),
      ),
      ...(fifo && { fifoTopic: true, contentBasedDeduplication: true }),
      tags: { Name: name },
    }).arn;
    for (const subscription of subscriptions)
      this.subscribe(subscription, props);
  }

  private subscribe(subscription: Subscription, props: TopicProps): void {
    const { id, protocol, endpoint, filter, deadLetterName } = subscription;
    const letters = new PrivateQueue(this, `${id}-dead-letters`, {
      ...props,
      name: deadLetterName,
      fifo: deadLetterName.endsWith(".fifo"),
      retentionDays: 14,
      topicArns: [topicArn(props, props.name)],
    });
    new SnsTopicSubscription(this, id, {
      topicArn: this.arn,
      protocol,
      endpoint,
      filterPolicy: filter && JSON.stringify(filter),
      deliveryPolicy:
        protocol === "https" ? JSON.stringify(HTTPS_RETRIES) : undefined,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: letters.arn }),
    });
  }
}
