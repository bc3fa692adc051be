import { type Settings } from "../../../modules/schema";
import { type StackJson } from "../../audit/graph";
import { type Price, type PriceList, UNVERIFIED, priceOf } from "./price-list";
import { type Placed, type Quantities, quantitiesOf } from "./quantities";

/** Hours of a month, as AWS's calculator counts them. */
export const HOURS = 730;

/** An item with its price. */
export interface Line extends Placed {
  /** Undefined: the list has none for this region. */
  readonly unit?: Price;
  /** US dollars a month; of what comes and goes with the load, and of what has no price, undefined. */
  readonly month?: number;
  /** US dollars an hour, of what comes and goes with the load. */
  readonly hour?: number;
}

/** What an environment costs at list prices. */
export interface Estimate {
  readonly region: string;
  readonly lines: readonly Line[];
  /** US dollars a month: the sum of the lines that have a price. */
  readonly month: number;
  /** Keys of prices that are missing: the month is at least what it says. */
  readonly missing: readonly string[];
  /** Keys of prices that nobody read on a page. */
  readonly unverified: readonly string[];
  /** What was assumed, as sentences. */
  readonly assumptions: readonly string[];
  /** What is charged by use. */
  readonly leftOut: Quantities["leftOut"];
  /** Types of resources that may cost, and are not known here. */
  readonly unknown: Quantities["unknown"];
}

/** What the stacks of an environment cost in its region. */
export function estimate(
  settings: Settings,
  stacks: Readonly<Record<string, StackJson>>,
  list: PriceList,
): Estimate {
  const { items, leftOut, unknown } = quantitiesOf(settings, stacks);
  const { region } = settings;
  const lines = items.map((item) =>
    priced(item, priceOf(list, item.price, region)),
  );
  const keys = (wanted: (line: Line) => boolean): string[] => [
    ...new Set(lines.filter(wanted).map(({ price }) => price)),
  ];
  return {
    region,
    lines,
    month: monthOf(lines),
    missing: keys(({ unit }) => unit === undefined),
    unverified: keys(({ unit }) => unit?.source === UNVERIFIED),
    assumptions: [
      ...new Set(lines.flatMap(({ assumption }) => assumption ?? [])),
    ],
    leftOut,
    unknown,
  };
}

/** US dollars a month of some lines. */
export const monthOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { month = 0 }) => sum + month, 0);

/** US dollars an hour of some lines that come and go with the load. */
export const hourOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { hour = 0 }) => sum + hour, 0);

function priced(item: Placed, unit: Price | undefined): Line {
  if (unit === undefined) return item;
  const byHour = unit.unit === "hour";
  const amount = item.quantity * unit.amount;
  return item.scaled === true
    ? { ...item, unit, hour: byHour ? amount : amount / HOURS }
    : { ...item, unit, month: byHour ? amount * HOURS : amount };
}
