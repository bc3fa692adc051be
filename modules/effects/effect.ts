/** What a change of some settings does to an environment that is deployed: for the runbook, and for the notices of a synth. */
export interface Effect {
  /** Paths as in docs/settings.md; `*` stands for one name, at the end for everything below. The first row that matches counts. */
  readonly keys: readonly string[];
  readonly does: EffectKind;
  /** What to know of it: a sentence without a full stop, or several. */
  readonly remark: string;
  /** It interrupts people or costs minutes without service: a synth that changes it says so. */
  readonly warn?: true;
}

/** From the least to the most. */
export type EffectKind =
  | "nothing"
  | "in place"
  | "restarts Wave"
  | "rolls nodes"
  | "replaced"
  | "refused";
