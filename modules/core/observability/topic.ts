import { type Construct } from "constructs";
import { AlarmTopic } from "../../aws/sns/alarm-topic";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";

/** ARN of the topic that alarms are sent to: made here, or that of the settings. Undefined without the section. */
export function createAlarmTopic(
  scope: Construct,
  settings: CoreSettings,
): string | undefined {
  const { observability, accountId, region, retain } = settings;
  if (observability === undefined) return undefined;
  const names = namesOf(settings);
  return (
    observability.topicArn ??
    new AlarmTopic(scope, "alarms", {
      name: names.of("alarms"),
      accountId,
      region,
      alarmPrefix: `${names.prefix}-`,
      mail: observability.mail,
      retain,
    }).arn
  );
}
