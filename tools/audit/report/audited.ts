import { type Settings } from "../../../modules/schema";
import { type Approvals } from "../approvals";
import { type ScanResult } from "../checkov/result";
import { type Commit } from "./commit";
import { type Draw } from "./page/pictures";
import { type TracedStacks } from "./synth";

/** What is audited. */
export interface Audited {
  /** Name of the environment's file, without `.yaml`, or of the folder whose JSON is read. */
  readonly environment: string;
  /** Settings file or folder as a reader knows it. */
  readonly source: string;
  /** Text of the settings file. */
  readonly text: string;
  /** Left out where the JSON alone is read: tables and files that need them are left out too. */
  readonly settings?: Settings;
  readonly synthesized: TracedStacks;
  readonly commit: Commit;
  /** The day on which versions and entries of the registers are judged, such as `2026-11-29`. */
  readonly day: string;
  /** Text of `package-lock.json`. */
  readonly lock: string;
  /** Who accepted what the registers name. @default as the registers say */
  readonly approvals?: { readonly text: string; readonly entries: Approvals };
  /** What the last `npm run checkov` found. @default it did not run */
  readonly scanned?: ScanResult | undefined;
  /** Lays out the pictures; without it there are none. */
  readonly draw?: Draw;
}
