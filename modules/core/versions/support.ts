import { EVERY, type Product, UNDATED } from "./product";
import { PRODUCTS } from "./support-table";

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
