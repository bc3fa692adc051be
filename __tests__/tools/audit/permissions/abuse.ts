import { type Call, type Context } from "../../../support/simulate";
import { type Line } from "./call";

/** A call that has to be denied on these lines. */
export interface Abuse {
  readonly sentence: string;
  readonly lines: readonly Line[];
  readonly call: Call;
}

export type Row = readonly [
  sentence: string,
  as: string,
  does: string,
  to: string,
  context?: Context,
];

export const on =
  (...lines: readonly Line[]) =>
  ([sentence, as, does, to, context = {}]: Row): Abuse => ({
    sentence,
    lines,
    call: { as, does, to, with: context },
  });

export const anyone = on("classic", "current", "lite");
export const builds = on("classic", "current");
export const classic = on("classic");
export const current = on("current");
