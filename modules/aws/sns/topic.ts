import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { policyJson, readPolicy } from "../../lib/policy";
import { sha256 } from "../../lib/sha256";
import {
  DEAD_LETTER_DAYS,
  type Place,
  PrivateQueue,
  deadLetterName,
} from "../sqs/queue";

/** Which messages of a topic somebody gets. */
export interface Filtered {
  /**
   * Values of message attributes that pass.
   * @default every message
   */
  readonly filter?: Readonly<Record<string, readonly string[]>>;
}

/** A queue that gets the messages; its policy lets the topic send. */
export interface QueueSubscription extends Filtered {
  readonly kind: "sqs";
  readonly queue: { readonly name: string; readonly arn: string };
}

/** An address that gets the messages. SNS asks it to confirm once it is subscribed, and it has to. */
export interface HttpsSubscription extends Filtered {
  readonly kind: "https";
  readonly url: string;
}

/** One who gets the messages of a topic: once for each queue and each address. */
export type Subscription = QueueSubscription | HttpsSubscription;

/** Properties of `Topic`. */
export interface TopicProps extends Place {
  /**
   * Name, unique in account and region. With `.fifo` at its end messages go out in order and once; what has the same content
   * within five minutes is the same message.
   */
  readonly name: string;
  /**
   * Customer managed key of messages and dead letters. Its policy lets SNS in where there are subscriptions; who publishes
   * needs kms:GenerateDataKey and kms:Decrypt.
   */
  readonly kmsKeyArn: string;
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
    const { name, kmsKeyArn, region, subscriptions } = props;
    this.arn = new SnsTopic(this, "Default", {
      name,
      kmsMasterKeyId: kmsKeyArn,
      policy: policyJson(
        readPolicy("sns/tls-only.json", partitionOf(region), {
          TOPIC_ARN: topicArn(props, name),
        }),
      ),
      ...(name.endsWith(".fifo") && {
        fifoTopic: true,
        contentBasedDeduplication: true,
      }),
      tags: { Name: name },
    }).arn;
    for (const subscription of subscriptions)
      this.subscribe(subscription, props);
  }

  private subscribe(subscription: Subscription, props: TopicProps): void {
    const { id, fifo, ...receiver } = receiverOf(subscription);
    const { filter } = subscription;
    const letters = new PrivateQueue(this, `${id}-dead-letters`, {
      ...props,
      name: deadLetterName(`${stemOf(props.name)}-${id}${fifo ? ".fifo" : ""}`),
      retentionDays: DEAD_LETTER_DAYS,
      topicArns: [topicArn(props, props.name)],
    });
    new SnsTopicSubscription(this, id, {
      ...receiver,
      topicArn: this.arn,
      protocol: subscription.kind,
      filterPolicy: filter && JSON.stringify(filter),
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: letters.arn }),
    });
  }
}

const stemOf = (name: string): string => name.replace(/\.fifo$/, "");

/** Dead letters of a fifo queue need one too. */
const receiverOf = (subscription: Subscription) =>
  subscription.kind === "sqs"
    ? {
        id: stemOf(subscription.queue.name),
        fifo: subscription.queue.name.endsWith(".fifo"),
        endpoint: subscription.queue.arn,
      }
    : {
        id: sha256(subscription.url).slice(0, 8),
        fifo: false,
        endpoint: subscription.url,
        deliveryPolicy: JSON.stringify(HTTPS_RETRIES),
      };
