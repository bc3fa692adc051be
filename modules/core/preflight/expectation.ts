import {
  type TerraformDataSource,
  type TerraformResourceLifecycle,
} from "cdktf";
import { type Construct } from "constructs";

/** Something that must be true of what a data source read; `self` is the data source. */
export interface Condition {
  /** Terraform expression without `${}`, such as `contains(self.names, "a")`. */
  readonly condition: string;
  /** What is wrong and how to mend it. May hold `${self.…}`. */
  readonly otherwise: string;
}

/** One thing that the account must have before anything is made: a data source, and what must be true of it. */
export interface Expectation {
  /** Id of the data source's construct. */
  readonly id: string;
  /** None: that something was found is enough. */
  readonly conditions: readonly Condition[];
  /** Creates the data source, with the conditions as its lifecycle. */
  readonly read: (
    scope: Construct,
    id: string,
    lifecycle: TerraformResourceLifecycle | undefined,
  ) => TerraformDataSource;
  /**
   * What is expected of something that this one found.
   * @param address Of the data source, such as `data.aws_eks_clusters.clusters`.
   * @default nothing
   */
  readonly then?: (address: string) => readonly Expectation[];
}

/**
 * The conditions as postconditions: read and checked while planning, so a failure stops the run before anything is made.
 * During a destroy Terraform only warns.
 */
export function lifecycleOf(
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

/** Reads a data source only where an expression is true: a singular one fails when there is nothing to find. */
export function onlyIf<T extends TerraformDataSource>(
  source: T,
  expression: string,
): T {
  source.addOverride("count", `\${${expression} ? 1 : 0}`);
  return source;
}

/** A data source in a Terraform expression. */
export const addressOf = (source: TerraformDataSource): string =>
  `data.${source.terraformResourceType}.${source.friendlyUniqueId}`;

/** A text in a Terraform expression. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
