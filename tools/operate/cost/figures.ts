import { type Line, HOURS } from "./estimate";
import { UNVERIFIED } from "./price-list";

/** How long what is counted stands. */
export const PERIOD = `a month of ${HOURS} hours`;

/** What marks a price that nobody read on a page. */
export const MARK = "*";

/** An amount to the cent, such as `1,251.57`. */
export const cents = (amount: number): string =>
  amount.toLocaleString("en-US", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });

/** An amount without cents, such as `$1,252`. */
export const dollars = (amount: number): string =>
  `$${Math.round(amount).toLocaleString("en-US")}`;

/** What is paid for one, such as `0.416 an hour`. */
export function unitText({ unit }: Line): string {
  if (unit === undefined) return "no price";
  const amount = unit.amount.toLocaleString("en-US", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  });
  const article = unit.unit === "hour" ? "an" : "a";
  const mark = unit.source === UNVERIFIED ? MARK : "";
  return `${amount} ${article} ${unit.unit}${mark}`;
}

/** How many, such as `3` or `300 GB`. */
export const quantityText = ({ quantity, measure }: Line): string =>
  measure === undefined ? `${quantity}` : `${quantity} ${measure}`;

/** What is paid for it in a month, or in an hour where nobody can say for how many. */
export function amountText({ unit, month, hour }: Line): string {
  if (unit === undefined) return "?";
  return hour === undefined ? cents(month ?? 0) : `${hour.toFixed(3)} an hour`;
}
