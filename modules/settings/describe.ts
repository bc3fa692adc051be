import { z } from "zod";

/** What the schema says about itself: for error reports and for docs/settings.md, so that both agree. */

export type Schema = z.core.$ZodType;
export type Path = readonly PropertyKey[];

const defOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

/** The schema inside `optional`, `default` and `prefault`. */
export function bare(schema: Schema): Schema {
  const def = defOf(schema);
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
      return bare(def.innerType);
    default:
      return schema;
  }
}

/** The schema of further keys, in a section that takes any name; undefined for any other schema. */
export function othersOf(schema: Schema): Schema | undefined {
  const def = defOf(bare(schema));
  if (def.type !== "object" || def.catchall === undefined) return undefined;
  return defOf(def.catchall).type === "never" ? undefined : def.catchall;
}

/** The key that tells the alternatives of a section apart, as a rule `kind`; undefined for any other schema. */
export function kindKeyOf(schema: Schema): string | undefined {
  const def = defOf(bare(schema));
  return def.type === "union" && "discriminator" in def
    ? String(def.discriminator)
    : undefined;
}

/** The alternatives of a section with a `kind`, or another key that tells them apart, by kind; undefined for any other schema. */
export function kindsOf(schema: Schema): Record<string, Schema> | undefined {
  const def = defOf(bare(schema));
  const key = kindKeyOf(schema);
  if (def.type !== "union" || key === undefined) return undefined;
  return Object.fromEntries(
    def.options.map((option) => [
      allowedText(keysOf(option)?.[key] ?? option),
      option,
    ]),
  );
}

/** The section of "a section, or false"; undefined for any other schema. */
export function sectionOrFalse(schema: Schema): Schema | undefined {
  const def = defOf(bare(schema));
  if (def.type !== "union" || "discriminator" in def) return undefined;
  return def.options.find((option) => defOf(option).type === "object");
}

/** Keys of a section with their schemas; of a `kind` section all kinds together. Undefined for a plain value. */
export function keysOf(schema: Schema): Record<string, Schema> | undefined {
  const def = defOf(bare(schema));
  if (def.type === "object") return def.shape;
  const section = sectionOrFalse(schema);
  if (section !== undefined) return keysOf(section);
  const kinds = kindsOf(schema);
  return (
    kinds &&
    (Object.assign({}, ...Object.values(kinds).map(keysOf)) as Record<
      string,
      Schema
    >)
  );
}

/** The alternative of a section with a `kind` that a value asks for, or has by default; any other schema as it is. */
export function optionFor(schema: Schema, value: unknown): Schema {
  const kinds = kindsOf(schema);
  const key = kindKeyOf(schema);
  if (kinds === undefined || key === undefined) return schema;
  const kind = (
    value as Readonly<Record<string, unknown>> | null | undefined
  )?.[key];
  if (kind === undefined) return usualKind(schema) ?? schema;
  // Names such as `constructor` are known to every object.
  return typeof kind === "string" && Object.hasOwn(kinds, kind)
    ? (kinds[kind] ?? schema)
    : schema;
}

/** Of the alternatives of a section with a `kind` the one that stands for none. */
export const usualKind = (schema: Schema): Schema | undefined =>
  Object.values(kindsOf(schema) ?? {}).find(
    (option) =>
      defaultOf(keysOf(option)?.[kindKeyOf(schema) ?? ""] ?? option) !==
      undefined,
  );

/**
 * The schema at a path of the settings, or undefined when there is no such key.
 *
 * @param value The settings: of a section with a `kind` the schema of that kind is meant. Unset: of any kind.
 */
export function schemaAt(
  root: Schema,
  path: Path,
  value?: unknown,
): Schema | undefined {
  let schema: Schema | undefined = root;
  let at = value;
  for (const step of path) {
    if (schema === undefined) return undefined;
    if (value !== undefined) schema = optionFor(schema, at);
    at = (at as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[
      step
    ];
    const def = defOf(bare(schema));
    if (def.type === "array") schema = def.element;
    else if (def.type === "record") schema = def.valueType;
    else schema = keyOf(schema, String(step));
  }
  return schema;
}

/** Names such as `constructor` are known to every object: only own keys count. */
function keyOf(section: Schema, name: string): Schema | undefined {
  const keys = keysOf(section) ?? {};
  return Object.hasOwn(keys, name) ? keys[name] : othersOf(section);
}

/** The sentence a schema carries, its own or that of the schema inside. */
export function descriptionOf(schema: Schema): string {
  const description = z.globalRegistry.get(schema)?.description;
  if (description !== undefined) return description;
  const inner = bare(schema);
  return inner === schema ? "" : descriptionOf(inner);
}

/** The default as a value; undefined without one. Sections have none: their keys do. */
export function defaultOf(schema: Schema): unknown {
  const def = defOf(schema);
  return def.type === "default" ? def.defaultValue : undefined;
}

/** True when a settings file must have the key. */
export function isRequired(schema: Schema): boolean {
  return !["optional", "default", "prefault"].includes(defOf(schema).type);
}

/** What may stand at a key, in words. */
export function allowedText(schema: Schema): string {
  const inner = bare(schema);
  const def = defOf(inner);
  switch (def.type) {
    case "string":
      return checkText(def.checks) || "text";
    case "number":
      return numberText(def.checks);
    case "boolean":
      return "true or false";
    case "literal":
      return def.values.map(String).join(", ");
    case "enum":
      return Object.values(def.entries).join(", ");
    case "array":
      return `a list${leastOf(def.checks)}; each: ${allowedText(def.element)}`;
    case "record":
      return `names with a value each: ${allowedText(def.valueType)}`;
    case "union":
      return "discriminator" in def
        ? `a section with ${String(def.discriminator)}: ${Object.keys(kindsOf(inner) ?? {}).join(", ")}`
        : def.options
            .map(allowedText)
            .join(sectionOrFalse(inner) === undefined ? ", " : ", or ");
    case "object":
      return `a section with ${Object.keys(def.shape).join(", ")}${othersOf(inner) === undefined ? "" : ", and names of your choice"}`;
    default:
      return def.type;
  }
}

/** What names the entries of a map may have, in words. */
export function namesText(map: Schema): string {
  const def = defOf(bare(map));
  return def.type === "record" ? descriptionOf(def.keyType) : "a name";
}

function checkText(checks: readonly z.core.$ZodCheck[] = []): string {
  return checks
    .map((check) => wordsOf(check as z.core.$ZodChecks))
    .filter((words) => words !== "")
    .join("; ");
}

function wordsOf(check: z.core.$ZodChecks): string {
  const def = check._zod.def;
  // The message given with `.regex(…)` or `.refine(…)` is the sentence of what is allowed.
  const error = def.error as (() => unknown) | undefined;
  const message = error?.();
  if (typeof message === "string") return message;
  switch (def.check) {
    case "min_length":
      return def.minimum === 1
        ? "text that is not empty"
        : `at least ${def.minimum} characters`;
    case "max_length":
      return `at most ${def.maximum} characters`;
    case "string_format":
      return "prefix" in def
        ? `text that starts with ${String(def.prefix)}`
        : "";
    default:
      return "";
  }
}

/** " of at least 1", where a list has to have something. */
function leastOf(checks: readonly z.core.$ZodCheck[] = []): string {
  const least = checks
    .map((check) => (check as z.core.$ZodChecks)._zod.def)
    .find(({ check }) => check === "min_length");
  return least?.check === "min_length" ? ` of at least ${least.minimum}` : "";
}

function numberText(checks: readonly z.core.$ZodCheck[] = []): string {
  const bounds = checks.map((check) => {
    const def = (check as z.core.$ZodChecks)._zod.def;
    if (def.check === "greater_than") return `at least ${String(def.value)}`;
    return def.check === "less_than" ? `at most ${String(def.value)}` : "";
  });
  return ["a whole number", ...bounds.filter((bound) => bound !== "")].join(
    ", ",
  );
}
