import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { policyJson, readPolicy } from "../../lib/policy";
import { sha256 } from "../../lib/sha256";
import { KmsKey } from "../kms/kms-key";
import { topicArn } from "./topic";

/** Properties of `AlarmTopic`. */
export interface AlarmTopicProps {
  /** Name of topic and key, unique in account and region. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /**
   * Start of the names of the alarms that may send.
   * @default every alarm of account and region
   */
  readonly alarmPrefix?: string;
  /** Addresses that get the alarms. AWS asks each to confirm, and sends nothing before. */
  readonly mail: readonly string[];
  /**
   * Keep the key.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * Topic of CloudWatch's alarms, encrypted with a key of its own: without the key's permission CloudWatch drops what it would send,
 * and nobody is told ("Enable compatibility between event sources from AWS services and encrypted topics" of the SNS developer
 * guide). The key costs $1 a month; the first 1,000 mails are free.
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const key = this.createKey(props);
    this.arn = this.createTopic(key, props).arn;
    for (const address of props.mail)
      new SnsTopicSubscription(
        this,
        `mail-${sha256(address.toLowerCase()).slice(0, 8)}`,
        { topicArn: this.arn, protocol: "email", endpoint: address },
      );
  }

  private createKey(props: AlarmTopicProps): KmsKey {
    const { name, accountId, region, retain } = props;
    return new KmsKey(this, "key", {
      name,
      description: "Alarms on their way.",
      accountId,
      region,
      statements: readPolicy("kms/alarms-send.json", partitionOf(region), {
        ACCOUNT_ID: accountId,
      }).Statement,
      retain,
    });
  }

  private createTopic(key: KmsKey, props: AlarmTopicProps): SnsTopic {
    const { name, accountId, region, alarmPrefix = "" } = props;
    const partition = partitionOf(region);
    const TOPIC_ARN = topicArn(props, name);
    const tlsOnly = readPolicy("sns/tls-only.json", partition, { TOPIC_ARN });
    const alarmsSend = readPolicy("sns/alarms-send.json", partition, {
      TOPIC_ARN,
      ACCOUNT_ID: accountId,
      ALARM_ARNS: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarmPrefix}*`,
    });
    return new SnsTopic(this, "Default", {
      name,
      kmsMasterKeyId: key.arn,
      policy: policyJson({
        ...tlsOnly,
        Statement: [...tlsOnly.Statement, ...alarmsSend.Statement],
      }),
      tags: { Name: name },
    });
  }
}
