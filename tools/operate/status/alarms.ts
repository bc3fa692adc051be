import {
  CloudWatchClient,
  DescribeAlarmsCommand,
} from "@aws-sdk/client-cloudwatch";
import { namesOf } from "../../../modules/lib/names";
import { type Settings } from "../../../modules/schema";
import { type AwsAccess } from "../aws/clients";
import { type Row, counted } from "./part";

/** The alarms whose names begin as those of the environment do. */
export async function alarmRows(
  settings: Settings,
  aws: Pick<AwsAccess, "client">,
): Promise<Row[]> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await aws
    .client(CloudWatchClient)
    .send(
      new DescribeAlarmsCommand({
        AlarmNamePrefix: `${namesOf(settings).prefix}-`,
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: 100,
      }),
    );
  const all = [...MetricAlarms, ...CompositeAlarms];
  const ringing = all.filter(({ StateValue }) => StateValue === "ALARM");
  if (all.length === 0)
    return [{ what: "alarms", found: "none is made", standing: "know" }];
  if (ringing.length === 0)
    return [
      {
        what: "alarms",
        found: `none of ${all.length} rings`,
        standing: "fine",
      },
    ];
  return ringing.map(({ AlarmName, StateReason }) => ({
    what: `alarm ${AlarmName ?? ""}`,
    found: StateReason ?? `one of ${counted(all.length, "alarm")}`,
    standing: "wrong",
  }));
}
