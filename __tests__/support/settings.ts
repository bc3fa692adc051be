import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  settingsSchema,
} from "../../modules/settings/schema";

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> | undefined }
    : T;

/** What a test changes in the example; `undefined` removes a key. */
export type SettingsChange = DeepPartial<SettingsInput>;

function merge(base: unknown, change: unknown): unknown {
  // A section with a `kind` is one of several shapes: replaced, not merged.
  if (!isMap(base) || !isMap(change) || "kind" in change) return change;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = key in result ? merge(result[key], value) : value;
  }
  return result;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parsed once: a parse takes longer than most tests. */
let example: unknown;

/** `settings/example.yaml` as an operator would have written it, with a change. */
export function exampleInput(change: SettingsChange = {}): unknown {
  example ??= parse(
    readFileSync(projectFile("settings/example.yaml"), "utf8"),
  ) as unknown;
  return merge(structuredClone(example), change);
}

/** The example, parsed: all defaults filled in. */
export function exampleSettings(change: SettingsChange = {}): Settings {
  return settingsSchema.parse(exampleInput(change));
}
