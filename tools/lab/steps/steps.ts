import { checkDryRun } from "../checks/dry-run";
import { fillStores } from "../aws/account";
import { type CdktfRun, cdktf } from "../terraform/cdktf";
import { type Existing, inventory } from "../aws/inventory";
import { type Lab, adapt } from "../lab";
import { leftOvers } from "./left-overs";
import { keepPlans } from "../terraform/kept-plans";
import { Stop, failureOf } from "../report";
import { attachDeployerPolicies } from "../deployer/policies";
import { writeLabSettings } from "../settings";
import { type State, readState } from "../terraform/state";
import { storesOf } from "./stores";
import { type SynthesizedStack, synthesize } from "../terraform/synthesized";
import { type Plan, planAll, todo } from "../terraform/plan";
import { askComputeEnv, beforeDestroy } from "./compute-env";
import { askDelivery, beforeDeliveryDestroy } from "./delivery";
import { askEmg, beforeEmgDestroy, watchJobs } from "./emg";
import {
  checkCluster,
  compareWorkloads,
  deployWorkloads,
  destroyWorkloads,
} from "./workloads";

/** Writes settings with the wanted retention, synthesizes, and adapts the result to the lab's provider. */
export async function prepareStacks(
  lab: Lab,
  retain: boolean,
): Promise<SynthesizedStack[]> {
  lab.settings = writeLabSettings(lab.line, {
    retain,
    hostedZoneId: lab.hostedZoneId,
    chartRepository: lab.workloads?.chartRepository,
    patch: lab.patch,
    base: lab.base,
  });
  attachDeployerPolicies(lab.settings);
  const stacks = await synthesize(lab.stacks, lab.line, lab.env);
  adapt(lab, stacks);
  return stacks;
}

/** `cdktf deploy`, and the figures of each stack. */
export async function deploy(lab: Lab, step: string): Promise<void> {
  await checkDryRun(lab, step);
  await lab.before;
  watchJobs(lab);
  await deployStacks(lab, step, lab.stacks);
  await deployWorkloads(lab, step);
  await askComputeEnv(lab, step);
  await askDelivery(lab, step);
  await askEmg(lab, step);
}

/** `cdktf deploy` of some stacks. @param project Folder of another version of this project, with a CLI of its own. */
export async function deployStacks(
  lab: Lab,
  step: string,
  stacks: readonly string[],
  project?: string,
): Promise<void> {
  const { report, env } = lab;
  const { result, progress } = await cdktf("deploy", stacks, {
    step: logOf(lab, step),
    env,
    project,
    print: (text) => {
      report.progress(text);
    },
  });
  for (const { stack, resources, seconds = 0 } of progress) {
    const row = report.row(stack);
    row.resources = Math.max(row.resources, resources);
    row.seconds = Math.max(row.seconds, seconds);
  }
  checkEnd({ ...lab, stacks }, step, { result, progress });
}

/** A second plan of every stack finds nothing to do. @returns the plans. */
export async function checkPlans(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  step: string,
): Promise<Plan[]> {
  const plans = await planAll(stacks, {
    step: logOf(lab, step.replaceAll(" ", "-")),
    env: lab.env,
  });
  keepPlans(lab, plans);
  for (const plan of plans) {
    const changes = todo(plan);
    const row = lab.report.row(plan.stack);
    row.changes = (row.changes ?? 0) + changes.length;
    lab.report.check(
      `${step}: ${plan.stack} is unchanged`,
      changes.length === 0,
      changes.join(", ") || undefined,
    );
  }
  await compareWorkloads(lab, step);
  return plans;
}

/** Fills what AWS refuses to delete while it is filled, so that the destroy proves something. */
export async function fill(
  { report, aws }: Lab,
  states: readonly State[],
): Promise<void> {
  const filled = await fillStores(aws, storesOf(states));
  report.check("stores are filled", filled.length > 0, filled.join(", "));
}

export const statesOf = ({ aws, settings, stacks }: Lab): Promise<State[]> =>
  Promise.all(stacks.map((stack) => readState(aws, settings, stack)));

/** An environment that has been destroyed. */
export interface DestroyedLine {
  readonly lab: Lab;
  /** Its states before. */
  readonly states: readonly State[];
}

/** `cdktf destroy`. */
export async function destroy(lab: Lab, step: string): Promise<DestroyedLine> {
  const { report, stacks, env } = lab;
  const states = await statesOf(lab);
  await destroyWorkloads(lab, step);
  const farewells = [
    await beforeDestroy(lab, step),
    beforeDeliveryDestroy(lab, step),
    beforeEmgDestroy(lab, step),
  ];
  const ended = await cdktf("destroy", stacks, {
    step: logOf(lab, step),
    env,
    print: (text) => {
      report.progress(text);
    },
  });
  for (const { end } of farewells) await end();
  checkEnd(lab, step, ended);
  await checkCluster(lab, step);
  return { lab, states };
}

/** What all environments leave behind, when all of them have ended: which is whose cannot be seen while one stands. */
export async function checkLeftOvers(
  { report, aws, before }: Lab,
  ended: readonly DestroyedLine[],
): Promise<void> {
  const left = leftOvers(await before, await inventory(aws));
  for (const { lab, states } of ended) countLeft(lab, states, left);
  report.check(
    "nothing is left",
    left.length === 0,
    left.map(({ kind, id }) => `${kind} ${id}`).join(", ") || undefined,
  );
}

function countLeft(
  { report, stacks }: Lab,
  states: readonly State[],
  left: readonly Existing[],
): void {
  for (const [i, stack] of stacks.entries()) {
    const row = report.row(stack);
    row.leftOvers =
      (row.leftOvers ?? 0) +
      left.filter(({ id }) => states[i]?.text.includes(id)).length;
  }
}

/**
 * A run of the CLI has succeeded when each stack printed that it is through: the exit code is 0 too when a signal has killed a
 * stack's Terraform, and the next stack goes on.
 * @throws Stop when it has not.
 */
function checkEnd(
  lab: Lab,
  step: string,
  { result, progress }: CdktfRun,
): void {
  const cut = lab.stacks.filter((id) =>
    progress.every(
      ({ stack, seconds }) => stack !== id || seconds === undefined,
    ),
  );
  const why =
    result.code === 0 && cut.length > 0
      ? `the CLI ended with 0, and Terraform was cut off in ${cut.join(", ")}`
      : failureOf(logOf(lab, step), result);
  if (!lab.report.check(step, why === undefined, why)) throw new Stop();
}

/** Log of a step: two lines may be at it at a time. */
export const logOf = ({ line }: Lab, step: string): string => `${line}-${step}`;
