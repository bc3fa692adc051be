import { lineOf } from "../wave/release/line";
import { type Effect } from "./effect";
import { EFFECTS } from "./table";

/** Whether a key of a row stands for a setting: name by name; with `*` at its end also for everything below. */
function standsFor(key: string, setting: string): boolean {
  const names = key.split(".");
  const given = setting.split(".");
  const open = names.at(-1) === "*";
  const fixed = open ? names.slice(0, -1) : names;
  return (
    (open ? given.length >= fixed.length : given.length === fixed.length) &&
    fixed.every((name, i) => name === "*" || name === given[i])
  );
}

/** The row of a setting, by its path without what stands inside of a list; undefined for what is no setting. */
export const effectOf = (setting: string): Effect | undefined =>
  EFFECTS.find(({ keys }) => keys.some((key) => standsFor(key, setting)));

/**
 * What a reader should know before a deploy, of what has changed since the last synth into the same folder.
 *
 * @param before Settings of that synth; undefined when there was none.
 */
export function noticesOfChange(before: unknown, after: unknown): string[] {
  if (!isSection(before)) return [];
  return [...interruptions(before, after), ...lineBack(before, after)];
}

/** Back to the classic line the plan deletes the database, and nothing but its own protection is in the way. */
function lineBack(before: unknown, after: unknown): string[] {
  const [was, is] = [before, after].map((settings) => {
    const { wave } = settings as { wave?: { version?: unknown } };
    return lineOf(String(wave?.version));
  });
  return was === "current" && is === "classic"
    ? [
        "wave.version goes back to the classic line: the plan of data wants PostgreSQL deleted, with Wave's records. Only the database's own protection stops it; see The way back in docs/upgrade/classic-to-current.md.",
      ]
    : [];
}

function interruptions(before: unknown, after: unknown): string[] {
  const changed = changedPaths(before, after).map((path) => ({
    path,
    effect: effectOf(path),
  }));
  return EFFECTS.filter(({ warn }) => warn).flatMap((row) => {
    const paths = changed
      .filter(({ effect }) => effect === row)
      .map(({ path }) => path);
    return paths.length === 0
      ? []
      : [
          `Since the last synth into this folder ${paths.join(", ")} changed (${row.does}): ${plain(row.remark)}.`,
        ];
  });
}

/** Without the links of the runbook. */
const plain = (remark: string): string =>
  remark.replace(/\[([^\]]+)\]\([^)]*\)/g, "see $1 in docs/runbook.md");

/** Paths of the values that differ; a list is one value. */
function changedPaths(before: unknown, after: unknown, path = ""): string[] {
  if (!isSection(before) && !isSection(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  const [one, other] = [before, after].map((value) =>
    isSection(value) ? value : {},
  );
  const names = new Set([
    ...Object.keys(one ?? {}),
    ...Object.keys(other ?? {}),
  ]);
  return [...names].flatMap((name) =>
    changedPaths(
      one?.[name],
      other?.[name],
      path === "" ? name : `${path}.${name}`,
    ),
  );
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
