import { type Problem, ProblemReport } from "./lib/problem";
import { checkKeys, checkSettings, warningsOf } from "./rules";
import { collisionsWith } from "./core/rules/collisions";
import { secretProblems, withoutSecrets } from "./settings/secrets";
import { runAll } from "./settings/rule";
import {
  type RunVariables,
  type SettingsChoice,
  chooseSettings,
} from "./settings/choose";
import { explainIssues } from "./settings/explain";
import { type SettingsFile, readSettingsFile } from "./settings/file";
import { guardRun, warnOfRun } from "./core/state/guards";
import { readableSettings } from "./settings/partial";
import { pathSteps } from "./settings/path";
import { type Settings, settingsSchema, withDefaults } from "./schema";
import {
  type SiblingReader,
  neighbourOf,
  siblingReader,
  siblingsOf,
} from "./siblings";

/** One environment, ready for `buildApp`. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** The file, as a reader knows it. */
  readonly source: string;
  /** Sentences for stdout: what was chosen, and what works and is worth knowing. */
  readonly notices: readonly string[];
}

/**
 * Chooses, reads and checks the settings of this run: shape, consistency, collisions with the other environments of the
 * folder, and the run's environment variables.
 *
 * @param variables Environment variables: `ENVIRONMENT`, `SETTINGS_DIR`, and those the guards refuse.
 * @param read One for all calls of a process that loads every file of a folder: each then is parsed once as a neighbour.
 * @throws ProblemReport with every problem at once. Nothing has been written by then.
 */
export function loadSettings(
  variables: RunVariables = process.env,
  read: SiblingReader = siblingReader(),
): LoadedSettings {
  return loadChosen(chooseSettings(variables), variables, read);
}

/** `loadSettings` of a file that is chosen already. */
export function loadChosen(
  choice: SettingsChoice,
  variables: RunVariables,
  read: SiblingReader = siblingReader(),
): LoadedSettings {
  const file = readSettingsFile(choice.file, choice.source);
  const document = withDefaults(file.value);
  const shape = settingsSchema.safeParse(document);
  const settings = shape.success
    ? shape.data
    : readableSettings(settingsSchema, document);
  const siblings = siblingsOf(choice, settings, read);

  const problems = [
    ...explainIssues(shape.error?.issues ?? [], file, settingsSchema),
    ...checkSettings(settings),
    ...checkKeys(settings, file.value),
    // The rule over whole settings says nothing while a part of them is unreadable.
    ...(shape.success ? [] : secretProblems(file.value)),
    ...runAll(
      [(sound) => collisionsWith(neighbourOf(sound), siblings.found)],
      settings,
    ),
    ...runAll([(sound) => guardRun(sound, variables)], settings),
  ];
  if (problems.length > 0)
    throw new ProblemReport(
      choice.source,
      inFileOrder(withoutSecrets(problems, file.value), file),
    );
  return {
    settings,
    source: choice.source,
    notices: [
      ...choice.notices,
      ...siblings.notices,
      ...warnOfRun(variables),
      ...warningsOf(settings),
    ],
  };
}

/** Problems in the order of the file, with the line of the value where the file has one. */
function inFileOrder(
  problems: readonly Problem[],
  file: SettingsFile,
): Problem[] {
  return problems
    .map((problem) => ({
      problem,
      line: file.lineOf(pathSteps(problem.path)),
    }))
    .sort((a, b) => a.line - b.line)
    .map(({ problem, line }) =>
      line === 0
        ? problem
        : { ...problem, given: `${problem.given} (line ${line})` },
    );
}
