import {
  type Kept,
  type Product,
  UNDATED,
} from "../../modules/core/versions/product";
import { lineOf, productOf } from "../../modules/core/versions/support";
import { PRODUCTS } from "../../modules/core/versions/support-table";

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
  /** `past` and `kept` stay on purpose: support has ended, or is nobody's. */
  readonly kind:
    "unlisted" | "failing" | "warning" | "past" | "kept" | "undated" | "fine";
  /** Days since the end of standard support, with what is `past`. */
  readonly daysPast?: number;
  /** Nothing of it is left after a synth. */
  readonly synthOnly: boolean;
  /** One line for the reader. */
  readonly text: string;
}

/** Days before the end of standard support. */
const WARN_DAYS = 90;
const FAIL_DAYS = 30;

/**
 * Judges selected versions on a day: fails 30 days before the end of standard support and warns 90 days before.
 * What is kept on purpose is reported with the days since its end and the way out. Each version is reported once, with
 * every place that chooses it.
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
    const product = productOf(subject, table);
    const { sentence, ...verdict } = stand(product, version, today);
    const text = `${subject} ${version}: ${sentence} (${where.join(", ")})`;
    const synthOnly = product?.synthOnly ?? false;
    return { subject, version, where, synthOnly, text, ...verdict };
  });
}

type Verdict = Pick<Standing, "kind" | "daysPast"> & { sentence: string };

function stand(
  product: Product | undefined,
  version: string,
  today: string,
): Verdict {
  const line = product && lineOf(product, version);
  const end = line === undefined ? undefined : product?.ends[line];
  if (line === undefined || end === undefined)
    return {
      kind: "unlisted",
      sentence:
        "no entry in modules/core/versions/ says until when it is supported: add one",
    };
  const kept = product?.kept?.[line];
  if (kept !== undefined) return keptUntil(kept, end, today);
  if (end === UNDATED) return { kind: "undated", sentence: UNDATED };
  const days = daysBetween(today, end);
  return { kind: kindOf(days), sentence: endText(end, days) };
}

function keptUntil({ why, exit }: Kept, end: string, today: string): Verdict {
  const days = end === UNDATED ? 0 : daysBetween(today, end);
  if (days < 0)
    return {
      kind: "past",
      daysPast: -days,
      sentence: `${-days} days past its support, which ended on ${end}. To end it: ${exit}.`,
    };
  return {
    kind: "kept",
    sentence: `${end === UNDATED ? UNDATED : endText(end, days)}. ${why} To end it: ${exit}.`,
  };
}

/**
 * What of a selection is past its support, in one line: what plans, applies and runs first, and apart from it what only a
 * synth runs.
 *
 * @param name Of the selection: a lane, or the settings.
 */
export function pastSupport(
  name: string,
  standings: readonly Standing[],
): string {
  const past = standings.filter(({ daysPast }) => daysPast !== undefined);
  const list = (those: readonly Standing[]) =>
    those
      .map(
        ({ subject, version, daysPast = 0 }) =>
          `${subject} ${version} ${daysPast} days`,
      )
      .join(", ");
  const running = past.filter(({ synthOnly }) => !synthOnly);
  const rest = past.filter(({ synthOnly }) => synthOnly);
  return [
    `${name}: ${running.length} past support of what runs${running.length === 0 ? "" : ` (${list(running)})`}`,
    ...(rest.length === 0
      ? []
      : [`${rest.length} of what only a synth runs (${list(rest)})`]),
  ].join("; ");
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
