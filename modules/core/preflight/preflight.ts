import { type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { type Condition, type Expectation } from "./expectation";

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
      const address = `data.${found.terraformResourceType}.${found.friendlyUniqueId}`;
      this.read(then?.(address) ?? []);
    }
  }
}

/**
 * The conditions as postconditions: read and checked while planning, so a failure stops the run before anything is made.
 * During a destroy Terraform only warns.
 */
function lifecycleOf(
  conditions: readonly Condition[],
): TerraformResourceLifecycle | undefined {
  if (conditions.length === 0) return undefined;
  return {
    postcondition: conditions.map(({ condition, otherwise }) => ({
      condition: `\${${condition}}`,
      errorMessage: otherwise,
    })),
  };
}
