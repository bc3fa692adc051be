import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Problem, ProblemReport } from "../../modules/lib/problem";
import { loadSettings } from "../../modules/load";
import { type SettingsChange, currentInput, exampleInput } from "./settings";

/** The example with a change of any shape, as a settings file. */
export const fileOf = (change: unknown = {}): string =>
  stringify(exampleInput(change as SettingsChange));

/** The example of the current line with a change of any shape, as a settings file. */
export const currentFileOf = (change: unknown = {}): string =>
  stringify(currentInput(change as SettingsChange));

/** Writes settings files into a folder of their own, runs `use` with its path, and removes it when that has ended. */
export function withSettingsFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "wave-settings-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  let ended = true;
  try {
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, name), text);
    const used = use(folder);
    if (!(used instanceof Promise)) return used;
    ended = false;
    return used.finally(remove) as T;
  } finally {
    if (ended) remove();
  }
}

/** The report on files of a folder; fails when they are accepted. `ENVIRONMENT` and others come by `variables`. */
export function reportOnFiles(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): ProblemReport {
  return withSettingsFiles(files, (folder) => {
    try {
      loadSettings({ SETTINGS_DIR: folder, ...variables });
    } catch (error) {
      if (error instanceof ProblemReport) return error;
      throw error;
    }
    throw new Error("the settings were accepted");
  });
}

/** The problems of the example with a change, which may be of any shape. */
export function problemsOf(change: unknown): readonly Problem[] {
  return reportOnFiles({ "prod.yaml": fileOf(change) }).problems;
}
