import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { checkPasswords } from "../checks/passwords";
import { attachPolicies } from "../deployer/policies";
import { type Lab, adapt } from "../lab";
import { displayPath } from "../../../modules/lib/project-file";
import { paths } from "../paths";
import { Stop } from "../report";
import { type Patch, labSettings } from "../settings";
import {
  type DestroyedLine,
  checkPlans,
  deploy,
  deployStacks,
  destroy,
  fill,
  logOf,
  prepareStacks,
  statesOf,
} from "../steps/steps";
import { checkContents, evaluate, holdsDataOfUsers } from "../steps/upgrade";
import { mustRun, run } from "../system/process";
import {
  type Plan,
  planAll,
  planError,
  planStack,
  todo,
} from "../terraform/plan";
import { terraformOf } from "../../operate/terraform/binary";
import { type State, attributesOf } from "../terraform/state";
import { type SynthesizedStack, readStack } from "../terraform/synthesized";
import { groupChanges, newNotices } from "./changes";
import {
  OLDER_POLICIES,
  type OlderLine,
  type OlderVersion,
  olderInput,
} from "./older";
import { type LineUpgrade, type StackUpgrade } from "./page";

/** What settings of older versions lack that is asked for today. */
const ADDED: Patch = { wave: { ingress: { acceptOpen: true } } };

/** Deploys a line with an older version, plans and applies today's over it, and destroys it. */
export async function upgradeFrom(
  lab: Lab,
  line: OlderLine,
  older: OlderVersion,
): Promise<{ readonly upgrade: LineUpgrade; readonly ended: DestroyedLine }> {
  lab.base = olderInput(older, line);
  const refused = await printedByApp(lab);
  if (refused.code !== 0) lab.patch = ADDED;
  // Attaches today's policies of the deployer, as the upgrade asks for before its first deploy.
  await prepareStacks(lab, false);
  const { states: before, printed } = await deployOlder(lab, older);
  const synthesized = await prepareStacks(lab, false);
  const stacks = await planAndDeploy(lab, synthesized, before);
  const plans = await checkPlans(lab, synthesized, "second plan");
  await checkContents(lab, before);
  const states = await statesOf(lab);
  await checkPasswords(lab, { synthesized, plans, states }, "upgrade");
  const accepted = await printedByApp(lab);
  const upgrade = {
    line,
    version: lab.settings.wave?.version ?? "",
    refused: refused.code === 0 ? [] : refused.lines,
    added: refused.code === 0 ? undefined : stringify(ADDED),
    notices: newNotices(accepted.lines, printed),
    stacks,
  };
  return { upgrade, ended: await destroy(lab, "destroy") };
}

/** What today's app prints about the settings as they are now, without paths and line numbers of the lab's file. */
async function printedByApp(
  lab: Lab,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const { line, env, hostedZoneId, workloads, base, patch } = lab;
  // A folder of its own: that of the lab is read at the same time, for the state bucket.
  const folder = join(paths.older, "asked");
  writeInput(folder, line, {
    ...{ hostedZoneId, base, patch, retain: false },
    chartRepository: workloads?.chartRepository,
  });
  const args = ["scripts/run.mjs", "main.ts"];
  const { code, lines } = await run(process.execPath, args, {
    step: logOf(lab, "settings"),
    env: { ...env, SETTINGS_DIR: folder, CDKTF_OUTDIR: env.CDKTF_OUTPUT },
  });
  const cleaned = lines.map((text) =>
    text.replaceAll(`${displayPath(folder)}/`, "").replace(/ \(line \d+\)/, ""),
  );
  return { code, lines: cleaned };
}

function writeInput(
  folder: string,
  line: Lab["line"],
  change: Parameters<typeof labSettings>[1],
): void {
  const input = labSettings(line, change);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${input.environment}.yaml`), stringify(input));
}

/** By its own app and its own CLI, with its own settings; then planned again and its stores filled. */
async function deployOlder(
  lab: Lab,
  older: OlderVersion,
): Promise<{
  readonly states: readonly State[];
  /** By its synth. */
  readonly printed: readonly string[];
}> {
  const { line, hostedZoneId, base, stacks, workloads } = lab;
  const settings = join(paths.older, "settings");
  const output = join(paths.older, `out-${line}`);
  writeInput(settings, line, {
    ...{ hostedZoneId, base, retain: false },
    chartRepository: workloads?.chartRepository,
  });
  const env = {
    ...lab.env,
    SETTINGS_DIR: settings,
    CDKTF_OUTPUT: output,
  };
  const byOlder = (step: string, args: readonly string[]) =>
    mustRun(process.execPath, args, {
      step: logOf(lab, step),
      env: { ...env, CDKTF_OUTDIR: output },
      cwd: older.folder,
    });
  const synth = await byOlder("older-synth", ["scripts/app.mjs"]);
  const policies = await byOlder("older-policies", [
    ...["scripts/run.mjs", OLDER_POLICIES],
    lab.settings.environment,
  ]);
  attachPolicies(
    Object.values(JSON.parse(policies.lines.join("\n")) as object),
  );
  const synthesized = stacks.map((id) =>
    readStack(id, join(output, "stacks", id)),
  );
  adapt(lab, synthesized);
  await lab.before;
  await deployStacks({ ...lab, env }, "older-deploy", stacks, older.folder);
  await lab.stateBucket;
  const plans = await planAll(synthesized, {
    step: logOf(lab, "older-plan"),
    env,
  });
  // A fault of its own is none of today's.
  for (const plan of plans.filter(({ changed }) => changed))
    lab.report.notice(
      `${older.ref} itself finds in a second plan of ${plan.stack}: ${todo(plan).join(", ")}`,
    );
  const states = await statesOf(lab);
  await fill(lab, states);
  return { states, printed: synth.lines };
}

/**
 * Plans each stack over what the older version made; one that cannot be planned yet is planned when those before it are deployed.
 * Applies only what takes no data away.
 */
async function planAndDeploy(
  lab: Lab,
  synthesized: readonly SynthesizedStack[],
  before: readonly State[],
): Promise<StackUpgrade[]> {
  const found: StackUpgrade[] = [];
  const options = { step: logOf(lab, "upgrade-plan"), env: lab.env };
  for (const { id, folder } of synthesized)
    await mustRun(terraformOf(lab.env), ["init", "-no-color"], {
      step: `${logOf(lab, "init")}-${id}`,
      env: lab.env,
      cwd: folder,
    });
  for (const stack of synthesized) {
    const waited = await planError(stack, options);
    if (waited !== undefined)
      await deployStacks(
        lab,
        `upgrade-before-${stack.id}`,
        found.map(({ stack: above }) => above),
      );
    const plan = await planStack(stack, options);
    found.push({ ...checkPlan(lab, plan, before), waited });
    stopIfFailed(lab);
  }
  await deploy(lab, "upgrade");
  return found;
}

/** What takes data away is not applied. @throws Stop */
function stopIfFailed({ report }: Lab): void {
  if (report.failed) throw new Stop();
}

function checkPlan(
  { report }: Lab,
  plan: Plan,
  before: readonly State[],
): StackUpgrade {
  const accessPoints = attributesOf(before, "aws_efs_access_point").map(
    ({ id }) => id,
  );
  const { lost, kept } = evaluate(plan, accessPoints, holdsDataOfUsers);
  report.check(
    `upgrade plan: ${plan.stack} keeps everything that holds data`,
    lost.length === 0 && (plan.stack !== "data" || kept.length > 0),
    lost.length > 0
      ? `takes away ${lost.map(({ address }) => address).join(", ")}`
      : `${kept.length} resources with data stay`,
  );
  return {
    stack: plan.stack,
    groups: groupChanges(plan.json),
    kept: kept.length,
  };
}
