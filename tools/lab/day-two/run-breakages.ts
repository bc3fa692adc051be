import { unlockAll } from "../faults/recover";
import { attempt } from "../faults/attempt";
import { type Lab } from "../lab";
import { importsOf } from "../steps/imports";
import { checkPlans, deploy, prepareStacks } from "../steps/steps";
import { type SynthesizedStack } from "../terraform/synthesized";
import {
  type Breakage,
  helmRelease,
  lock,
  mendedAlone,
  mendedByDeploy,
} from "./breakages";

/** Breaks an environment that stands, behind Terraform's back, and mends it as the runbook says. */
export async function runBreakages(lab: Lab): Promise<void> {
  const stacks = await prepareStacks(lab, lab.settings.retain);
  const possible = mendedByDeploy.filter((one) => isPossible(lab, one));
  for (const one of possible) await one.break(lab);
  await mend(
    lab,
    stacks,
    possible.map(({ name }) => name).join("; "),
    "broken",
  );
  await mendLock(lab, stacks);
  for (const one of mendedAlone)
    if (isPossible(lab, one)) {
      await one.break(lab);
      await one.remedy?.(lab);
      await mend(lab, stacks, one.name, one.name.replaceAll(" ", "-"));
    }
  for (const status of ["failed", "pending-upgrade"] as const)
    await mendRelease(lab, stacks, helmRelease(status));
}

function isPossible(
  { workloads, report }: Lab,
  { name, inCluster = false }: Breakage,
): boolean {
  const possible = !inCluster || workloads?.chartRepository !== undefined;
  if (!possible) report.skip(name, "workloads is not deployed by Terraform");
  return possible;
}

async function mend(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  what: string,
  step: string,
): Promise<void> {
  lab.report.progress(`behind Terraform's back: ${what}`);
  await deploy(lab, step);
  await checkPlans(lab, stacks, `plan after ${step}`);
}

async function mendLock(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
): Promise<void> {
  await lock.break(lab);
  const { code, lines } = await attempt(lab, "deploy", "locked");
  const refused = lines.some((line) => line.includes("state lock"));
  const unlocked = await unlockAll(lab, stacks);
  lab.report.check(
    `${lock.name}: the deploy is refused, and terraform force-unlock takes it away`,
    code !== 0 && refused && unlocked.join() === "data",
    unlocked.join(", "),
  );
}

/** `npm run imports` says which revision has to go; without that the deploy may be refused. The deploy may take a second run. */
async function mendRelease(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  breakage: Breakage,
): Promise<void> {
  if (!isPossible(lab, breakage)) return;
  await breakage.break(lab);
  const step = breakage.name.replaceAll(" ", "-");
  for (const command of await importsOf(lab, step))
    await lab.workloads?.cluster.kubectl(command.split(" ").slice(1));
  // Upon a revision that failed the Helm provider upgrades, and then complains that the revision is another one than before.
  await attempt(lab, "deploy", `${step}-first`);
  await mend(lab, stacks, breakage.name, step);
}
