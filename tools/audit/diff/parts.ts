import microdiff, { type Difference } from "microdiff";
import { documentOf, isObject } from "../reading";

/** One difference below a body: where, and what stood there. `undefined`: nothing did. */
export interface Part {
  /** `lifecycle.prevent_destroy`, `policy.Statement[ReadLogs].Action[s3:GetObject]`. */
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What stands beside the text of a list: it has no value of its own. */
const LISTED = Symbol("listed");

/**
 * Everything that differs between two values. Documents kept as text are taken apart, and lists by what names their parts,
 * so that a line more is no change of all after it; where that shows nothing, the values themselves are compared. The order
 * of keys is no difference, that of lists is.
 */
export function differences(before: unknown, after: unknown): Part[] {
  if (before === after || JSON.stringify(before) === JSON.stringify(after))
    return [];
  const shown = compare(apart(before), apart(after));
  return shown.length > 0 ? shown : compare(before, after);
}

/** The same for the attributes of a body, each by itself. */
export const attributeDifferences = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Part[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => name !== BOOKKEEPING)
    .flatMap((name) => {
      const [was, is] = [before, after].map((body) =>
        Object.hasOwn(body, name) ? { [name]: body[name] } : {},
      );
      return differences(was, is);
    });

/** CDKTF's notes: where the code placed a block. */
const BOOKKEEPING = "//";

const compare = (before: unknown, after: unknown): Part[] =>
  microdiff({ "": before }, { "": after }).map((one: Difference) => ({
    attribute: one.path.slice(1).reduce<string>(step, ""),
    before: one.type === "CREATE" ? undefined : (one.oldValue as unknown),
    after: one.type === "REMOVE" ? undefined : (one.value as unknown),
  }));

function step(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (key.startsWith("[")) return path + key;
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** A value for readers: JSON, with the lists that were keyed as lists again, and `none` for nothing. */
export const shownValue = (value: unknown): string =>
  value === undefined
    ? "none"
    : typeof value === "symbol"
      ? String(value.description)
      : JSON.stringify(value, (_, one: unknown) => {
          const entries = isObject(one) ? Object.entries(one) : [];
          return entries.length > 0 &&
            entries.every(([key]) => key.startsWith("["))
            ? entries.map(([key, item]) =>
                item === LISTED ? key.slice(1, -1) : item,
              )
            : one;
        });

/** What names the parts of a list of blocks, the first that all have. */
const NAMES = ["Sid", "name", "key", "id", "rule_id", "sid"];

/** A value with its documents parsed and its lists keyed. */
export function apart(value: unknown): unknown {
  if (typeof value === "string") {
    const document = /^\s*[[{]|\n/.test(value) ? documentOf(value) : undefined;
    return isObject(document) || Array.isArray(document)
      ? apart(document)
      : value;
  }
  if (Array.isArray(value)) return keyed(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== BOOKKEEPING)
      .map(([key, one]) => [key, apart(one)]),
  );
}

function keyed(list: readonly unknown[]): unknown {
  const scalars = list.every((one) => typeof one !== "object");
  const name = NAMES.find((key) =>
    list.every((one) => isObject(one) && typeof one[key] === "string"),
  );
  if (list.length === 0 || (!scalars && name === undefined))
    return list.map(apart);
  const entries = list.map((one): [string, unknown] =>
    isObject(one)
      ? [`[${String(one[name ?? ""])}]`, apart(one)]
      : [`[${String(one)}]`, LISTED],
  );
  const unique = new Set(entries.map(([key]) => key)).size === list.length;
  return unique ? Object.fromEntries(entries) : list.map(apart);
}
