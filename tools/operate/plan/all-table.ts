import { type Outcome, problemCount, reportsOf } from "../all/environments";
import { type Terminal } from "../cli/terminal";
import { PLAN_HEADS, planDetails, planRow } from "./plan-table";
import { type StackPlan, hasChanges } from "./plan-target";
import { isStopped, lossSentence } from "./report";

/** One table of many environments; beneath it what is in the way of some. */
export function printAll(
  terminal: Terminal,
  outcomes: readonly Outcome<{ readonly plans: readonly StackPlan[] }>[],
  acceptsLoss: boolean,
): void {
  terminal.table(["environment", ...PLAN_HEADS], outcomes.flatMap(rowsOf));
  for (const one of outcomes)
    if (one.report === undefined && isStopped(one.value.plans, acceptsLoss))
      terminal.print(
        `\n${[one.environment, ...planDetails(one.value.plans), ...lossesOf(one.value.plans, acceptsLoss)].join("\n\n")}`,
      );
  const reports = reportsOf(outcomes);
  if (reports !== "") terminal.print(`\n${reports}`);
  terminal.print("\n`plan <environment>` names the resources of one of them.");
}

const lossesOf = (
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
): string[] => {
  const sentence = acceptsLoss ? undefined : lossSentence(plans);
  return sentence === undefined ? [] : [sentence];
};

/** An environment in which nothing changes has one row, another one for each stack that does. */
function rowsOf(
  one: Outcome<{ readonly plans: readonly StackPlan[] }>,
): string[][] {
  const { environment } = one;
  if (one.report !== undefined)
    return [[environment, "–", "–", "–", "–", "–", problemCount(one.report)]];
  const rows = one.value.plans
    .filter((plan) => plan.state !== "planned" || hasChanges([plan]))
    .map(planRow);
  if (rows.length === 0)
    return [[environment, "all", "0", "0", "0", "0", "nothing"]];
  return rows.map((row, index) => [index === 0 ? environment : "", ...row]);
}
