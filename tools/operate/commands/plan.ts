import { ALL_OPTIONS, isAll, parallelOf } from "../all/options";
import { forAll, openAll } from "../all/environments";
import { checkCaller } from "../aws/caller";
import {
  type Call,
  type Command,
  type ExitCode,
  isGiven,
} from "../cli/command";
import { printAll } from "../plan/all-table";
import { type StackPlan, planTarget } from "../plan/plan-target";
import { LOSS_FLAG, exitOf, planDocument, printPlan } from "../plan/report";
import { type Target, openTarget } from "../target";
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
    ...ALL_OPTIONS,
  },
  details:
    "Exit code: 0 no changes, 1 failed or refused, 2 changes. A plan changes nothing and takes no lock.",
  run: (call) => (isAll(call) ? planAll(call) : planOne(call)),
};

async function planOne(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const target = openTarget(call.positionals[0], call.variables);
  for (const notice of target.notices) terminal.print(`Note: ${notice}`);
  const plans = await terminal.progress(`plan ${target.environment}`, (say) =>
    planned(target, say),
  );
  const acceptsLoss = isGiven(call, LOSS_FLAG);
  printPlan(terminal, plans, acceptsLoss);
  terminal.result(planDocument(target, plans, acceptsLoss));
  return exitOf(plans, acceptsLoss);
}

async function planned(
  target: Target,
  say: (text: string) => void,
): Promise<StackPlan[]> {
  await checkCaller(target);
  say("synth");
  await synthesizeTarget(target);
  return planTarget(target, { say });
}

async function planAll(call: Call): Promise<ExitCode> {
  const { terminal, variables } = call;
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
