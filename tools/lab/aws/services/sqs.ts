import { type Call, type EmulatedService, type Forward, jsonOf } from "./call";

type Attributes = Record<string, string>;

interface Input {
  readonly QueueName?: string;
  readonly QueueUrl?: string;
  readonly Attributes?: Attributes;
}

/** What moto forgets when another attribute is set, or never shows. */
const KEPT = ["Policy", "RedriveAllowPolicy"];

/** Queues: moto does not show who may redrive, loses the policy, and writes blanks into where to redrive. */
export function sqsService(): EmulatedService {
  const kept = new Map<string, Attributes>();
  const nameOf = ({ QueueName, QueueUrl = "" }: Input): string =>
    QueueName ?? QueueUrl.replace(/^.*\//, "");
  const set = async (call: Call, forward: Forward) => {
    const answer = await forward();
    const input = jsonOf(call) as Input;
    if (answer.status >= 300) return answer;
    const given = Object.entries(input.Attributes ?? {});
    const name = nameOf(input);
    kept.set(name, {
      ...kept.get(name),
      ...Object.fromEntries(given.filter(([key]) => KEPT.includes(key))),
    });
    return answer;
  };
  return {
    service: "sqs",
    errors: "json",
    operations: [
      { name: "CreateQueue", answer: set },
      { name: "SetQueueAttributes", answer: set },
      {
        name: "GetQueueAttributes",
        answer: async (call, forward) => {
          const answer = await forward();
          if (answer.status >= 300) return answer;
          const { Attributes = {} } = JSON.parse(
            answer.body.toString("utf8"),
          ) as Input;
          const shown = {
            ...Attributes,
            ...kept.get(nameOf(jsonOf(call) as Input)),
          };
          if (shown.RedrivePolicy !== undefined)
            shown.RedrivePolicy = JSON.stringify(
              JSON.parse(shown.RedrivePolicy),
            );
          // An empty text takes an attribute away.
          const set = Object.entries(shown).filter(([, value]) => value !== "");
          return {
            ...answer,
            body: Buffer.from(
              JSON.stringify({ Attributes: Object.fromEntries(set) }),
            ),
          };
        },
      },
      {
        name: "DeleteQueue",
        answer: async (call, forward) => {
          const answer = await forward();
          if (answer.status < 300) kept.delete(nameOf(jsonOf(call) as Input));
          return answer;
        },
      },
    ],
  };
}
