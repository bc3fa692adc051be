import { type ExitCode } from "../cli/command";
import { type Terminal } from "../cli/terminal";
import { type Target } from "../target";
import { PLAN_HEADS, planDetails, planRow } from "./plan-table";
import { type StackPlan, hasChanges, hasFailed, lossesIn } from "./plan-target";

/** The flag without which nothing that loses data is planned to an end, or deployed. */
export const LOSS_FLAG = "accept-data-loss";

/** Whether a plan has to end here: something was refused or failed, or data would go and nobody said that it may. */
export const isStopped = (
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
): boolean => hasFailed(plans) || (!acceptsLoss && lossesIn(plans).length > 0);

/** 0 without changes, 1 where it is stopped, 2 with changes. */
export function exitOf(
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
): ExitCode {
  if (isStopped(plans, acceptsLoss)) return 1;
  return hasChanges(plans) ? 2 : 0;
}

/** The table of one environment, and what stands beneath it. */
export function printPlan(
  terminal: Terminal,
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
): void {
  terminal.table(PLAN_HEADS, plans.map(planRow));
  for (const text of planDetails(plans)) terminal.print(`\n${text}`);
  const sentence = acceptsLoss ? undefined : lossSentence(plans);
  if (sentence !== undefined) terminal.print(`\n${sentence}`);
}

/** Why it is refused, and what says otherwise; undefined where no data goes. */
export function lossSentence(plans: readonly StackPlan[]): string | undefined {
  const stacks = [...new Set(lossesIn(plans).map(({ stack }) => stack))];
  return stacks.length === 0
    ? undefined
    : `Refused: data would be lost in ${stacks.join(", ")}, as listed above. Take the change back; or where that data may go, give --${LOSS_FLAG}.`;
}

/** The part of the document of `--json` that is about one environment. */
export const planDocument = (
  { environment, settings }: Target,
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
) => ({
  environment,
  accountId: settings.accountId,
  exitCode: exitOf(plans, acceptsLoss),
  stacks: plans,
});
