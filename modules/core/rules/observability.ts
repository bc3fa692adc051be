import { type Rule, type Warning, eachOnce, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

/** Who gets what of a topic that exists is its owner's to say. */
const oneReceiver: Rule<CoreSettings> = ({ observability }) =>
  when(
    observability?.topicArn !== undefined && observability.mail.length > 0,
    () => ({
      path: "observability.mail",
      given: `[${observability?.mail.join(", ") ?? ""}], beside topicArn`,
      allowed: "addresses of a topic that is made here, or a topic that exists",
      fix: "remove topicArn; or remove mail, and subscribe the addresses to that topic",
    }),
  );

/** SNS makes one subscription of both, whatever their letters. */
const everyAddressOnce: Rule<CoreSettings> = ({ observability }) =>
  eachOnce(
    "observability.mail",
    (observability?.mail ?? []).map((address) => address.toLowerCase()),
  );

const nobodyIsTold: Warning<CoreSettings> = ({ observability }) =>
  observability !== undefined &&
  observability.topicArn === undefined &&
  observability.mail.length === 0
    ? [
        "observability has neither mail nor topicArn: alarms are made, and nobody is told. The output alarm_topic_arn of network names the topic, for subscriptions of your own.",
      ]
    : [];

export const observabilityRules = [oneReceiver, everyAddressOnce];
export const observabilityWarnings = [nobodyIsTold];
