import { type Construct } from "constructs";
import { Alarm } from "../../aws/cloudwatch/alarm";
import { type Alarms } from "../../aws/cloudwatch/store-alarms";
import { type NetworkOutputs } from "../../contracts/network";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";

/** Longest name of an alarm. */
const NAME_LIMIT = 255;

/**
 * Creates the alarms of one thing as `alarm-<what>-<alarm>`, named `<name>-<environment>-<what>-<alarm>`, which send to the
 * topic of `network`. Nothing without the section `observability`.
 */
export function createAlarms(
  scope: Construct,
  settings: CoreSettings,
  network: Pick<NetworkOutputs, "alarmTopicArn">,
  what: string,
  alarms: Alarms,
): void {
  if (settings.observability === undefined) return;
  for (const [id, definition] of Object.entries(alarms))
    new Alarm(scope, `alarm-${what}-${id}`, {
      ...definition,
      name: namesOf(settings).of(`${what}-${id}`, NAME_LIMIT),
      topicArn: network.alarmTopicArn,
    });
}
