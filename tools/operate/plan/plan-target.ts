import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { type Target } from "../target";
import { planStack } from "../terraform/plan";
import { initStack, outputsOf, stackJson } from "../terraform/stacks";
import { type Meaning, meaningsOf } from "./meaning";
import {
  type Action,
  type Counts,
  changedOutputs,
  changesOf,
  countsOf,
  presentOutputs,
} from "./plan-json";
import { planFile } from "./plan-file";
import { type Producer, producersOf } from "./producers";

/** What came of the plan of one stack. */
export type StackPlan = PlannedStack | WaitingStack | FailedStack;

/** A plan that was made. */
export interface PlannedStack extends Counts {
  readonly stack: string;
  readonly state: "planned";
  /** Whether an apply would write anything: with all four counts 0, outputs alone. */
  readonly changed: boolean;
  readonly changes: readonly {
    readonly address: string;
    readonly action: Action;
  }[];
  readonly meanings: readonly Meaning[];
  /** Stacks with a change of their own, with whose outputs of now it was planned. */
  readonly plannedWith: readonly {
    readonly stack: string;
    /** Outputs that it reads and that will be others. */
    readonly changedOutputs: readonly string[];
  }[];
}

/** A stack that cannot be planned before another is deployed. */
export interface WaitingStack {
  readonly stack: string;
  readonly state: "waits";
  readonly waitsFor: string;
  /** Outputs that it reads and that are not there yet. */
  readonly missing: readonly string[];
  /** Whether what it waits for has nothing at all. */
  readonly neverDeployed: boolean;
}

/** A stack whose plan says no, such as for what `retain` protects, or could not be made. */
export interface FailedStack {
  readonly stack: string;
  readonly state: "refused" | "failed";
  readonly problems: readonly Problem[];
}

/** How an environment is planned. */
export interface PlanTargetOptions {
  /** Folder that keeps a plan file of each stack, `<stack>.tfplan`. @default none is kept */
  readonly folder?: string;
  /** Told which stack is planned. */
  readonly say?: (text: string) => void;
}

/** What those that read a stack have to know of it. */
interface Known {
  /** Names of its outputs. */
  readonly outputs: readonly string[];
  readonly changed: boolean;
  readonly changedOutputs: readonly string[];
}

/**
 * Plans all stacks of an environment that is synthesized, in the order of a deploy. It writes nothing but plan files.
 *
 * @throws Interrupted
 */
export async function planTarget(
  target: Target,
  { folder, say }: PlanTargetOptions = {},
): Promise<StackPlan[]> {
  const plans: StackPlan[] = [];
  const known = new Map<string, Known>();
  for (const [index, stack] of target.stacks.entries()) {
    say?.(`${stack} (${index + 1} of ${target.stacks.length})`);
    const file = folder && planFile(folder, stack);
    plans.push(await planOne(target, stack, known, file));
  }
  return plans;
}

/**
 * Plans one stack of an environment that is synthesized, with what its producers put out now.
 *
 * @throws Interrupted
 */
export async function planAlone(
  target: Target,
  stack: string,
): Promise<StackPlan> {
  const known = new Map<string, Known>();
  for (const producer of producersOf(stackJson(target, stack)))
    known.set(producer.stack, await unplanned(target, producer.stack));
  return planOne(target, stack, known, undefined);
}

async function planOne(
  target: Target,
  stack: string,
  known: Map<string, Known>,
  file: string | undefined,
): Promise<StackPlan> {
  try {
    const producers = producersOf(stackJson(target, stack));
    const waiting = waitingOf(stack, producers, known);
    if (waiting !== undefined) {
      known.set(stack, await unplanned(target, stack));
      return waiting;
    }
    const { plan, changed } = await planStack(target, stack, { file });
    known.set(stack, {
      outputs: presentOutputs(plan),
      changed,
      changedOutputs: changedOutputs(plan),
    });
    const changes = changesOf(plan);
    return {
      stack,
      state: "planned",
      changed,
      ...countsOf(changes),
      changes: changes.map(({ address, action }) => ({ address, action })),
      meanings: meaningsOf(plan, target.settings, stack),
      plannedWith: pendingOf(producers, known),
    };
  } catch (error) {
    if (!(error instanceof ProblemReport)) throw error;
    const { problems } = error;
    known.set(stack, await unplanned(target, stack).catch(() => nothing));
    return {
      stack,
      state: isRefusal(problems) ? "refused" : "failed",
      problems,
    };
  }
}

const nothing: Known = { outputs: [], changed: false, changedOutputs: [] };

/** A stack without a plan has its outputs all the same, where it was deployed before. */
async function unplanned(target: Target, stack: string): Promise<Known> {
  await initStack(target, stack);
  return { ...nothing, outputs: Object.keys(await outputsOf(target, stack)) };
}

/** The first producer that lacks something. */
function waitingOf(
  stack: string,
  producers: readonly Producer[],
  known: ReadonlyMap<string, Known>,
): WaitingStack | undefined {
  for (const producer of producers) {
    const { outputs } = known.get(producer.stack) ?? nothing;
    const missing = producer.reads.filter((name) => !outputs.includes(name));
    if (missing.length > 0)
      return {
        stack,
        state: "waits",
        waitsFor: producer.stack,
        missing,
        neverDeployed: outputs.length === 0,
      };
  }
  return undefined;
}

const pendingOf = (
  producers: readonly Producer[],
  known: ReadonlyMap<string, Known>,
): PlannedStack["plannedWith"] =>
  producers.flatMap(({ stack, reads }) => {
    const { changed, changedOutputs: others } = known.get(stack) ?? nothing;
    return changed
      ? [
          {
            stack,
            changedOutputs: others.filter((name) => reads.includes(name)),
          },
        ]
      : [];
  });

/** A condition of a plan, or the protection of what is retained. */
const isRefusal = (problems: readonly Problem[]): boolean =>
  problems.some(({ given }) =>
    /(precondition|postcondition) failed|retain: true/.test(given),
  );

/** Meanings that lose data, of all stacks. */
export const lossesIn = (
  plans: readonly StackPlan[],
): { readonly stack: string; readonly meaning: Meaning }[] =>
  plans.flatMap((plan) =>
    plan.state === "planned"
      ? plan.meanings
          .filter(({ kind }) => kind === "loses data")
          .map((meaning) => ({ stack: plan.stack, meaning }))
      : [],
  );

/** Whether some stack could be planned neither now nor after the deploy of another. */
export const hasFailed = (plans: readonly StackPlan[]): boolean =>
  plans.some(({ state }) => state === "refused" || state === "failed");

/** Whether a deploy has anything to do: a change, or a stack that waits for one. */
export const hasChanges = (plans: readonly StackPlan[]): boolean =>
  plans.some((plan) =>
    plan.state === "planned" ? plan.changed : plan.state === "waits",
  );
