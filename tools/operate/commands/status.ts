import {
  type Outcome,
  forAll,
  openAll,
  problemCount,
  reportsOf,
} from "../all/environments";
import { ALL_OPTIONS, isAll, parallelOf } from "../all/options";
import { checkCaller } from "../aws/caller";
import { awsOf } from "../aws/clients";
import {
  type Call,
  type Command,
  type ExitCode,
  isGiven,
} from "../cli/command";
import { needsSynth } from "../status/drift";
import { look } from "../status/look";
import { type Report, isWrong, lineOf, printReport } from "../status/report";
import { synthesizeTarget } from "../terraform/stacks";
import { type Target, openTarget } from "../target";

export const status: Command = {
  name: "status",
  takes: "[environment]",
  summary: "says what runs, how old it is and what is wrong; changes nothing",
  options: {
    "no-drift": {
      type: "boolean",
      help: "does not run Terraform for what has changed behind its back",
    },
    ...ALL_OPTIONS,
  },
  details:
    "Ends with 1 where something is wrong: a stack that is missing, an alarm, a backup that failed or is late, drift, a version or an image that is too old, a certificate that ends, a pod or build that failed.",
  run: (call) => (isAll(call) ? statusOfAll(call) : statusOfOne(call)),
};

async function statusOfOne(call: Call): Promise<ExitCode> {
  const { positionals, variables, terminal } = call;
  const target = openTarget(positionals[0], variables);
  const report = await terminal.progress(`status ${target.environment}`, () =>
    reportOn(target, !isGiven(call, "no-drift")),
  );
  printReport(terminal, report);
  terminal.result(report);
  return isWrong(report) ? 1 : 0;
}

async function statusOfAll(call: Call): Promise<ExitCode> {
  const { terminal, variables } = call;
  const parallel = parallelOf(call);
  const targets = openAll(variables, openTarget);
  const outcomes = await terminal.progress(
    `status of ${targets.length} environments`,
    (say) =>
      forAll(targets, parallel, (target, environment) => {
        say(environment);
        return reportOn(target, !isGiven(call, "no-drift"));
      }),
  );
  terminal.table(["environment", "", "found"], outcomes.map(rowOf));
  const problems = reportsOf(outcomes);
  if (problems !== "") terminal.print(`\n${problems}`);
  terminal.result(
    outcomes.map((one) =>
      one.report === undefined
        ? one.value
        : { environment: one.environment, problems: one.report.problems },
    ),
  );
  const wrong = outcomes.some(
    (one) => one.report !== undefined || isWrong(one.value),
  );
  return wrong ? 1 : 0;
}

const rowOf = (one: Outcome<Report>): string[] =>
  one.report === undefined
    ? lineOf(one.value)
    : [one.environment, problemCount(one.report), "beneath"];

async function reportOn(target: Target, drift: boolean): Promise<Report> {
  await checkCaller(target);
  if (needsSynth(target, drift)) await synthesizeTarget(target);
  return look({ target, aws: awsOf(target), drift, now: new Date() });
}
