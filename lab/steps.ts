import { canary, fillStores } from "./account";
import { cdktf } from "./cdktf";
import { inventory } from "./inventory";
import { type Lab, adapt } from "./lab";
import { leftOvers } from "./left-overs";
import { Stop, failureOf } from "./report";
import { writeLabSettings } from "./settings";
import { type State, attributesOf, readState } from "./state";
import { type SynthesizedStack, synthesize } from "./synthesized";
import { planAgain } from "./terraform";
import {
  checkCluster,
  compareWorkloads,
  deployWorkloads,
  destroyWorkloads,
} from "./workloads-steps";

/** Writes settings with the wanted retention, synthesizes, and adapts the result to the lab's provider. */
export async function prepareStacks(
  lab: Lab,
  retain: boolean,
): Promise<SynthesizedStack[]> {
  lab.settings = writeLabSettings({
    retain,
    hostedZoneId: lab.hostedZoneId,
    chartRepository: lab.workloads?.chartRepository,
  });
  const stacks = await synthesize(lab.stacks, lab.env);
  adapt(lab, stacks);
  return stacks;
}

/** `cdktf deploy`, and the figures of each stack. */
export async function deploy(lab: Lab, step: string): Promise<void> {
  const { report, stacks, env } = lab;
  const { result, progress } = await cdktf("deploy", stacks, {
    step,
    env,
    say: (text) => {
      report.say(text);
    },
  });
  for (const { stack, resources, seconds = 0 } of progress) {
    const row = report.row(stack);
    row.resources = Math.max(row.resources, resources);
    row.seconds = Math.max(row.seconds, seconds);
  }
  if (!report.check(step, result.code === 0, failureOf(step, result)))
    throw new Stop();
  await deployWorkloads(lab, step);
}

/** A second plan of every stack finds nothing to do. */
export async function checkPlans(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  step: string,
): Promise<void> {
  for (const stack of stacks) {
    const changes = await planAgain(stack, lab.env);
    const row = lab.report.row(stack.id);
    row.changes = (row.changes ?? 0) + changes.length;
    lab.report.check(
      `${step}: ${stack.id} is unchanged`,
      changes.length === 0,
      changes.join(", ") || undefined,
    );
  }
  await compareWorkloads(lab, step);
}

/** Fills what AWS refuses to delete while it is filled, so that the destroy proves something (DEC-04). */
export async function fill(lab: Lab): Promise<void> {
  const states = await statesOf(lab);
  const texts = (type: string, field: string) =>
    attributesOf(states, type).map((one) => String(one[field]));
  const filled = await fillStores(lab.aws, {
    buckets: texts("aws_s3_bucket", "bucket"),
    repositories: texts("aws_ecr_repository", "name"),
    vaults: texts("aws_backup_vault", "name"),
    backedUpArn: texts("aws_efs_file_system", "arn")[0] ?? "",
    backupRoleArn: texts("aws_iam_role", "arn")[0] ?? "",
  });
  lab.report.check("stores are filled", filled.length > 0, filled.join(", "));
  const leaking = lab.stacks.filter((_, i) => states[i]?.text.includes(canary));
  lab.report.check(
    "no operator's secret in a state",
    leaking.length === 0,
    leaking.join(", ") || undefined,
  );
}

export const statesOf = ({ aws, settings, stacks }: Lab): Promise<State[]> =>
  Promise.all(stacks.map((stack) => readState(aws, settings, stack)));

/** `cdktf destroy`, and what it leaves behind. */
export async function destroy(lab: Lab, step: string): Promise<void> {
  const { report, stacks, env, aws } = lab;
  const states = await statesOf(lab);
  await destroyWorkloads(lab, step);
  const { result } = await cdktf("destroy", stacks, {
    step,
    env,
    say: (text) => {
      report.say(text);
    },
  });
  if (!report.check(step, result.code === 0, failureOf(step, result)))
    throw new Stop();
  const left = leftOvers(lab.before, await inventory(aws));
  for (const [i, stack] of stacks.entries()) {
    const row = report.row(stack);
    row.leftOvers =
      (row.leftOvers ?? 0) +
      left.filter(({ id }) => states[i]?.text.includes(id)).length;
  }
  report.check(
    `${step}: nothing is left`,
    left.length === 0,
    left.map(({ kind, id }) => `${kind} ${id}`).join(", ") || undefined,
  );
  await checkCluster(lab, step);
}
