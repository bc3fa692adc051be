/** Mebibytes of a memory quantity in Mi or Gi: `2Gi` → 2048. */
export function mebibytes(quantity: string): number {
  const factor = quantity.endsWith("Gi") ? 1024 : 1;
  return Number(quantity.slice(0, -2)) * factor;
}

/** The largest of some memory quantities, as it was written. */
export function largestMemory(first: string, ...others: string[]): string {
  return others.reduce(
    (largest, next) => (mebibytes(next) > mebibytes(largest) ? next : largest),
    first,
  );
}
