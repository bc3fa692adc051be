import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { ProblemReport } from "../../modules/lib/problem";
import { checkKeys, checkSettings } from "../../modules/rules";
import {
  type Settings,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import { type Flip, flipsOf } from "./flips";
import { type Json, graphOf } from "../audit/graph";
import { isObject } from "../audit/reading";
import { type SettingsMap } from "./settings-map";
import { synthesize } from "../audit/synthesized";

/** Not flipped: they change nearly everything. */
const LEFT_OUT = ["name", "environment", "region", "accountId", "tags"];

/** What is flipped. */
export interface MapInputs {
  /** Settings as operators write them: each of their keys is flipped alone. */
  readonly documents: readonly unknown[];
  /** A key that needs others beside it, with settings before and after. */
  readonly switches: readonly (readonly [
    key: string,
    before: unknown,
    after: unknown,
  ])[];
}

/**
 * Flips each key of settings, and notes which resources change, come or go.
 *
 * @throws Error for settings that the rules refuse.
 */
export function settingsMap({ documents, switches }: MapInputs): SettingsMap {
  const schema = z.toJSONSchema(settingsSchema, { io: "input" }) as Json;
  const resources: Record<string, Set<string>> = {};
  const notes: (readonly [key: string, paths: readonly string[]])[] = [];
  const refused = new Set<string>();
  for (const document of documents) {
    const settings = soundSettings(document);
    const before = blocksOf(settings);
    for (const path of before.keys()) resources[path] ??= new Set();
    for (const flip of flipsOf(schema, settings)) {
      if (LEFT_OUT.some((name) => flip.steps[0] === name)) continue;
      const after = blocksOfFlip(document, settings, flip);
      if (after) notes.push([flip.key, differences(before, after)]);
      else refused.add(flip.key);
    }
  }
  for (const [key, from, to] of switches)
    notes.push([
      key,
      differences(blocksOf(soundSettings(from)), blocksOf(soundSettings(to))),
    ]);
  for (const [key, paths] of notes)
    for (const path of paths) resources[path]?.add(key);
  const flipped = notes.map(([key]) => key);
  const isCovered = (key: string): boolean =>
    [...flipped, ...refused].some(
      (one) => /^[.[]/.test(one.slice(key.length)) && one.startsWith(key),
    ) || flipped.includes(key);
  return {
    leftOut: LEFT_OUT,
    flips: notes.length,
    notFlipped: [...refused].filter((key) => !isCovered(key)).sort(),
    resources: Object.fromEntries(
      Object.keys(resources)
        .sort()
        .map((path) => [path, [...(resources[path] ?? [])].sort()]),
    ),
  };
}

const differences = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );

/** The settings of a document; undefined where shape or rules refuse it. */
function accepted(document: unknown): Settings | undefined {
  const { success, data } = settingsSchema.safeParse(withDefaults(document));
  return success &&
    [...checkSettings(data), ...checkKeys(data, document)].length === 0
    ? data
    : undefined;
}

/** @throws Error where the rules refuse them. */
export function soundSettings(document: unknown): Settings {
  const settings = accepted(document);
  if (settings === undefined)
    throw new Error(`The rules refuse ${JSON.stringify(document)}`);
  return settings;
}

/** One resource a line. */
export function textOfMap({ resources, ...counts }: SettingsMap): string {
  const lines = Object.entries(resources).map(
    ([path, keys]) => `    ${JSON.stringify(path)}: ${JSON.stringify(keys)}`,
  );
  return `${JSON.stringify(counts, null, 2).slice(0, -2)},\n  "resources": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** Text of each resource and ephemeral block by its construct path. */
export const blocksOf = (settings: Settings): Map<string, string> =>
  new Map(
    graphOf(synthesize(settings))
      .subjects.filter(({ type }) => !/^(provider|backend|data)\./.test(type))
      .map(({ path, body }) => [path, JSON.stringify(body)]),
  );

/** With the first value that the rules accept and that says something else; undefined where there is none. */
function blocksOfFlip(
  document: unknown,
  settings: Settings,
  { steps, values }: Flip,
): Map<string, string> | undefined {
  for (const value of values) {
    const other = withValue(document, steps, value);
    const flipped = accepted(other);
    if (flipped === undefined || isDeepStrictEqual(flipped, settings)) continue;
    // A section that is taken away and comes back with its defaults says nothing that its keys do not say.
    if (value === undefined && isObject(valueAt(flipped, steps))) continue;
    try {
      return blocksOf(flipped);
    } catch (error) {
      if (!(error instanceof ProblemReport)) throw error;
    }
  }
  return undefined;
}

function withValue(
  document: unknown,
  [step, ...below]: Flip["steps"],
  value: unknown,
): unknown {
  if (step === undefined) return value;
  if (Array.isArray(document))
    return document.map((one: unknown, at) =>
      at === step ? withValue(one, below, value) : one,
    );
  const map = isObject(document) ? document : {};
  const inner = withValue(map[step], below, value);
  return inner === undefined
    ? Object.fromEntries(Object.entries(map).filter(([name]) => name !== step))
    : { ...map, [step]: inner };
}

const valueAt = (value: unknown, steps: Flip["steps"]): unknown =>
  steps.reduce<unknown>(
    (one, step) => (one as Json | undefined)?.[step],
    value,
  );
