import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Beside the stacks: what they were synthesized from, defaults included. */
const FILE = "settings.json";

/** Settings of the last synth into a folder; undefined when there was none, or when nobody can read them any more. */
export function lastSettings(outdir: string): unknown {
  try {
    return JSON.parse(readFileSync(join(outdir, FILE), "utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** Keeps the settings of this synth for the next one, and for who reads the JSON. They name secrets, and hold none. */
export function keepSettings(outdir: string, settings: object): void {
  writeFileSync(
    join(outdir, FILE),
    `${JSON.stringify(settings, undefined, 2)}\n`,
  );
}
