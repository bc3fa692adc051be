import { forAll } from "../all/environments";
import { type AwsAccess } from "../aws/clients";
import { clusterLogin } from "../kubernetes/cluster";
import { type Target } from "../target";
import { alarmRows } from "./alarms";
import { backupParts } from "./backups";
import { certificateRows } from "./certificates";
import { driftRows } from "./drift";
import { nodeRows } from "./nodes";
import { type Answer, type Part, askAll } from "./part";
import { podRows } from "./pods";
import { type Report } from "./report";
import { stackRows } from "./stacks";
import { type StackState, stateOf } from "./states";
import { versionRows } from "./versions";

/** What an API takes, and what Terraform takes: it may have to fetch its providers. */
const API_MS = 30_000;
const TERRAFORM_MS = 600_000;
/** Each takes half a gigabyte with its providers. */
const TERRAFORMS = 2;

/** How it is looked at. */
export interface Look {
  readonly target: Target;
  readonly aws: Pick<AwsAccess, "client">;
  /** Whether Terraform is asked for what has changed behind its back. */
  readonly drift: boolean;
  readonly now: Date;
}

/** Looks at an environment, all parts side by side. It changes nothing. */
export async function look(how: Look): Promise<Report> {
  const { target } = how;
  const { environment, settings, stacks } = target;
  const { states, unread } = await statesOf(how);
  const unknown = unread.map(({ part }) => part);
  const known = stacks.filter((stack) => !unknown.includes(partOf(stack)));
  const first = { part: "stacks", rows: stackRows(known, states, settings) };
  const deployed =
    unread.length > 0 || states.some(({ resources }) => resources.length > 0);
  if (!deployed) return { environment, deployed, parts: [first] };
  const [parts, drift] = await Promise.all([
    askAll(partsOf(how, states), API_MS),
    how.drift ? driftOf(how, states) : [],
  ]);
  return {
    environment,
    deployed,
    parts: [first, ...unread, ...parts, ...drift],
  };
}

const partOf = (stack: string): string => `state of ${stack}`;

/** The states that are there, and what kept others from being read. */
async function statesOf({ target, aws }: Look) {
  const states = new Map<string, StackState>();
  const asked = await askAll(
    target.stacks.map((stack) => ({
      name: partOf(stack),
      ask: async () => {
        const state = await stateOf(target, stack, aws);
        if (state !== undefined) states.set(stack, state);
        return [];
      },
    })),
    TERRAFORM_MS,
  );
  return {
    states: target.stacks.flatMap((stack) => states.get(stack) ?? []),
    unread: asked.filter(({ notAsked }) => notAsked !== undefined),
  };
}

const partsOf = (
  { target, aws, now }: Look,
  states: readonly StackState[],
): Part[] => {
  const { settings } = target;
  return [
    {
      name: "versions",
      ask: () => Promise.resolve(versionRows(states, settings, now)),
    },
    { name: "nodes", ask: () => nodeRows(states, aws, now) },
    {
      name: "certificates",
      ask: () => certificateRows(states, settings, aws, now),
    },
    ...backupParts(states, settings, aws, now),
    { name: "alarms", ask: () => alarmRows(settings, aws) },
    {
      name: "pods",
      ask: () => podRows(settings, () => clusterLogin(target), now),
    },
  ];
};

/** Of the stacks that stand, by the JSON of their last synth where it is there: a newer one would be a plan. */
async function driftOf(
  { target }: Look,
  states: readonly StackState[],
): Promise<Answer[]> {
  const parts = states
    .filter(({ resources }) => resources.length > 0)
    .map(({ stack }) => ({
      environment: stack,
      value: { name: `drift of ${stack}`, ask: () => driftRows(target, stack) },
    }));
  const answers = await forAll(parts, TERRAFORMS, (part) =>
    askAll([part], TERRAFORM_MS),
  );
  return answers.flatMap((one) => (one.report === undefined ? one.value : []));
}
