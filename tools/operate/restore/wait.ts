import { setTimeout } from "node:timers/promises";

/** How long to wait between two looks, in milliseconds. */
const EVERY_MS = 10_000;

/**
 * Looks until there is something to see.
 *
 * @param look undefined: not yet.
 * @param minutes Longest wait; then it throws.
 */
export async function waitFor<T>(
  what: string,
  minutes: number,
  look: () => Promise<T | undefined>,
  everyMs = EVERY_MS,
): Promise<T> {
  const end = Date.now() + minutes * 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end)
      throw new Error(`${what}: not within ${minutes} minutes`);
    await setTimeout(Math.min(everyMs, pause()));
  }
}

/** In the lab things take seconds. */
const pause = (): number =>
  process.env.AWS_ENDPOINT_URL === undefined ? EVERY_MS : 1000;
