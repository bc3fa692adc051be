import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { nearest } from "../lib/nearest";
import { ProblemReport } from "../lib/problem";
import { displayPath, projectFile } from "../lib/project-file";
import { systemProblem } from "../lib/system-error";

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
  const files = filesIn(folder.path, folder.shown);
  const { names, ignored } = files;
  const locate = (environment: string) => ({
    file: join(folder.path, `${environment}.yaml`),
    source: `${folder.shown}/${environment}.yaml`,
  });
  const environment = pick(files, variables.ENVIRONMENT, folder.shown);
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

/** The settings files of a run. */
export type SettingsFolder = Pick<SettingsChoice, "all" | "locate"> & {
  /** As a reader knows it. */
  readonly shown: string;
};

/**
 * The folder of `SETTINGS_DIR`, else `settings/`.
 *
 * @throws ProblemReport when it cannot be read.
 */
export function settingsFolder({ SETTINGS_DIR }: RunVariables): SettingsFolder {
  const { path, shown } = folderOf(SETTINGS_DIR);
  return {
    shown,
    all: filesIn(path, shown).names,
    locate: (environment) => ({
      file: join(path, `${environment}.yaml`),
      source: `${shown}/${environment}.yaml`,
    }),
  };
}

/**
 * Every environment of the folder that is no example, sorted.
 *
 * @throws ProblemReport when the folder cannot be read, or has none.
 */
export function ownEnvironments({ SETTINGS_DIR }: RunVariables): string[] {
  const { path, shown } = folderOf(SETTINGS_DIR);
  const own = filesIn(path, shown).names.filter((name) => !isExample(name));
  if (own.length > 0) return own;
  throw new ProblemReport(shown, [
    {
      path: shown,
      given: "no settings file but examples",
      allowed: "a file for each environment, such as prod.yaml",
      fix: `make ${shown}/<environment>.yaml, or name another folder by SETTINGS_DIR`,
    },
  ]);
}

function folderOf(named: string | undefined): { path: string; shown: string } {
  if (!named) return { path: projectFile("settings"), shown: "settings" };
  const path = resolve(named);
  const shown = displayPath(path);
  return { path, shown: shown.startsWith("..") ? path : shown };
}

function filesIn(
  path: string,
  shown: string,
): { names: string[]; ignored: string[] } {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ProblemReport(shown, [
      {
        path: "SETTINGS_DIR",
        given: "a folder that does not exist, or is a file",
        allowed: "a folder with one .yaml file for each environment",
        fix: "correct SETTINGS_DIR, or unset it to use settings/",
      },
    ]);
  const files = entriesOf(path, shown)
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    // Lock and metadata files of editors and of macOS, such as .#prod.yaml, begin with a dot.
    .filter((name) => !name.startsWith("."))
    .sort();
  return {
    names: files
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => file.slice(0, -".yaml".length)),
    ignored: files.filter((file) => file.endsWith(".yml")),
  };
}

/** @throws ProblemReport for a folder that this user cannot list. */
function entriesOf(path: string, shown: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const problem = systemProblem(error, "a folder that this user can list");
    if (problem === undefined) throw error;
    throw new ProblemReport(shown, [{ ...problem, path: shown }]);
  }
}

function pick(
  { names, ignored }: { names: readonly string[]; ignored: readonly string[] },
  wanted: string | undefined,
  folder: string,
): string {
  const own = names.filter((name) => !isExample(name));
  if (wanted) {
    if (names.includes(wanted)) return wanted;
    throw new ProblemReport(folder, [
      renameOf(ignored, wanted, folder) ?? noSuchFile(names, wanted),
    ]);
  }
  const [only, ...more] = own;
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined && names.includes("example")) return "example";
  const [first] = ignored;
  const rename =
    only === undefined && first !== undefined
      ? renameOf(ignored, first, folder)
      : undefined;
  if (rename !== undefined) throw new ProblemReport(folder, [rename]);
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

/** A file that only its ending keeps from being read. */
function renameOf(ignored: readonly string[], wanted: string, folder: string) {
  const name = wanted.replace(/\.ya?ml$/, "");
  return ignored.includes(`${name}.yml`)
    ? {
        path: `${folder}/${name}.yml`,
        given: "a file that ends in .yml, which is not read",
        allowed: "settings files that end in .yaml",
        fix: `rename it to ${name}.yaml`,
      }
    : undefined;
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
