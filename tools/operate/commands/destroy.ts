import { type Command, isGiven } from "../cli/command";
import { checkCaller } from "../aws/caller";
import { destroyStacks } from "../deploy/cdktf";
import { openTarget } from "../target";

export const destroy: Command = {
  name: "destroy",
  takes: "<environment>",
  summary: "destroys all stacks, the last first; refused while retain is true",
  options: {
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
  },
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    for (const notice of target.notices) terminal.print(`Note: ${notice}`);
    await checkCaller(target);
    const question = `Destroy ${target.stacks.join(", ")} of ${target.environment} (account ${target.settings.accountId})?`;
    if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
      return 1;
    const done = await destroyStacks(target, undefined, terminal);
    terminal.result({ environment: target.environment, destroyed: done });
    return done ? 0 : 1;
  },
};
