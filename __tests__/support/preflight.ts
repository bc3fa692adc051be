import { type Expectation } from "../../modules/core/preflight/expectation";
import { Preflight } from "../../modules/core/preflight/preflight";
import { type ResourceJson, type StackJson, synthOne } from "./synth";

/** A postcondition of a data source, as Terraform JSON has it. */
interface Condition {
  condition: string;
  error_message: string;
}

/** A stack with nothing but these expectations. */
export const preflightOf = (expectations: readonly Expectation[]): StackJson =>
  synthOne((stack) => new Preflight(stack, "preflight", { expectations }));

/** Data sources of a type; none where nothing of it is expected. */
export const dataOf = (stack: StackJson, type: string): ResourceJson[] =>
  Object.values(stack.data?.[type] ?? {});

/** What must be true of the data sources of a type. */
export const conditionsOf = (stack: StackJson, type: string): Condition[] =>
  dataOf(stack, type).flatMap(
    ({ lifecycle }) =>
      (lifecycle as { postcondition: Condition[] } | undefined)
        ?.postcondition ?? [],
  );
