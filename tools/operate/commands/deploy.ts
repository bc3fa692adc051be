import { checkCaller } from "../aws/caller";
import {
  type Call,
  type Command,
  type ExitCode,
  isGiven,
  textOption,
} from "../cli/command";
import { applySaved } from "../deploy/apply-saved";
import { deployInTurn } from "../deploy/in-turn";
import { nextSteps } from "../deploy/next-steps";
import { usualSentence } from "../deploy/usual-times";
import { planTarget, hasChanges } from "../plan/plan-target";
import { LOSS_FLAG, isStopped, planDocument, printPlan } from "../plan/report";
import { readManifest } from "../plan/saved-plans";
import { type Target, openTarget, userPath } from "../target";
import { refuseLocked } from "../terraform/lock";
import { synthesizeTarget } from "../terraform/stacks";

export const deploy: Command = {
  name: "deploy",
  takes: "<environment>",
  summary:
    "plans and deploys all stacks in their order, with progress for each",
  options: {
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
    [LOSS_FLAG]: {
      type: "boolean",
      help: "does not refuse a plan after which data is gone",
    },
    plan: {
      type: "string",
      value: "<folder>",
      help: "applies the plans that `plan --save` wrote there, and no others",
    },
  },
  details:
    "Ctrl-C: Terraform ends what it has begun, and the same command goes on from there. A second one is not passed on.",
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    for (const notice of target.notices) terminal.print(`Note: ${notice}`);
    await checkCaller(target);
    await refuseLocked(target);
    const folder = textOption(call, "plan");
    return folder === undefined
      ? planAndDeploy(call, target)
      : applyFolder(call, target, userPath(folder, call.variables));
  },
};

async function planAndDeploy(call: Call, target: Target): Promise<ExitCode> {
  const { terminal } = call;
  const { environment, settings, stacks } = target;
  const plans = await terminal.progress(`plan ${environment}`, async (say) => {
    say("synth");
    await synthesizeTarget(target);
    return planTarget(target, { say });
  });
  const acceptsLoss = isGiven(call, LOSS_FLAG);
  printPlan(terminal, plans, acceptsLoss);
  const document = planDocument(target, plans, acceptsLoss);
  if (isStopped(plans, acceptsLoss)) {
    terminal.print("\nNothing was changed.");
    terminal.result({ ...document, deployed: false });
    return 1;
  }
  if (!hasChanges(plans)) {
    terminal.print("\nThere is nothing to do.");
    terminal.result({ ...document, deployed: true });
    return 0;
  }
  const usual = usualSentence(target, plans);
  if (usual !== undefined) terminal.print(`\n${usual}`);
  const question = `Deploy ${stacks.join(", ")} of ${environment} (account ${settings.accountId})?`;
  if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
    return 1;
  const { done, stopped } = await deployInTurn(target, plans, {
    acceptsLoss,
    terminal,
  });
  if (done) await printNextSteps(call, target);
  terminal.result({ ...document, deployed: done, stopped });
  return done ? 0 : 1;
}

async function applyFolder(
  call: Call,
  target: Target,
  folder: string,
): Promise<ExitCode> {
  const { terminal } = call;
  await terminal.progress(`synth ${target.environment}`, () =>
    synthesizeTarget(target),
  );
  const manifest = await readManifest(target, folder);
  if (manifest.losses.length > 0 && !isGiven(call, LOSS_FLAG)) {
    terminal.print(
      `Refused: data would be lost in ${manifest.losses.join(", ")}, as the plan of ${manifest.date} said. Where that data may go, give --${LOSS_FLAG}.`,
    );
    return 1;
  }
  const question = `Apply the plans of ${manifest.date} to ${target.environment} (account ${target.settings.accountId})?`;
  if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
    return 1;
  const applied = await applySaved(target, folder, manifest, terminal);
  for (const stack of applied.leftOut)
    terminal.print(`  ${stack}: nothing to do`);
  terminal.result({ environment: target.environment, ...applied });
  if (applied.again.length === 0) {
    await printNextSteps(call, target);
    return 0;
  }
  terminal.print(
    `Not applied: ${applied.again.join(", ")}. ${applied.again[0] ?? ""} had no plan that counts, because it waited for another stack. Run \`plan --save\` into another folder, then this again.`,
  );
  return 1;
}

async function printNextSteps(
  { terminal }: Call,
  target: Target,
): Promise<void> {
  terminal.print("\nNext:");
  for (const [index, step] of (await nextSteps(target)).entries())
    terminal.print(`  ${index + 1}. ${step}`);
}
