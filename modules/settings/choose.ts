import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { nearest } from "../lib/nearest";
import { ProblemReport } from "../lib/problem";
import { displayPath, projectFile } from "../lib/project-file";

/** Which settings file a run uses, and what stands beside it. */
export interface SettingsChoice {
  /** File name without `.yaml`. */
  readonly environment: string;
  /** Absolute path of the chosen file. */
  readonly file: string;
  /** The chosen file as a reader knows it. */
  readonly source: string;
  /** Every environment of the folder, the chosen one included. */
  readonly all: readonly string[];
  /** Absolute path and shown path of another environment's file. */
  readonly locate: (environment: string) => { file: string; source: string };
  readonly notices: readonly string[];
}

/** Environment variables of the run. */
export type RunVariables = Readonly<Record<string, string | undefined>>;

const isExample = (environment: string): boolean =>
  environment.startsWith("example");

/**
 * Chooses by `ENVIRONMENT`; without it the only file that is not named `example*`, else `example` with a notice.
 * The files are those of `settings/`, or of the folder named by `SETTINGS_DIR`.
 *
 * @throws ProblemReport that lists what there is: no such file, several files and no choice, or none at all.
 */
export function chooseSettings(variables: RunVariables): SettingsChoice {
  const folder = folderOf(variables.SETTINGS_DIR);
  const { names, ignored } = environmentsIn(folder.path, folder.shown);
  const locate = (environment: string) => ({
    file: join(folder.path, `${environment}.yaml`),
    source: `${folder.shown}/${environment}.yaml`,
  });
  const environment = pick(names, variables.ENVIRONMENT, folder.shown);
  const notices = ignored.map(
    (file) =>
      `${folder.shown}/${file} is not read: settings files end in .yaml.`,
  );
  if (isExample(environment) && !variables.ENVIRONMENT)
    notices.push(
      `No environment of your own in ${folder.shown}: using ${locate(environment).source}. Copy it to ${folder.shown}/<environment>.yaml to begin.`,
    );
  return { environment, ...locate(environment), all: names, locate, notices };
}

function folderOf(named: string | undefined): { path: string; shown: string } {
  if (!named) return { path: projectFile("settings"), shown: "settings" };
  const path = resolve(named);
  const shown = displayPath(path);
  return { path, shown: shown.startsWith("..") ? path : shown };
}

function environmentsIn(
  path: string,
  shown: string,
): { names: string[]; ignored: string[] } {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ProblemReport(shown, [
      {
        path: "SETTINGS_DIR",
        given: "a folder that does not exist",
        allowed: "a folder with one .yaml file for each environment",
        fix: "correct SETTINGS_DIR, or unset it to use settings/",
      },
    ]);
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return {
    names: files
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => file.slice(0, -".yaml".length)),
    ignored: files.filter((file) => file.endsWith(".yml")),
  };
}

function pick(
  names: readonly string[],
  wanted: string | undefined,
  folder: string,
): string {
  const own = names.filter((name) => !isExample(name));
  if (wanted) {
    if (names.includes(wanted)) return wanted;
    throw new ProblemReport(folder, [noSuchFile(names, wanted)]);
  }
  const [only, ...more] = own;
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined && names.includes("example")) return "example";
  throw new ProblemReport(folder, [
    {
      path: "ENVIRONMENT",
      given: "nothing",
      allowed: own.join(", ") || "no settings file is there",
      fix:
        only === undefined
          ? `make ${folder}/<environment>.yaml; the project's settings/example.yaml shows every key`
          : `choose one of the ${own.length}: ENVIRONMENT=${only} npx cdktf …`,
    },
  ]);
}

function noSuchFile(names: readonly string[], wanted: string) {
  const match = nearest(wanted.replace(/^.*\/|\.ya?ml$/g, ""), names);
  return {
    path: "ENVIRONMENT",
    given: `"${wanted}", and there is no ${wanted}.yaml`,
    allowed: names.join(", ") || "no settings file is there",
    fix:
      match === undefined
        ? "choose one of these, or make the file"
        : `set ENVIRONMENT=${match}`,
  };
}
