import { type z } from "zod";
import { nearest } from "../lib/nearest";
import { type Problem } from "../lib/problem";
import { show } from "../lib/show";
import {
  type Path,
  allowedText,
  bare,
  descriptionOf,
  keysOf,
  kindsOf,
  optionFor,
  schemaAt,
} from "./describe";
import { type SettingsFile } from "./file";
import { hintFor } from "./hints";
import { pathText, valueAt } from "./path";
import { settingsSchema } from "../schema";

type Issue = z.core.$ZodIssue;

/** Every issue of zod as a problem a reader can mend without the source code; one problem for each path. */
export function explainIssues(
  issues: readonly Issue[],
  file: SettingsFile,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const issue of issues) {
    for (const problem of explain(issue, file))
      if (!problems.has(problem.path)) problems.set(problem.path, problem);
  }
  return [...problems.values()];
}

function explain(issue: Issue, file: SettingsFile): Problem[] {
  if (issue.path.length === 0 && issue.code === "invalid_type")
    return [noSettings(file)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(issue.path, key, file));
    case "invalid_key":
      return [wrongName(issue, file)];
    default:
      return [wrongValue(issue, file)];
  }
}

const noSettings = (file: SettingsFile): Problem => ({
  path: "(the whole file)",
  given: show(file.value),
  allowed: allowedText(settingsSchema),
  fix: "copy settings/example.yaml and change the values",
});

function unknownKey(section: Path, key: string, file: SettingsFile): Problem {
  const schema = schemaAt(settingsSchema, section) ?? settingsSchema;
  const known = Object.keys(
    keysOf(optionFor(schema, valueAt(file.value, section))) ?? {},
  );
  const match = nearest(key, known);
  const path = pathText([...section, key]);
  const place = match === undefined ? placeOf(key) : undefined;
  // The same place when another kind of the section has the key.
  const elsewhere = place === path ? undefined : place;
  return {
    path,
    given: "a key that this section does not have",
    allowed: known.join(", "),
    fix:
      match !== undefined
        ? `write ${match}`
        : elsewhere !== undefined
          ? `move it: the key is ${elsewhere}`
          : "remove it; docs/settings.md lists every key",
  };
}

/** Where a key of this name stands, when it stands at one place only. */
function placeOf(key: string): string | undefined {
  places ??= everyPlace();
  const [only, ...others] = places.get(key) ?? [];
  return others.length === 0 ? only : undefined;
}

/** Every name of a key with its places: read from the schema when the first unknown key asks for it. */
let places: Map<string, string[]> | undefined;

function everyPlace(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const search = (schema: z.core.$ZodType, at: Path): void => {
    for (const [name, child] of Object.entries(keysOf(schema) ?? {})) {
      found.set(name, [...(found.get(name) ?? []), pathText([...at, name])]);
      search(child, [...at, name]);
    }
  };
  search(settingsSchema, []);
  return found;
}

function wrongName(issue: Issue, { value }: SettingsFile): Problem {
  const [inner] = issue.code === "invalid_key" ? issue.issues : [];
  return {
    path: pathText(issue.path),
    given: show(valueAt(value, issue.path)),
    allowed: `a name of 1 to 128 characters (${inner?.message ?? issue.message})`,
    fix: "choose another name for this entry",
  };
}

function wrongValue(issue: Issue, file: SettingsFile): Problem {
  const schema = schemaAt(settingsSchema, issue.path);
  const allowed = allowedAt(issue, schema);
  const key = String(issue.path.at(-1));
  const value = valueAt(file.value, issue.path);
  const meaning = schema === undefined ? "" : descriptionOf(schema);
  return {
    path: pathText(issue.path),
    given: givenText(value, key, file.typed(issue.path)),
    allowed,
    fix:
      (schema &&
        hintFor({
          key,
          value,
          typed: file.typed(issue.path),
          type: bare(schema)._zod.def.type,
          allowed,
        })) ??
      (value === undefined
        ? `add ${key}. ${meaning}`.trim()
        : `correct it. ${meaning}`.trim()),
  };
}

function allowedAt(
  { code, path, message }: Issue,
  schema: z.core.$ZodType | undefined,
): string {
  const section = schemaAt(settingsSchema, path.slice(0, -1));
  // An unknown `kind`: the schema of the key itself is that of one kind only.
  const kinds =
    code === "invalid_union" && section !== undefined
      ? kindsOf(section)
      : undefined;
  if (kinds !== undefined) return Object.keys(kinds).join(", ");
  return schema === undefined ? message : allowedText(schema);
}

/** Numbers as they were typed: YAML reads `1.30` as 1.3, and the reader looks for 1.30. */
function givenText(value: unknown, key: string, typed?: string): string {
  if (value === undefined) return "nothing: the key is missing";
  return typeof value === "number" && typed !== undefined
    ? `${typed} (a number)`
    : show(value, key);
}
