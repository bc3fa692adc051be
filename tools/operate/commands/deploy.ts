import { type Command, isGiven } from "../cli/command";
import { checkCaller } from "../aws/caller";
import { deployStacks } from "../deploy/cdktf";
import { openTarget } from "../target";

export const deploy: Command = {
  name: "deploy",
  takes: "<environment>",
  summary: "deploys all stacks in their order, with progress for each",
  options: {
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
  },
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    for (const notice of target.notices) terminal.print(`Note: ${notice}`);
    await checkCaller(target);
    const question = `Deploy ${target.stacks.join(", ")} of ${target.environment} (account ${target.settings.accountId})?`;
    if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
      return 1;
    const done = await deployStacks(target, undefined, terminal);
    terminal.result({ environment: target.environment, deployed: done });
    return done ? 0 : 1;
  },
};
