import { idsOf, replacedTypes } from "../day-two/run-pairs";
import { type Lab } from "../lab";
import { deployFresh } from "../lines";
import { type Patch } from "../settings";
import { registryOf } from "../stand-ins/provider-versions";
import { deploy, logOf, prepareStacks, statesOf } from "../steps/steps";
import { mustRun } from "../system/process";
import { planAll, todo } from "../terraform/plan";
import { terraformOf } from "../../operate/terraform/binary";
import { type LaneProgram, chooseProgram } from "../terraform/program";
import { type SynthesizedStack } from "../terraform/synthesized";
import { type OtherLane, inLane } from "./other-lane";

/** What a lane applies to an environment that another has made: a cost tag, which most resources of AWS get. */
const CHANGE: Patch = { tags: { "cost-center": "4711" } };

/**
 * Deploys a line, hands it to other lanes, and takes it back: each has nothing to do in what the other has applied.
 * @returns the line, which stands, in the lane of the run.
 */
export async function changeLanes(
  lab: Lab,
  others: readonly OtherLane[],
): Promise<Lab> {
  const { lab: home } = await deployFresh(lab);
  const program = await chooseProgram();
  for (const other of others)
    await visit({ lab: home, program }, { ...other, lab: inLane(home, other) });
  return home;
}

/** A line, and what plans and applies it. */
interface Place {
  readonly lab: Lab;
  readonly program: LaneProgram;
}

/** To another lane, which applies a change of its own, and back. */
async function visit(home: Place, guest: Place & OtherLane): Promise<void> {
  const { report } = home.lab;
  const name = guest.lane.name;
  const before = idsOf(await statesOf(home.lab));
  await handOver(home, guest);
  await planNothing(guest.lab, `takes-over-in-${name}`);
  guest.lab.patch = CHANGE;
  await prepareStacks(guest.lab, false);
  await deploy(guest.lab, `deploy-in-${name}`);
  await planNothing(guest.lab, `second-plan-in-${name}`);
  await handOver(guest, home);
  home.lab.patch = CHANGE;
  await planNothing(home.lab, `takes-back-from-${name}`);
  await deploy(home.lab, `deploy-after-${name}`);
  await planNothing(home.lab, `second-plan-after-${name}`);
  const replaced = replacedTypes(before, idsOf(await statesOf(home.lab)));
  report.check(
    `to lane ${name} and back: nothing is replaced`,
    replaced.length === 0,
    replaced.join(", ") || `${before.size} resources are the same`,
  );
}

/** Every stack of the lane is initialized and planned, and there is nothing to do. */
async function planNothing(lab: Lab, step: string): Promise<void> {
  const { env, report } = lab;
  const stacks = await prepareStacks(lab, false);
  for (const stack of stacks) await runIn(lab, stack, ["init"], step);
  const plans = await planAll(stacks, { step: logOf(lab, step), env });
  for (const plan of plans) {
    const changes = todo(plan);
    const row = report.row(plan.stack);
    row.changes = (row.changes ?? 0) + changes.length;
    report.check(
      `${step}: ${plan.stack} is unchanged`,
      changes.length === 0,
      changes.join(", ") || undefined,
    );
  }
}

/**
 * OpenTofu plans what Terraform has applied, and writes its own registry into the state. Terraform would then ask that one for
 * the newest provider, so OpenTofu writes Terraform's before it leaves, as the runbook says.
 */
async function handOver(from: Place, to: Place): Promise<void> {
  if (registryOf(to.program) === registryOf(from.program)) return;
  if (to.program.product === "OpenTofu") return;
  const { lab } = from;
  const states = await statesOf(lab);
  for (const stack of await prepareStacks(lab, false)) {
    const text = states.find((one) => one.stack === stack.id)?.text ?? "";
    for (const [own, other] of otherNames(text, from.program, to.program))
      await runIn(
        lab,
        stack,
        ["state", "replace-provider", "-auto-approve", own, other],
        "hand-over",
      );
  }
}

/** The providers that a state names by a registry, once each, with what the other program calls them. */
export function otherNames(
  state: string,
  from: Pick<LaneProgram, "product">,
  to: Pick<LaneProgram, "product">,
): [string, string][] {
  const own = registryOf(from);
  const found = state.matchAll(/provider\[\\"([^"\\]+)\\"\]/g);
  return [...new Set([...found].map(([, name = ""]) => name))]
    .filter((name) => name.startsWith(`${own}/`))
    .map((name) => [name, name.replace(own, registryOf(to))]);
}

const runIn = (
  lab: Lab,
  { id, folder }: SynthesizedStack,
  args: readonly string[],
  step: string,
) =>
  mustRun(terraformOf(lab.env), [...args, "-no-color"], {
    step: `${logOf(lab, step)}-${args[0] ?? ""}-${id}`,
    env: lab.env,
    cwd: folder,
  });
