import { resolveNs } from "node:dns/promises";
import { type AwsAccess, type ClientOptions, awsOf } from "../aws/clients";
import { type Command } from "../cli/command";
import { callerOf } from "../doctor/caller";
import { examine } from "../doctor/check";
import { checksOf } from "../doctor/checks";
import { printReport, reportOf, stopsDeploy } from "../doctor/report";
import { openTarget } from "../target";

/** Each client asks at most twice, so that no question outlives the command by much. */
const PATIENCE = { connectMs: 3000, answerMs: 6000, maxAttempts: 2 };

/** Longest time of a check. */
const LIMIT_MS = 15_000;

export const doctor: Command = {
  name: "doctor",
  takes: "<environment>",
  summary:
    "looks at the account, and says what would stop a deploy; reads only",
  options: {},
  details:
    "Needs neither Terraform nor a deployed environment. Ends with 1 where something would stop a deploy.",
  run: async ({ positionals, variables, terminal }) => {
    const target = openTarget(positionals[0], variables);
    const { settings, environment } = target;
    const aws = remembered(awsOf(target, PATIENCE));
    const report = await terminal.progress(
      `doctor ${environment}`,
      async (say) => {
        const caller = await callerOf(target, aws);
        if (Array.isArray(caller))
          return reportOf(environment, [
            { about: "caller", state: "found", findings: caller },
            {
              about: "everything else",
              state: "not asked",
              why: "AWS was not asked as this environment's caller",
            },
          ]);
        const checks = checksOf({
          settings,
          aws,
          caller,
          variables,
          nameServersOf: resolveNs,
          now: new Date(),
        });
        say(`${checks.length} checks`);
        return reportOf(environment, await examine(checks, LIMIT_MS));
      },
    );
    for (const notice of target.notices) terminal.print(`Note: ${notice}`);
    printReport(terminal, report);
    terminal.result(report);
    return stopsDeploy(report) ? 1 : 0;
  },
};

/** One client of each kind: each would ask for the credentials of a role by itself. */
function remembered(aws: AwsAccess): Pick<AwsAccess, "client"> {
  const made = new Map<string, unknown>();
  return {
    client: <T>(type: new (options: ClientOptions) => T, region = ""): T => {
      const key = `${type.name} ${region}`;
      if (!made.has(key))
        made.set(key, aws.client(type, region === "" ? undefined : region));
      return made.get(key) as T;
    },
  };
}
