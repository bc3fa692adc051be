import { reasonOf, within } from "../doctor/check";

/** `wrong`: somebody should act, and the command ends with 1. `know`: it runs, and is worth knowing. */
export type Standing = "fine" | "know" | "wrong";

/** One thing that was looked at. */
export interface Row {
  /** Such as `node group system`. */
  readonly what: string;
  readonly found: string;
  readonly standing: Standing;
}

/** One subject, looked at beside the others. It only reads. */
export interface Part {
  /** Such as `backups`. */
  readonly name: string;
  /** @throws NotAsked, or the error that kept it from being answered. */
  readonly ask: () => Promise<readonly Row[]>;
}

/** What came of a part. */
export interface Answer {
  readonly part: string;
  readonly rows: readonly Row[];
  /** Why nothing is known of it. */
  readonly notAsked?: string;
}

/**
 * All parts side by side.
 *
 * @param limitMs How long each may take.
 */
export const askAll = (
  parts: readonly Part[],
  limitMs: number,
): Promise<Answer[]> =>
  Promise.all(
    parts.map(async ({ name, ask }) => {
      try {
        return { part: name, rows: await within(ask(), limitMs) };
      } catch (error) {
        return { part: name, rows: [], notAsked: reasonOf(error) };
      }
    }),
  );

const DAY_MS = 86_400_000;

/** Whole days between two moments. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / DAY_MS);

/** As `2026-11-29`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** `1 day`, `3 days`. */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;
