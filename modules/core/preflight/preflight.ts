import { Construct } from "constructs";
import { type Expectation, addressOf, lifecycleOf } from "./expectation";

/** Properties of `Preflight`. */
export interface PreflightProps {
  /** Those of the core and of each platform. */
  readonly expectations: readonly Expectation[];
}

/**
 * What the account must have before anything is made: data sources only, with conditions, read while planning. They serve
 * all stacks and stand in the first, so that a mistake costs a minute.
 */
export class Preflight extends Construct {
  constructor(scope: Construct, id: string, { expectations }: PreflightProps) {
    super(scope, id);
    this.read(expectations);
  }

  private read(expectations: readonly Expectation[]): void {
    for (const { id, conditions, read, then } of expectations) {
      const found = read(this, id, lifecycleOf(conditions));
      this.read(then?.(addressOf(found)) ?? []);
    }
  }
}
