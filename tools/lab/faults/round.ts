import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { type State } from "../terraform/state";
import {
  checkLeftOvers,
  checkPlans,
  fill,
  prepareStacks,
  statesOf,
} from "../steps/steps";
import { checkPasswords } from "../checks/passwords";
import { paths } from "../paths";
import { deleteCalls, readLog } from "../aws/request-log";
import { checkCluster, deployWorkloads } from "../steps/workloads";
import { terraformOf } from "../../operate/terraform/binary";
import { type KillPoint, deployPoints, destroyPoints } from "./points";
import { Imports, findOwnerless } from "./recover";
import { type KilledRun, killEach, reportKills } from "./series";

/** Tells the CLI of CDKTF when the program that it runs was killed. */
const tellingProgram = projectFile("scripts", "run-terraform");

/**
 * One environment, killed five times while it is deployed and five times while it is destroyed.
 * @param between Done while it stands.
 */
export async function injectFaults(
  opened: Lab,
  between: (lab: Lab) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  // Without it the CLI goes on with the next stack, as after a success.
  const env = {
    ...opened.env,
    TERRAFORM_BINARY_NAME: tellingProgram,
    TERRAFORM_PROGRAM: terraformOf(opened.env),
  };
  const lab = { ...opened, env };
  const done: KilledRun[] = [];
  const possible = ({ stack, byHelm = false }: KillPoint): boolean =>
    stack !== "workloads" ||
    (byHelm ? lab.workloads?.chartRepository : lab.workloads) !== undefined;
  const deploys = deployPoints.filter(possible);
  const destroys = destroyPoints.filter(possible);
  try {
    await killDeploys(lab, deploys, done);
    await between(lab);
    await killDestroys(lab, destroys, done);
  } finally {
    reportKills(lab.report, done, deploys.length + destroys.length);
  }
}

async function killDeploys(
  lab: Lab,
  points: readonly KillPoint[],
  done: KilledRun[],
): Promise<void> {
  const { report } = lab;
  const stacks = await prepareStacks(lab, false);
  await lab.before;
  const imports = new Imports(stacks);
  const from = readLog(paths.requestLog).length;
  await killEach({ lab, stacks, points, imports }, done);
  imports.forget();
  // A new security group loses the way out that AWS gives it.
  const deleted = deleteCalls(readLog(paths.requestLog, from)).filter(
    ({ operation }) => operation !== "RevokeSecurityGroupEgress",
  );
  report.check(
    "after the kills: what was imported was not replaced, nothing was deleted",
    deleted.length === 0,
    deleted
      .map(({ service, operation }) => `${service} ${operation}`)
      .join(", ") || undefined,
  );
  await deployWorkloads(lab, "after the kills");
  const plans = await checkPlans(lab, stacks, "plan after the kills");
  const { objects } = await findOwnerless(lab, stacks);
  report.check(
    "after the kills: nothing was created twice, every object is in a state",
    objects.length === 0,
    objects.join(", ") || undefined,
  );
  const states = await statesOf(lab);
  for (const state of states)
    report.row(state.stack).resources = instancesOf(state);
  await fill(lab, states);
  const seen = { synthesized: stacks, plans, states };
  await checkPasswords(lab, seen, "after the kills");
}

const instancesOf = ({ resources }: State): number =>
  resources
    .filter(({ mode }) => mode === "managed")
    .reduce((count, { instances }) => count + instances.length, 0);

async function killDestroys(
  lab: Lab,
  points: readonly KillPoint[],
  done: KilledRun[],
): Promise<void> {
  const states = await statesOf(lab);
  const stacks = await prepareStacks(lab, false);
  const imports = new Imports(stacks);
  await killEach({ lab, stacks, points, imports }, done);
  await checkCluster(lab, "destroy after the kills");
  await checkLeftOvers(lab, [{ lab, states }]);
}
