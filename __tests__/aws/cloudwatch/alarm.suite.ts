import {
  Alarm,
  type AlarmDefinition,
  type AlarmProps,
} from "../../../modules/aws/cloudwatch/alarm";
import { waitingPodsAlarms } from "../../../modules/aws/cloudwatch/cluster-alarms";
import {
  backupAlarms,
  postgresAlarms,
  redisAlarms,
} from "../../../modules/aws/cloudwatch/store-alarms";
import { onlyResource, synthOne } from "../../support/synth";

const props: AlarmProps = {
  name: "wave-prod-redis-memory-1",
  description: "Memory of a Redis node is over 90 %.",
  namespace: "AWS/ElastiCache",
  metricName: "DatabaseMemoryUsagePercentage",
  dimensions: { CacheClusterId: "wave-prod-redis-001" },
  statistic: "Maximum",
  periodSeconds: 300,
  periods: 3,
  wrong: "above",
  threshold: 90,
  withoutValues: "wrong",
  topicArn: "arn:aws:sns:eu-central-1:123456789012:wave-prod-alarms",
};
const alarmOf = (change: Partial<AlarmProps> = {}) =>
  onlyResource(
    synthOne((stack) => new Alarm(stack, "alarm", { ...props, ...change })),
    "aws_cloudwatch_metric_alarm",
  );

test("one metric, and the topic is told of the alarm and of its end", () => {
  expect(alarmOf()).toMatchObject({
    alarm_name: props.name,
    alarm_description: props.description,
    namespace: "AWS/ElastiCache",
    metric_name: "DatabaseMemoryUsagePercentage",
    dimensions: { CacheClusterId: "wave-prod-redis-001" },
    statistic: "Maximum",
    period: 300,
    evaluation_periods: 3,
    comparison_operator: "GreaterThanThreshold",
    threshold: 90,
    treat_missing_data: "breaching",
    alarm_actions: [props.topicArn],
    ok_actions: [props.topicArn],
  });
  expect(alarmOf({ wrong: "below" }).comparison_operator).toBe(
    "LessThanThreshold",
  );
});

test.each([
  ["right", "notBreaching"],
  ["wrong", "breaching"],
  ["as before", "ignore"],
] as const)("a period without a value counts as %s", (withoutValues, name) => {
  expect(alarmOf({ withoutValues }).treat_missing_data).toBe(name);
});

/** Whether a value would count as wrong. */
const isWrong = (alarm: AlarmDefinition | undefined, value: number) =>
  alarm !== undefined &&
  (alarm.wrong === "above" ? value > alarm.threshold : value < alarm.threshold);

test("Redis: each node has its memory and its evictions watched; one that is silent is an alarm, once", () => {
  const alarms = redisAlarms(["redis-001", "redis-002"]);
  expect(
    Object.entries(alarms).map(([id, { dimensions, withoutValues }]) => [
      id,
      dimensions.CacheClusterId,
      withoutValues,
    ]),
  ).toEqual([
    ["memory-1", "redis-001", "wrong"],
    ["evictions-1", "redis-001", "right"],
    ["memory-2", "redis-002", "wrong"],
    ["evictions-2", "redis-002", "right"],
  ]);
  expect(isWrong(alarms["evictions-1"], 0)).toBe(false);
  expect(isWrong(alarms["evictions-1"], 1)).toBe(true);
});

const GIB = 1024 ** 3;
const postgres = postgresAlarms({
  identifier: "wave-prod-postgres",
  storageGiB: 20,
  memoryMi: 4096,
});

test("PostgreSQL: a tenth of the first size free, and most of the connections that 4 GiB allow", () => {
  expect(isWrong(postgres.storage, 2.1 * GIB)).toBe(false);
  expect(isWrong(postgres.storage, 1.9 * GIB)).toBe(true);
  // LEAST(DBInstanceClassMemory / 9531392, 5000): 450 of the whole memory.
  expect(postgres.connections?.threshold).toBe(315);
  expect(postgres.cpu?.withoutValues).toBe("right");
  expect(postgres.storage?.withoutValues).toBe("wrong");
});

test("PostgreSQL: never more connections than RDS allows at all, and no alarm of a class that nobody knows", () => {
  const of = (memoryMi: number | undefined) =>
    postgresAlarms({ identifier: "db", storageGiB: 20, memoryMi });
  expect(of(512 * 1024).connections?.threshold).toBe(3500);
  expect(Object.keys(of(undefined))).toEqual(["storage", "cpu"]);
});

test("a vault: one failed backup is an alarm, and a day without one is none", () => {
  const { failed } = backupAlarms("wave-prod-efs");
  expect(failed?.dimensions).toEqual({ BackupVaultName: "wave-prod-efs" });
  expect(isWrong(failed, 0)).toBe(false);
  expect(isWrong(failed, 1)).toBe(true);
  expect(failed?.withoutValues).toBe("right");
});

test("pods that wait for a node are an alarm after a quarter of an hour, which a new node does not take", () => {
  const { waiting } = waitingPodsAlarms("wave-prod-eks");
  expect(waiting?.dimensions).toEqual({ ClusterName: "wave-prod-eks" });
  // A sum of several values a period would be no number of pods.
  expect([waiting?.statistic, waiting?.periodSeconds]).toEqual(["Sum", 60]);
  expect((waiting?.periods ?? 0) * 60).toBe(15 * 60);
  expect([isWrong(waiting, 0), isWrong(waiting, 1)]).toEqual([false, true]);
});
