import { z } from "zod";
import { nearest } from "../lib/nearest";
import { type Problem } from "../lib/problem";
import { show } from "../lib/show";
import {
  type Path,
  type Schema,
  allowedText,
  bare,
  descriptionOf,
  keysOf,
  kindKeyOf,
  kindsOf,
  namesText,
  optionFor,
  schemaAt,
  sectionOrFalse,
} from "./describe";
import { type SettingsFile } from "./file";
import { hintFor, zoneHint } from "./hints";
import { pathSteps, pathText, valueAt } from "./path";

type Issue = z.core.$ZodIssue;

/** A settings file, and the schema that it should have. */
interface Reading {
  readonly file: SettingsFile;
  readonly root: Schema;
}

/** Every issue of zod as a problem a reader can mend without the source code; one problem for each path. */
export function explainIssues(
  issues: readonly Issue[],
  file: SettingsFile,
  root: Schema,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const issue of issues) {
    for (const problem of explain(issue, { file, root }))
      if (!problems.has(problem.path)) problems.set(problem.path, problem);
  }
  return [...problems.values()];
}

function explain(issue: Issue, reading: Reading): Problem[] {
  if (issue.path.length === 0 && issue.code === "invalid_type")
    return [noSettings(reading)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(issue.path, key, reading));
    case "invalid_key":
      return [wrongName(issue, reading)];
    case "invalid_union":
      return inSection(issue, reading) ?? [wrongValue(issue, reading)];
    default:
      return [wrongValue(issue, reading)];
  }
}

/** What is wrong inside of "a section, or false", where a section was written; undefined anywhere else. */
function inSection(
  { path, errors }: z.core.$ZodIssueInvalidUnion,
  reading: Reading,
): Problem[] | undefined {
  const value = valueAt(reading.file.value, path);
  const schema = schemaAt(reading.root, path, reading.file.value);
  if (schema === undefined || sectionOrFalse(schema) === undefined)
    return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return undefined;
  // Of the alternatives, `false` refuses the value itself, and the section what is in it.
  const inner = errors.find((issues) =>
    issues.every(
      (issue) => issue.path.length > 0 || issue.code === "unrecognized_keys",
    ),
  );
  return inner?.flatMap((issue) =>
    explain({ ...issue, path: [...path, ...issue.path] }, reading),
  );
}

const noSettings = ({ file, root }: Reading): Problem => ({
  path: "(the whole file)",
  given: show(file.value),
  allowed: allowedText(root),
  fix: "copy settings/example.yaml and change the values",
});

function unknownKey(
  section: Path,
  key: string,
  { file, root }: Reading,
): Problem {
  const schema = schemaAt(root, section, file.value) ?? root;
  const known = Object.keys(
    keysOf(optionFor(schema, valueAt(file.value, section))) ?? {},
  );
  const match = nearest(key, known);
  const path = pathText([...section, key]);
  // The same place when another kind of the section has the key.
  const place =
    match === undefined ? placeOf(section, key, { file, root }) : undefined;
  return {
    path,
    given: "a key that this section does not have",
    allowed: known.join(", "),
    fix:
      kindHint(schema, key, valueAt(file.value, section)) ??
      (match !== undefined
        ? `write ${match}`
        : place !== undefined && place !== path
          ? `move it: the key is ${place}`
          : "remove it; docs/settings.md lists every key, and README.md, Limits, what cannot be set"),
  };
}

/** Whether the section of a key stands in the file, or comes by default to a key without a section: others are of another platform. */
function isThere(place: string, from: Path, { file, root }: Reading): boolean {
  const [top = ""] = pathSteps(place);
  const section = schemaAt(root, [top]);
  return (
    valueAt(file.value, [top]) !== undefined ||
    (from.length === 0 &&
      section !== undefined &&
      z.safeParse(section, undefined).data !== undefined)
  );
}

/** What to do with a key that another kind of the section has. */
function kindHint(
  schema: Schema,
  key: string,
  section: unknown,
): string | undefined {
  const withKey = Object.entries(kindsOf(schema) ?? {})
    .filter(([, option]) => Object.hasOwn(keysOf(option) ?? {}, key))
    .map(([kind]) => kind);
  const [kind] = withKey;
  const name = kindKeyOf(schema);
  if (kind === undefined || name === undefined) return undefined;
  return (section as Readonly<Record<string, unknown>>)[name] === undefined
    ? `add ${name}: ${kind}, which has this key, or remove it`
    : `remove it: only ${name}: ${withKey.join(", ")} ${withKey.length === 1 ? "has" : "have"} this key`;
}

/** Where a key of this name stands, when it stands at one place only of the sections that are there. */
function placeOf(
  section: Path,
  key: string,
  reading: Reading,
): string | undefined {
  const { root } = reading;
  const known = places.get(root) ?? everyPlace(root);
  places.set(root, known);
  const [only, ...others] = (known.get(key) ?? []).filter((place) =>
    isThere(place, section, reading),
  );
  return others.length === 0 ? only : undefined;
}

/** Places by schema: a file may have thousands of unknown keys. */
const places = new WeakMap<Schema, Map<string, string[]>>();

/** Every name of a key with its places. */
function everyPlace(root: Schema): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const search = (schema: Schema, at: Path): void => {
    for (const [name, child] of Object.entries(keysOf(schema) ?? {})) {
      found.set(name, [...(found.get(name) ?? []), pathText([...at, name])]);
      search(child, [...at, name]);
    }
  };
  search(root, []);
  return found;
}

function wrongName(issue: Issue, { file, root }: Reading): Problem {
  const [inner] = issue.code === "invalid_key" ? issue.issues : [];
  const map = schemaAt(root, issue.path.slice(0, -1)) ?? root;
  const names = namesText(map);
  const message = inner?.message ?? issue.message;
  return {
    path: pathText(issue.path),
    given: show(valueAt(file.value, issue.path)),
    allowed: names === message ? names : `${names} (${message})`,
    fix:
      zoneHint(String(issue.path.at(-1)), names) ??
      "choose another name for this entry",
  };
}

function wrongValue(issue: Issue, { file, root }: Reading): Problem {
  const schema = schemaAt(root, issue.path, file.value);
  const allowed = allowedAt(issue, schema, root);
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
          type: kindsOf(schema) ? "object" : bare(schema)._zod.def.type,
          allowed,
          takesEmpty: z.safeParse(schema, {}).success,
          takesQuoted: z.safeParse(schema, file.typed(issue.path)).success,
        })) ??
      (value === undefined
        ? `add ${key}. ${meaning}`.trim()
        : `correct it. ${meaning}`.trim()),
  };
}

function allowedAt(
  { code, path, message }: Issue,
  schema: Schema | undefined,
  root: Schema,
): string {
  const section = schemaAt(root, path.slice(0, -1));
  // An unknown `kind`: the schema of the key itself is that of one kind only.
  const kinds =
    code === "invalid_union" &&
    section !== undefined &&
    path.at(-1) === kindKeyOf(section)
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
