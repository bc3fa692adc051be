import { type StackJson } from "../terraform/stacks";
import { valueAt } from "./plan-json";

/** A stack whose outputs another one reads. */
export interface Producer {
  readonly stack: string;
  /** Names of the outputs that have to be there. */
  readonly reads: readonly string[];
}

/** The producers of a stack, by the conditions that it puts on their states. */
export const producersOf = ({ data = {} }: StackJson): Producer[] =>
  Object.entries(data.terraform_remote_state ?? {}).map(([stack, state]) => ({
    stack,
    reads: outputsIn(
      JSON.stringify(valueAt(state, ["lifecycle", "postcondition"]) ?? []),
    ),
  }));

/** As `readOutputs` of the contracts writes them. */
function outputsIn(conditions: string): string[] {
  const [, names = ""] =
    /setsubtract\(\[([^\]]*)\], keys\(self\.outputs\)\)/.exec(conditions) ?? [];
  return [...names.matchAll(/\w+/g)].map(([name]) => name);
}
