import { EVERY, type Product, UNDATED } from "./product";
import { PRODUCTS } from "./support-table";

/** A version somebody gets who changes nothing. */
export interface Selected {
  /** As in the table: a package, a chart, a service. */
  readonly subject: string;
  readonly version: string;
  /** Where it is chosen: `.nvmrc`, or `settings/example.yaml`. */
  readonly where: string;
}

/** What the table says about a selected version on one day. */
export interface Standing {
  readonly subject: string;
  readonly version: string;
  readonly where: readonly string[];
  readonly kind:
    "unlisted" | "failing" | "warning" | "kept" | "undated" | "fine";
  /** One line for the reader. */
  readonly text: string;
}

/** Days before the end of standard support. */
const WARN_DAYS = 90;
const FAIL_DAYS = 30;

/** Release lines of a thing that have a date or are said to have none, in the order of the table. */
export const linesOf = (subject: string): string[] =>
  Object.keys(productOf(subject)?.ends ?? {});

/** Last day of standard support; undefined when no date is published, or the version is not in the table. */
export function endOf(subject: string, version: string): string | undefined {
  const product = productOf(subject);
  const end = product?.ends[lineOf(product, version) ?? ""];
  return end === UNDATED ? undefined : end;
}

/** The entry of a thing. */
export const productOf = (
  subject: string,
  table: readonly Product[] = PRODUCTS,
): Product | undefined => table.find((product) => product.subject === subject);

/** The release line of an entry that a version belongs to: the longest that fits. `v1.36.0` belongs to `1.36`. */
export function lineOf(product: Product, version: string): string | undefined {
  const number = version.replace(/^v/, "");
  return Object.keys(product.ends)
    .filter((line) => number === line || number.startsWith(`${line}.`))
    .concat(product.ends[EVERY] === undefined ? [] : [EVERY])
    .sort((a, b) => b.length - a.length)[0];
}

/**
 * Judges selected versions on a day: fails 30 days before the end of standard support and warns 90 days before.
 * What is kept on purpose is reported with its reason. Each version is reported once, with every place that chooses it.
 *
 * @param today Such as `2026-11-21`.
 */
export function judgeSupport(
  selected: readonly Selected[],
  today: string,
  table: readonly Product[] = PRODUCTS,
): Standing[] {
  const places = new Map<string, [Selected, string[]]>();
  for (const one of selected) {
    const key = `${one.subject} ${one.version}`;
    const [, where] = places.get(key) ?? [one, []];
    places.set(key, [one, [...new Set([...where, one.where])]]);
  }
  return [...places.values()].map(([{ subject, version }, where]) => {
    const { kind, sentence } = stand(productOf(subject, table), version, today);
    const text = `${subject} ${version}: ${sentence} (${where.join(", ")})`;
    return { subject, version, where, kind, text };
  });
}

function stand(
  product: Product | undefined,
  version: string,
  today: string,
): { kind: Standing["kind"]; sentence: string } {
  const line = product && lineOf(product, version);
  const end = line === undefined ? undefined : product?.ends[line];
  if (line === undefined || end === undefined)
    return {
      kind: "unlisted",
      sentence:
        "no entry in modules/core/versions/support-table.ts says until when it is supported: add one",
    };
  const reason = product?.kept?.[line];
  if (reason !== undefined)
    return {
      kind: "kept",
      sentence: `${end === UNDATED ? UNDATED : `support ends ${end}`}. ${reason}`,
    };
  if (end === UNDATED) return { kind: "undated", sentence: UNDATED };
  const days = daysBetween(today, end);
  return { kind: kindOf(days), sentence: endText(end, days) };
}

const kindOf = (days: number): Standing["kind"] =>
  days <= FAIL_DAYS ? "failing" : days <= WARN_DAYS ? "warning" : "fine";

const endText = (end: string, days: number): string =>
  days < 0
    ? `standard support ended on ${end}, ${-days} days ago`
    : `standard support ends on ${end}, in ${days} days`;

function daysBetween(from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (!Number.isInteger(days))
    throw new Error(
      `A day is written like 2026-11-21; got "${from}" and "${to}".`,
    );
  return days;
}
