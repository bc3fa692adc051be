import { buildApp } from "../../../modules/app";
import { synthesizeWith } from "../../audit/synthesized";
import { awsOf } from "../aws/clients";
import { type Command } from "../cli/command";
import { callerOf } from "../doctor/caller";
import { type Outcome, examine } from "../doctor/check";
import { accountChecks, localChecks } from "../doctor/checks";
import { remembered } from "../doctor/clients";
import { resolverOf } from "../doctor/resolver";
import { printReport, reportOf, stopsDeploy } from "../doctor/report";
import { type Target, openTarget } from "../target";
import { type RunVariables } from "../../../modules/settings/choose";

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
  details: `Needs no deployed environment. Ends with 1 where something would stop a deploy.
RUNNER_ADDRESS names the address from which a deploy comes, where it is not this machine's; DNS_SERVERS asks other
servers for the delegation of a hosted zone (host:port, with commas between them).`,
  run: async ({ positionals, variables, terminal }) => {
    const target = openTarget(positionals[0], variables);
    const outcomes = await terminal.progress(
      `doctor ${target.environment}`,
      (say) => outcomesOf(target, variables, say),
    );
    const report = reportOf(target.environment, outcomes);
    for (const notice of target.notices) terminal.print(`Note: ${notice}`);
    printReport(terminal, report);
    terminal.result(report);
    return stopsDeploy(report) ? 1 : 0;
  },
};

async function outcomesOf(
  target: Target,
  variables: RunVariables,
  say: (text: string) => void,
): Promise<Outcome[]> {
  const { environment, settings, stacks } = target;
  const { backend, access } = settings;
  const known = {
    settings,
    json: synthesizeWith((app) => {
      buildApp(settings, app);
    }),
    now: new Date(),
  };
  const local = examine(localChecks(known, target.env), LIMIT_MS);
  const aws = remembered(awsOf(target, PATIENCE));
  const caller = await callerOf(target, aws);
  if (Array.isArray(caller))
    return [
      { about: "caller", state: "found", findings: caller },
      ...(await local),
      {
        about: "everything that AWS answers",
        state: "not asked",
        why: "AWS was not asked as this environment's caller",
      },
    ];
  // Terraform asks for the states with the credentials it is started with, or by a role of its own.
  const assumeRole = backend.kind === "s3" ? backend.assumeRole : undefined;
  const stateAws = remembered(
    awsOf(
      { settings: { ...settings, access: { ...access, assumeRole } } },
      PATIENCE,
    ),
  );
  const checks = accountChecks({
    ...known,
    environment,
    stacks,
    aws,
    stateAws,
    caller,
    variables,
    nameServersOf: resolverOf(variables),
  });
  say(`${checks.length} questions`);
  return [...(await examine(checks, LIMIT_MS)), ...(await local)];
}
