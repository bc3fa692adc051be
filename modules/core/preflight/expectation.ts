import { type TerraformResourceLifecycle } from "cdktf";

/** Something that must be true of what a data source read; `self` is the data source. */
export interface Expectation {
  /** Terraform expression without `${}`, such as `contains(self.names, "a")`. */
  readonly condition: string;
  /** What is wrong and how to mend it. May hold `${self.…}`. */
  readonly otherwise: string;
}

/**
 * The expectations as postconditions: read and checked while planning, so a failure stops the run before anything is
 * made. During a destroy Terraform only warns.
 */
export function expecting(
  ...expectations: readonly Expectation[]
): TerraformResourceLifecycle {
  return {
    postcondition: expectations.map(({ condition, otherwise }) => ({
      condition: `\${${condition}}`,
      errorMessage: otherwise,
    })),
  };
}

/** A text in a Terraform expression. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
