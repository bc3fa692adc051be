import { type RestoreRecord } from "./record";
import { type Step } from "./steps";

/** A state of the past that a store can go back to. */
export interface RecoveryPoint {
  /** What `--from` takes. */
  readonly id: string;
  readonly at: Date;
  /** For people, such as `20 GiB`. */
  readonly size: string;
  /** As AWS says it, such as `available`. */
  readonly state: string;
  readonly usable: boolean;
}

/** What a restore does, before anything is done. */
export interface RestorePlan {
  readonly steps: readonly Step[];
  /** What is away, and for how long. */
  readonly interrupts: string;
  /** What is gone afterwards, and where it still is. */
  readonly loses: string;
  /** What is left to do for people. */
  readonly then: string;
}

/** Something of an environment that holds data and has a past. */
export interface Store {
  /** Name on the command line. */
  readonly name: string;
  /** What it is, such as `PostgreSQL of Wave (wave-prod-postgres)`. */
  readonly what: string;
  /** Newest first. */
  readonly points: () => Promise<readonly RecoveryPoint[]>;
  /** Whether `--from` takes a moment. @default false */
  readonly takesTime?: boolean;
  /**
   * What is to do, also of a restore that was interrupted: its steps are the same then.
   *
   * @throws ProblemReport for a point that is not there or does not fit.
   */
  readonly plan: (record: RestoreRecord) => Promise<RestorePlan>;
}
