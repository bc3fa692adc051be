/** `npm run check:deep` asks for many more cases than `npm test`, and for others each time. */
export const DEEP = process.env.DEEP === "1";

/** Seed of this run: always the same in `npm test`. `DEEP_SEED` repeats a deep run, whose failure tells it. */
const SEED = DEEP
  ? Number(process.env.DEEP_SEED ?? Date.now() % 2 ** 31)
  : 20261121;

/** Parameters of a property: how many cases in `npm test`, and how many in `npm run check:deep`. */
export const runs = (
  quick: number,
  deep: number,
): { numRuns: number; seed: number } => ({
  numRuns: DEEP ? deep : quick,
  seed: SEED,
});

/** Longest time of a test that runs so many cases, in milliseconds. */
export const PATIENCE = DEEP ? 1_200_000 : 60_000;
