import { type StackPlan, type Word } from "./effect";
import { type Flip, type FlipLine } from "./flips";
import { type Refusal } from "./refusal";

/** What the plans say of one flipped setting. */
export interface Flipped {
  readonly flip: Flip;
  readonly from: unknown;
  readonly word: Word;
  /** Who refuses it, and of which stack the plan is. */
  readonly refusal?: Refusal & { readonly stack?: string };
  readonly plans: readonly StackPlan[];
  /** Stacks whose plan needs the deploy of another one. */
  readonly waits: readonly string[];
  /** Stacks with another JSON that nothing plans here. */
  readonly notPlanned: readonly string[];
}

/** All flips of a line that stands. */
export interface LineFlips {
  readonly line: FlipLine;
  /** Of Wave. */
  readonly version: string;
  readonly flipped: readonly Flipped[];
  readonly plans: number;
  readonly seconds: number;
  /** Day and commit of the run, and what stood in for something. */
  readonly date: string;
  readonly commit: string;
  readonly program: string;
  readonly notices: readonly string[];
}
