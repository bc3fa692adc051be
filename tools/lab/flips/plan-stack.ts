import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Settings } from "../../../modules/schema";
import { mustRun, run } from "../system/process";
import { terraformOf } from "../../operate/terraform/binary";
import { type PlanOptions } from "../terraform/plan";
import { type StackPlan, readPlan } from "./effect";
import { type Refusal, refusedByPlan } from "./refusal";

/** What Terraform says to the changed JSON of a stack. */
export type StackAnswer =
  | { readonly kind: "planned"; readonly plan: StackPlan }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** It needs outputs that another stack has not made yet. */
  | { readonly kind: "waits"; readonly refusal: Refusal }
  /** Neither a plan nor a refusal. */
  | { readonly kind: "failed"; readonly text: string };

/** What a stack says that reads an output which is not there. */
const WAITS = /Deploy [\w, -]+ first/;

/**
 * Plans a stack against the state as it is: it was refreshed a moment before, when a second plan found nothing to do. Data sources
 * are read, so that conditions on the account are asked.
 */
export async function planChanged(
  { id, folder }: { readonly id: string; readonly folder: string },
  { step, env, settings }: PlanOptions & { readonly settings: Settings },
): Promise<StackAnswer> {
  const file = "flip.plan";
  const options = ["-refresh=false", "-lock=false", "-no-color"];
  const program = terraformOf(env);
  const at = { step: `${step}-${id}`, env, cwd: folder };
  try {
    const args = ["plan", ...options, `-out=${file}`];
    const { code, lines } = await run(program, args, at);
    if (code !== 0) return answerOf(lines);
    // A plan holds what the state holds.
    const shown = { ...at, quiet: true };
    const { lines: json } = await mustRun(
      program,
      ["show", "-json", file],
      shown,
    );
    return { kind: "planned", plan: readPlan(id, json.join("\n"), settings) };
  } finally {
    rmSync(join(folder, file), { force: true });
  }
}

/** What Terraform printed when it made no plan. */
export function answerOf(lines: readonly string[]): StackAnswer {
  const refusal = refusedByPlan(lines);
  if (refusal === undefined)
    return { kind: "failed", text: lines.slice(-12).join(" ") };
  return { kind: WAITS.test(lines.join(" ")) ? "waits" : "refused", refusal };
}
