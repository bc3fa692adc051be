import { z } from "zod";
import {
  type Schema,
  allowedText,
  bare,
  defaultOf,
  descriptionOf,
  isRequired,
  keysOf,
  kindKeyOf,
  kindsOf,
  othersOf,
  sectionOrFalse,
  usualKind,
} from "./describe";

/** Defaults that come before those of the schema, in words, by the path of their key. */
type OtherDefaults = ReadonlyMap<string, string>;

/** What is generated from the schema: `npm run generate` writes it, and its `--check` fails when it is stale. */
export function generatedFiles(
  schema: Schema,
  otherDefaults: OtherDefaults = new Map(),
): Readonly<Record<string, string>> {
  return {
    "settings/settings.schema.json": jsonSchema(schema),
    "docs/settings.md": reference(schema, otherDefaults),
  };
}

/** For editors: completion and checks while typing. */
function jsonSchema(schema: Schema): string {
  const json = z.toJSONSchema(schema, { io: "input" });
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** One key of the settings as the reference shows it. */
export interface Key {
  /** Such as `access.admins[].principal`. */
  readonly path: string;
  readonly schema: Schema;
  /** What may stand there, in words. */
  readonly allowed: string;
  /** What a required key is required with: `its section` when that may be absent, or `kind: s3`. */
  readonly requiredWith?: string | undefined;
  /** Kind of its section that alone has it, or has it so, where another kind is the usual one: `kind: existing`. */
  readonly onlyWith?: string | undefined;
  /** What it means. Unset: the sentence of the schema. */
  readonly description?: string;
}

/** Every key that holds a value, in the order of the schema; sections only when they may be absent. */
export const everyKey = (root: Schema): Key[] => keysBelow(root, "");

function keysBelow(
  section: Schema,
  prefix: string,
  requiredWith?: string,
): Key[] {
  const others = othersOf(section);
  return [
    ...Object.entries(keysOf(section) ?? {}).flatMap(([name, schema]) =>
      keysAt(prefix === "" ? name : `${prefix}.${name}`, schema, requiredWith),
    ),
    ...(others === undefined ? [] : keysOfOthers(`${prefix}.*`, others)),
  ];
}

/** Entries of the operator's own names: one row for the entry, then its keys. */
const keysOfOthers = (path: string, schema: Schema): Key[] => [
  { path, schema: z.optional(schema), allowed: allowedText(schema) },
  ...keysBelow(schema, path, "its section"),
];

function keysAt(path: string, schema: Schema, requiredWith?: string): Key[] {
  const own = { path, schema, allowed: allowedText(schema), requiredWith };
  const kinds = kindsOf(schema);
  if (kinds !== undefined) return keysOfKinds(path, schema, kinds);
  const def = (bare(schema) as z.core.$ZodTypes)._zod.def;
  if (def.type === "array" && kindsOf(def.element) !== undefined)
    return [own, ...keysAt(`${path}[]`, def.element)];
  if (def.type === "array" && keysOf(def.element) !== undefined)
    return [own, ...keysBelow(def.element, `${path}[]`, "its section")];
  if (keysOf(schema) === undefined) return [own];
  return isOptionalSection(schema) || sectionOrFalse(schema) !== undefined
    ? [own, ...keysBelow(schema, path, "its section")]
    : keysBelow(schema, path, requiredWith);
}

/** One row for `kind`, or the key that stands for it, then what each kind has. */
function keysOfKinds(
  path: string,
  schema: Schema,
  kinds: Readonly<Record<string, Schema>>,
): Key[] {
  const usual = usualKind(schema);
  const key = kindKeyOf(schema) ?? "kind";
  const kind: Key = {
    path: `${path}.${key}`,
    schema: (usual && keysOf(usual)?.[key]) ?? schema,
    allowed: Object.keys(kinds).join(", "),
    description: descriptionOf(schema),
  };
  const known = new Set([kind.path]);
  const others = Object.entries(kinds).flatMap(([name, option]) =>
    keysBelow(option, path, `${key}: ${name}`)
      .filter((own) => isNew(known, own))
      .map((own) =>
        usual === undefined || option === usual
          ? own
          : { ...own, onlyWith: `${key}: ${name}` },
      ),
  );
  return [kind, ...others];
}

/** A key that two kinds have in the same words stands once. */
function isNew(known: Set<string>, { path, schema }: Key): boolean {
  const texts = [path, `${path} ${descriptionOf(schema)}`];
  if (texts.some((text) => known.has(text))) return false;
  known.add(`${path} ${descriptionOf(schema)}`);
  return true;
}

/** A section that is off when it is absent, and not one that stands with its defaults. */
const isOptionalSection = (schema: Schema): boolean =>
  (schema as z.core.$ZodTypes)._zod.def.type === "optional" &&
  keysOf(schema) !== undefined;

function reference(root: Schema, otherDefaults: OtherDefaults): string {
  const all = everyKey(root);
  const sections = new Map<string, Key[]>([["General", []]]);
  for (const key of all) {
    const title = sectionOf(key.path, all);
    sections.set(title, [...(sections.get(title) ?? []), key]);
  }
  const tables = [...sections].map(
    ([title, keys]) => `## ${title}\n\n${tableOf(keys, otherDefaults)}`,
  );
  return `${INTRODUCTION}\n${tables.join("\n\n")}\n`;
}

const INTRODUCTION = `# Settings

<!-- Generated from the schemas in modules by \`npm run generate\`. Do not edit. -->

One YAML file for each environment in \`settings/\`, chosen by \`ENVIRONMENT=<file name without .yaml>\`. Without it the
only file that is not named \`example*\` is used, else \`settings/example.yaml\`. \`SETTINGS_DIR\` names another folder.
[\`settings/example.yaml\`](../settings/example.yaml) shows every key. Unknown keys are refused.

In the column *Default*: **required** must be written; *absent* means that what the key is about is left out, or that the
description says what happens then. What stands after a semicolon is the default with that \`wave.profile\`, on the line in
brackets, else on both.
`;

/** A section of more keys has a table for each section in it. */
const LONGEST_TABLE = 12;

/** `wave.build.quota.pods` belongs to *wave.build*, `retain` to *General*. */
function sectionOf(path: string, all: readonly Key[]): string {
  const steps = path.replace(/\[\].*/, "").split(".");
  const [section = ""] = steps;
  if (steps.length === 1) return path.includes("[]") ? section : "General";
  const size = all.filter((key) => key.path.startsWith(`${section}.`)).length;
  return size > LONGEST_TABLE && steps.length > 2
    ? steps.slice(0, 2).join(".")
    : section;
}

function tableOf(keys: readonly Key[], otherDefaults: OtherDefaults): string {
  const rows = keys.map(
    ({ path, schema, allowed, requiredWith, onlyWith, description }) => [
      `\`${path}\``,
      allowed,
      [defaultText(schema, requiredWith), otherDefaults.get(path)]
        .filter((text) => text !== undefined)
        .join("; "),
      (onlyWith === undefined || isRequired(schema)
        ? ""
        : `With \`${onlyWith}\`: `) + (description ?? descriptionOf(schema)),
    ],
  );
  return [
    ["Key", "Allowed", "Default", "Meaning"],
    ["---", "---", "---", "---"],
    ...rows,
  ]
    .map((cells) => `| ${cells.map(cellText).join(" | ")} |`)
    .join("\n");
}

function defaultText(schema: Schema, requiredWith?: string): string {
  if (isRequired(schema))
    return `**required**${requiredWith === undefined ? "" : ` with ${requiredWith}`}`;
  const value = defaultOf(schema);
  return value === undefined ? "*absent*" : `\`${JSON.stringify(value)}\``;
}

/** Pipes would end the cell, and angle brackets would be read as HTML. */
const cellText = (text: string): string =>
  text.replace(/\|/g, "\\|").replace(/<(?=\w)/g, "\\<");
