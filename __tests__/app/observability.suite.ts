import { type Settings } from "../../modules/schema";
import { existingExampleSettings } from "../support/settings";
import {
  type SettingsChange,
  currentSettings,
  deliverySettings,
  emgSettings,
  exampleSettings,
  liteSettings,
  platformsSettings,
} from "../support/settings";
import { type ResourceJson, type StackJson, synthApp } from "../support/synth";

const environments: Readonly<
  Record<string, (change?: SettingsChange) => Settings>
> = {
  classic: exampleSettings,
  current: currentSettings,
  lite: liteSettings,
  "a cluster that exists": existingExampleSettings,
  pipelines: platformsSettings,
  services: deliverySettings,
  Prefect: emgSettings,
};

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:operations";

/** Types that only alarms, and who gets them, are made of. */
const OURS = [
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_metric_alarm",
  "aws_sns_topic",
  "aws_sns_topic_subscription",
];

const alarmsOf = (stacks: Record<string, StackJson>) =>
  Object.entries(stacks).flatMap(([id, stack]) =>
    Object.entries(stack.resource?.aws_cloudwatch_metric_alarm ?? {}).map(
      ([name, alarm]) => ({ id, stack, name, alarm }),
    ),
  );

/** Whether a text names something that stands in the stack. */
function refersTo(stack: StackJson, text: string): boolean {
  const [, data, type = "", name = ""] =
    /(data\.)?\b((?:aws|kubernetes|terraform)_\w+)\.([\w-]+)/.exec(text) ?? [];
  const block = data === undefined ? stack.resource : stack.data;
  return block?.[type]?.[name] !== undefined;
}

describe.each(Object.entries(environments))("%s", (_, settingsOf) => {
  const on = synthApp(settingsOf());
  const off = synthApp(settingsOf({ observability: undefined }));

  // CDKTF writes it for an empty text, and Terraform refuses the plan.
  test("no expression says undefined", () => {
    expect(JSON.stringify(on)).not.toMatch(/\$\{[^}]*\bundefined\b/);
  });
  const alarms = alarmsOf(on);
  // The ARN of a certificate that exists is all that is known of it.
  const { dns, emg } = settingsOf();
  const given = [dns.certificateArn, emg?.certificateArn];

  test("every dimension refers to what stands in the same stack", () => {
    const literal = alarms.flatMap(({ id, stack, name, alarm }) =>
      Object.entries((alarm.dimensions ?? {}) as Record<string, string>)
        .filter(
          ([, value]) => !refersTo(stack, value) && !given.includes(value),
        )
        .map(([key, value]) => `${id} ${name}: ${key} = ${value}`),
    );
    expect(literal).toEqual([]);
  });

  test("every alarm, and its end, goes to the topic of network", () => {
    for (const { id, alarm } of alarms)
      expect([alarm.alarm_actions, alarm.ok_actions]).toEqual(
        Array(2).fill([
          id === "network"
            ? "${aws_sns_topic.alarms.arn}"
            : "${data.terraform_remote_state.network.outputs.alarm_topic_arn}",
        ]),
      );
  });

  test("names are each once, and begin as the topic's policy says", () => {
    const names = alarms.map(({ alarm }) => String(alarm.alarm_name));
    const { name, environment } = settingsOf();
    expect(new Set(names).size).toBe(names.length);
    expect(
      names.filter((one) => !one.startsWith(`${name}-${environment}-`)),
    ).toEqual([]);
  });

  test("without the section nothing of it is made, and the rest is as it was", () => {
    expect(JSON.stringify(off)).not.toMatch(
      /alarm|cloudwatch_metric|containerinsights|cloudwatch-observability/i,
    );
    const alarmsAlone = synthApp(
      settingsOf({ observability: { addOn: "none" } }),
    );
    expect(withoutOurs(alarmsAlone)).toEqual(withoutOurs(off));
  });
});

test("pods that wait are watched where all of the cluster are ours", () => {
  const watched = (stacks: Record<string, StackJson>) =>
    alarmsOf(stacks).map(({ alarm }) => alarm.metric_name);
  const metric = "scheduler_pending_pods_UNSCHEDULABLE";
  expect(watched(synthApp(currentSettings()))).toContain(metric);
  expect(watched(synthApp(existingExampleSettings()))).not.toContain(metric);
});

test("a topic that exists gets the alarms, and nothing of it is made", () => {
  const stacks = synthApp(
    currentSettings({ observability: { mail: [], topicArn: TOPIC } }),
  );
  const { network } = stacks;
  expect(network?.output?.alarm_topic_arn?.value).toBe(TOPIC);
  expect(Object.keys(network?.resource ?? {})).not.toContain("aws_sns_topic");
  for (const { id, alarm } of alarmsOf(stacks))
    if (id === "network") expect(alarm.alarm_actions).toEqual([TOPIC]);
});

/** The stacks without alarms, topics of alarms, and what they need alone. */
function withoutOurs(
  stacks: Record<string, StackJson>,
): Record<string, StackJson> {
  const copy = JSON.parse(
    JSON.stringify(stacks)
      .replaceAll(String.raw`,\"alarm_topic_arn\"`, "")
      .replaceAll('"alarm_topic_arn":"alarm_topic_arn",', ""),
  ) as Record<string, StackJson>;
  for (const stack of Object.values(copy)) {
    delete stack.output?.alarm_topic_arn;
    delete stack.data?.aws_lbs;
    if (Object.keys(stack.data ?? {}).length === 0) delete stack.data;
    for (const [type, resources] of Object.entries(stack.resource ?? {})) {
      for (const [name, one] of Object.entries(resources))
        if (isOurs(type, one)) Reflect.deleteProperty(resources, name);
      if (Object.keys(resources).length === 0)
        Reflect.deleteProperty(stack.resource ?? {}, type);
    }
    if (Object.keys(stack.resource ?? {}).length === 0) delete stack.resource;
  }
  return copy;
}

/** Services have topics of their own. */
const isOurs = (type: string, one: ResourceJson): boolean =>
  OURS.includes(type)
    ? /alarm/i.test(JSON.stringify(one))
    : type.startsWith("aws_kms_") &&
      /-alarms"|_alarms_|alarms_key/.test(JSON.stringify(one));
