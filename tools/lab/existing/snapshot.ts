import { isDeepStrictEqual } from "node:util";

/** Objects as their APIs describe them, by kind and id. */
export type Snapshot = ReadonlyMap<string, unknown>;

/** What differs between two snapshots. */
export interface Differences {
  /** Kind and id of what is otherwise than it was, and the fields. */
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

export function differences(before: Snapshot, after: Snapshot): Differences {
  const changed: string[] = [];
  for (const [id, was] of before) {
    const is = after.get(id);
    if (is !== undefined && !isDeepStrictEqual(was, is))
      changed.push(`${id} (${fieldsOf(was, is).join(", ")})`);
  }
  const missing = (from: Snapshot, other: Snapshot): string[] =>
    [...from.keys()].filter((id) => !other.has(id));
  return {
    changed,
    gone: missing(before, after),
    added: missing(after, before),
  };
}

/** Uppermost fields that differ. */
function fieldsOf(was: unknown, is: unknown): string[] {
  const [old, now] = [was, is] as Record<string, unknown>[];
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])]
    .filter((field) => !isDeepStrictEqual(old?.[field], now?.[field]))
    .sort();
}

/** A description without the fields that change by themselves. */
export function withoutFields(
  value: unknown,
  fields: ReadonlySet<string>,
): unknown {
  if (Array.isArray(value))
    return value.map((one) => withoutFields(one, fields));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => !fields.has(field))
      .map(([field, one]) => [field, withoutFields(one, fields)]),
  );
}
