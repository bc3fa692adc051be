import { type Settings } from "../../../modules/schema";
import { type Approvals } from "../approvals";
import { type Commit } from "./commit";
import { type Draw } from "./page/pictures";
import { type TracedStacks } from "./synth";

/** What is audited. */
export interface Audited {
  /** Name of the environment's file, without `.yaml`. */
  readonly environment: string;
  /** Settings file as a reader knows it, and its text. */
  readonly source: string;
  readonly text: string;
  readonly settings: Settings;
  readonly synthesized: TracedStacks;
  readonly commit: Commit;
  /** The day on which versions and entries of the registers are judged, such as `2026-11-29`. */
  readonly day: string;
  /** Text of `package-lock.json`. */
  readonly lock: string;
  /** Who accepted what the registers name. @default as the registers say */
  readonly approvals?: { readonly text: string; readonly entries: Approvals };
  /** Lays out the pictures; without it there are none. */
  readonly draw?: Draw;
}
