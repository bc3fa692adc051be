import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoadedSettings, loadChosen } from "../../../modules/load";
import { ProblemReport } from "../../../modules/lib/problem";
import { systemProblem } from "../../../modules/lib/system-error";
import {
  type RunVariables,
  settingsFolder,
} from "../../../modules/settings/choose";
import {
  type Call,
  type Command,
  type ExitCode,
  isGiven,
  textOption,
} from "../cli/command";
import { QUESTIONS, answered } from "../new/answers";
import { draftOf, problemsAt } from "../new/draft";
import { nextSteps } from "../new/next-steps";

export const newEnvironment: Command = {
  name: "new",
  takes: "<environment>",
  summary: "asks what nobody can guess, and writes a settings file",
  options: {
    from: {
      type: "string",
      value: "<example>",
      help: "the example it begins with, such as example-current",
    },
    lite: { type: "boolean", help: "Wave without builds" },
    yes: {
      type: "boolean",
      help: "asks nothing: what an option does not say is as proposed",
    },
    ...Object.fromEntries(
      QUESTIONS.map(({ option, value, message }) => [
        option,
        { type: "string" as const, value, help: message },
      ]),
    ),
  },
  run: write,
};

async function write(call: Call): Promise<ExitCode> {
  const { terminal, variables } = call;
  const environment = call.positionals[0] ?? "";
  const from = textOption(call, "from");
  const { all, locate } = settingsFolder(variables);
  const { file, source } = locate(environment);
  if (from === undefined) throw noExampleSaid();
  const draft = draftOf(environment, { from, lite: isGiven(call, "lite") });
  refuseName(environment, draft, all);
  const text = await answered(draft, call);
  const { settings, notices } = checked(text, environment, variables);
  writeNew(file, source, text);
  terminal.print(`Wrote ${source}.`);
  for (const notice of notices) terminal.print(`Note: ${notice}`);
  const steps = nextSteps(environment, settings);
  terminal.print(["", "Next:", ...steps.map((step) => `  ${step}`)].join("\n"));
  terminal.result({ environment, file, next: steps });
  return 0;
}

const noExampleSaid = (): ProblemReport =>
  new ProblemReport("this command", [
    {
      path: "--from",
      given: "nothing",
      allowed: "an example of settings/, without .yaml",
      fix: "--from example-current for Wave's current line; the README says what the others are",
    },
  ]);

function refuseName(
  environment: string,
  draft: string,
  all: readonly string[],
): void {
  const wrong = problemsAt(draft, ["environment"]);
  const taken = all.includes(environment)
    ? [
        {
          path: "<environment>",
          given: `"${environment}", and there is such a file`,
          allowed: "the name of an environment that has no file yet",
          fix: "choose another name, or edit the file",
        },
      ]
    : [];
  const example = environment.startsWith("example")
    ? [
        {
          path: "<environment>",
          given: `"${environment}"`,
          allowed: "a name that does not begin with example",
          fix: "choose another name",
        },
      ]
    : [];
  const problems = [...wrong, ...taken, ...example];
  if (problems.length > 0) throw new ProblemReport("this command", problems);
}

/**
 * What the file will be, checked as any other beside its neighbours.
 *
 * @throws ProblemReport with every problem.
 */
function checked(
  text: string,
  environment: string,
  variables: RunVariables,
): LoadedSettings {
  const folder = mkdtempSync(join(tmpdir(), "wave-eks-new-"));
  const { all, locate } = settingsFolder(variables);
  const file = join(folder, `${environment}.yaml`);
  try {
    writeFileSync(file, text);
    return loadChosen(
      {
        environment,
        file,
        source: locate(environment).source,
        all: [...all, environment],
        locate,
        notices: [],
      },
      variables,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Never over a file that somebody else was quicker to make. */
function writeNew(file: string, source: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const problem = systemProblem(error, "a folder that can be written");
    if (problem === undefined) throw error;
    throw new ProblemReport(source, [problem]);
  }
}
