import { rmSync } from "node:fs";
import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { ALL_OPTIONS, isAll, parallelOf } from "../all/options";
import { forAll, openAll } from "../all/environments";
import { checkCaller } from "../aws/caller";
import {
  type Call,
  type Command,
  type ExitCode,
  isGiven,
  textOption,
} from "../cli/command";
import { type Terminal } from "../cli/terminal";
import { printAll } from "../plan/all-table";
import { type StackPlan, lossesIn, planTarget } from "../plan/plan-target";
import {
  LOSS_FLAG,
  exitOf,
  isStopped,
  planDocument,
  printPlan,
} from "../plan/report";
import { planFolder, writeManifest } from "../plan/saved-plans";
import { type Target, openTarget, userPath } from "../target";
import { synthesizeTarget } from "../terraform/stacks";

export const plan: Command = {
  name: "plan",
  takes: "[environment]",
  summary: "plans all stacks in their order, and says what the changes mean",
  options: {
    [LOSS_FLAG]: {
      type: "boolean",
      help: "does not refuse a plan after which data is gone",
    },
    save: {
      type: "string",
      value: "<folder>",
      help: "keeps a plan file of each stack there, for `deploy --plan`",
    },
    ...ALL_OPTIONS,
  },
  details:
    "Exit code: 0 no changes, 1 failed or refused, 2 changes. A plan changes nothing and takes no lock. Plan files hold values, those of secrets too, as a state does: keep them where nobody else reads.",
  run: (call) => (isAll(call) ? planAll(call) : planOne(call)),
};

async function planOne(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const target = openTarget(call.positionals[0], call.variables);
  for (const notice of target.notices) terminal.print(`Note: ${notice}`);
  const folder = folderOf(call);
  if (folder !== undefined) planFolder(target, folder);
  const plans = await terminal.progress(`plan ${target.environment}`, (say) =>
    planned(target, say, folder),
  );
  const acceptsLoss = isGiven(call, LOSS_FLAG);
  printPlan(terminal, plans, acceptsLoss);
  if (folder !== undefined)
    await keep(terminal, target, folder, plans, acceptsLoss);
  terminal.result(planDocument(target, plans, acceptsLoss));
  return exitOf(plans, acceptsLoss);
}

async function planned(
  target: Target,
  say: (text: string) => void,
  folder?: string,
): Promise<StackPlan[]> {
  await checkCaller(target);
  say("synth");
  await synthesizeTarget(target);
  return planTarget(target, { folder, say });
}

const folderOf = (call: Call): string | undefined => {
  const given = textOption(call, "save");
  return given === undefined ? undefined : userPath(given, call.variables);
};

/** A plan that is refused leaves no file: nobody applies it by mistake. */
async function keep(
  terminal: Terminal,
  target: Target,
  folder: string,
  plans: readonly StackPlan[],
  acceptsLoss: boolean,
): Promise<void> {
  if (isStopped(plans, acceptsLoss)) {
    rmSync(folder, { recursive: true, force: true });
    terminal.print("\nNo plan is kept.");
    return;
  }
  await writeManifest(
    target,
    folder,
    plans,
    lossesIn(plans).map(({ stack }) => stack),
  );
  terminal.print(
    `\nKept in ${displayPath(folder)}, for \`npx wave-eks deploy ${target.environment} --plan ${displayPath(folder)}\`. Plan files hold values, those of secrets too: they belong in no store of artifacts that others read.`,
  );
}

async function planAll(call: Call): Promise<ExitCode> {
  const { terminal, variables } = call;
  if (textOption(call, "save") !== undefined)
    throw new ProblemReport("this command", [
      {
        path: "--save",
        given: "with --all",
        allowed: "one environment with --save",
        fix: "plan each environment whose plans are kept alone",
      },
    ]);
  const targets = openAll(variables, openTarget);
  const outcomes = await terminal.progress(
    `plan ${targets.length} environments`,
    (say) =>
      forAll(targets, parallelOf(call), async (target, environment) => ({
        target,
        plans: await planned(target, (text) => {
          say(`${environment}: ${text}`);
        }),
      })),
  );
  const acceptsLoss = isGiven(call, LOSS_FLAG);
  printAll(terminal, outcomes, acceptsLoss);
  terminal.result(
    outcomes.map(({ environment, ...one }) =>
      one.report === undefined
        ? planDocument(one.value.target, one.value.plans, acceptsLoss)
        : { environment, exitCode: 1, problems: one.report.problems },
    ),
  );
  return worst(
    outcomes.map((one) =>
      one.report === undefined ? exitOf(one.value.plans, acceptsLoss) : 1,
    ),
  );
}

const worst = (codes: readonly ExitCode[]): ExitCode => {
  if (codes.includes(1)) return 1;
  return codes.includes(2) ? 2 : 0;
};
