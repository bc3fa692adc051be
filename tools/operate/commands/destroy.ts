import { ProblemReport } from "../../../modules/lib/problem";
import { checkCaller } from "../aws/caller";
import { type Command, isGiven } from "../cli/command";
import { destroyStacks } from "../deploy/cdktf";
import { leftOverHints, standingIn, storesOf } from "../deploy/what-goes";
import { type Target, openTarget } from "../target";
import { refuseLocked } from "../terraform/lock";
import { synthesizeTarget } from "../terraform/stacks";

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
    const { environment, settings } = target;
    refuseRetained(target);
    await checkCaller(target);
    await refuseLocked(target);
    const standing = await terminal.progress(
      `what stands in ${environment}`,
      async (say) => {
        await synthesizeTarget(target);
        return standingIn(target, say);
      },
    );
    terminal.table(
      ["stack", "resources", "with data"],
      [...standing]
        .reverse()
        .map((one) => [one.stack, String(one.resources), storesOf(one)]),
    );
    terminal.print(
      `\nAll of it goes, with what is in it (account ${settings.accountId}), the stacks from top to bottom. Copies to keep are made before: docs/runbook.md, "Keep the data".`,
    );
    if (!isGiven(call, "yes")) {
      const question = `Type ${environment} to destroy it:`;
      if ((await terminal.ask(question, "--yes")).trim() !== environment) {
        terminal.print("Nothing was destroyed.");
        return 1;
      }
    }
    const done = await destroyStacks(target, undefined, terminal);
    if (done) {
      terminal.print("\nAfterwards:");
      for (const hint of leftOverHints(target)) terminal.print(`  - ${hint}`);
    }
    terminal.result({ environment, standing, destroyed: done });
    return done ? 0 : 1;
  },
};

/** @throws ProblemReport while the settings keep everything. */
function refuseRetained({ settings, source, environment }: Target): void {
  if (!settings.retain) return;
  throw new ProblemReport(source, [
    {
      path: "retain",
      given: "true: everything that holds data is kept",
      allowed: "false, deployed, before a destroy",
      fix: `two steps: write \`retain: false\` and run \`npx wave-eks deploy ${environment}\`; then \`npx wave-eks destroy ${environment}\``,
    },
  ]);
}
