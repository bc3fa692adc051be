import { type Terminal } from "../cli/terminal";
import { type StackPlan, planAlone } from "../plan/plan-target";
import { isStopped, printPlan } from "../plan/report";
import { type Target } from "../target";
import { deployStacks } from "./cdktf";
import { standingIn } from "./what-goes";

/** How a deploy ended. */
export interface Deployed {
  /** Whether every stack is through. */
  readonly done: boolean;
  /** The plan that a stack was stopped for, when its turn came. */
  readonly stopped?: StackPlan;
}

/** What a deploy calls outside of this process. */
export const CALLS = { deployStacks, planAlone, standingIn };

/**
 * Deploys all stacks: by one command of the CLI, or where a plan made beforehand is not what the deploy will do, up to that stack.
 * From there on it goes stack by stack, and plans such a one when its turn comes: what loses data is refused then, and what was
 * deployed before stands.
 *
 * @throws Interrupted
 */
export async function deployInTurn(
  target: Target,
  plans: readonly StackPlan[],
  { acceptsLoss, terminal }: { acceptsLoss: boolean; terminal: Terminal },
  calls = CALLS,
): Promise<Deployed> {
  const { stacks } = target;
  const unsure = acceptsLoss ? [] : await unsureStacks(target, plans, calls);
  const at = stacks.findIndex((stack) => unsure.includes(stack));
  const [together, apart] =
    at === -1 ? [stacks, []] : [stacks.slice(0, at), stacks.slice(at)];
  if (
    together.length > 0 &&
    !(await calls.deployStacks(target, together, terminal))
  )
    return { done: false };
  for (const stack of apart) {
    if (unsure.includes(stack)) {
      const plan = await terminal.progress(`plan ${stack}`, () =>
        calls.planAlone(target, stack),
      );
      printPlan(terminal, [plan], acceptsLoss);
      if (isStopped([plan], acceptsLoss)) {
        terminal.print(`\n${whatStands(stacks, stack)}`);
        return { done: false, stopped: plan };
      }
    }
    if (
      !(await calls.deployStacks(target, [stack], terminal, {
        more: stack !== stacks[0],
      }))
    )
      return { done: false };
  }
  return { done: true };
}

/**
 * Stacks that stand, and whose plan could not be made, or was made with outputs that will be others. A stack of which nothing stands has
 * nothing to lose.
 */
async function unsureStacks(
  target: Target,
  plans: readonly StackPlan[],
  calls: Pick<typeof CALLS, "standingIn">,
): Promise<string[]> {
  const waiting = plans.filter(({ state }) => state === "waits");
  const standing = await calls.standingIn(
    { ...target, stacks: waiting.map(({ stack }) => stack) },
    () => undefined,
  );
  return [
    ...standing.flatMap(({ stack, resources }) => (resources > 0 ? stack : [])),
    ...plans.flatMap((plan) =>
      plan.state === "planned" &&
      plan.plannedWith.some(({ changedOutputs }) => changedOutputs.length > 0)
        ? plan.stack
        : [],
    ),
  ];
}

function whatStands(stacks: readonly string[], stopped: string): string {
  const at = stacks.indexOf(stopped);
  const before = stacks.slice(0, at);
  return [
    ...(before.length > 0 ? [`Deployed: ${before.join(", ")}.`] : []),
    `Not deployed: ${stacks.slice(at).join(", ")}. The plan of ${stopped} could not be made, or was another one, before.`,
  ].join(" ");
}
