/** Mebibytes of a memory quantity in Mi or Gi: `2Gi` → 2048. */
export function mebibytes(quantity: string): number {
  const factor = quantity.endsWith("Gi") ? 1024 : 1;
  return Number(quantity.slice(0, -2)) * factor;
}

/** A memory quantity in Mi or Gi twice: `1Gi` → `2Gi`. */
export const twice = (quantity: string): string =>
  quantity.replace(/^\d+/, (amount) => String(2 * Number(amount)));

/** Millicores of a CPU quantity: `2` → 2000, `500m` → 500. */
export const millicores = (quantity: string): number =>
  quantity.endsWith("m")
    ? Number(quantity.slice(0, -1))
    : Number(quantity) * 1000;

/** The largest of some memory quantities, as it was written. */
export function largestMemory(first: string, ...others: string[]): string {
  return others.reduce(
    (largest, next) => (mebibytes(next) > mebibytes(largest) ? next : largest),
    first,
  );
}
