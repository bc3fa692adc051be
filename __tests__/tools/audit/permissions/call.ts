import { type Context } from "../../../support/simulate";

/** An audited environment. */
export type Line = "classic" | "current" | "lite";

/** Calls that have to work: every action of the row on every resource of it. */
export interface AllowedCalls {
  readonly lines: readonly Line[];
  readonly as: string;
  readonly what: string;
  readonly does: readonly string[];
  readonly to: readonly string[];
  readonly with?: Context;
}

export const ALL: readonly Line[] = ["classic", "current", "lite"];
export const BUILDS: readonly Line[] = ["classic", "current"];
