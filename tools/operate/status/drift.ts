import { existsSync } from "node:fs";
import { join } from "node:path";
import { failed, initStack, terraform } from "../terraform/stacks";
import { type Target, stackFolder } from "../target";
import { type Row } from "./part";

/**
 * Whether Terraform is needed, and has nothing to run in. What the last synth wrote is kept: what changed since then is for a plan to say, and
 * for the notes of the next synth.
 */
export const needsSynth = (target: Target, drift: boolean): boolean => {
  const { backend } = target.settings;
  const byTerraform =
    backend.kind === "cloud" ||
    (backend.kind === "s3" && backend.assumeRole !== undefined);
  return (
    (drift || byTerraform) &&
    !target.stacks.every((stack) => isSynthesized(target, stack))
  );
};

/** Whether the stack's JSON is written. */
const isSynthesized = (target: Target, stack: string): boolean =>
  existsSync(join(stackFolder(target, stack), "cdk.tf.json"));

/**
 * What a plan of the last synth would put right: what has changed behind Terraform's back, and what was never applied. A refresh-only plan
 * would name every value that AWS fills in after a creation, too. Nothing is written, and no lock is taken.
 *
 * @throws ProblemReport with what Terraform says.
 */
export async function driftRows(target: Target, stack: string): Promise<Row[]> {
  await initStack(target, stack);
  const { code, stdout, stderr } = await terraform(target, stack, [
    "plan",
    "-detailed-exitcode",
    "-lock=false",
    "-no-color",
  ]);
  const what = `drift of ${stack}`;
  if (code === 0) return [{ what, found: "none", standing: "fine" }];
  if (code !== 2) throw failed(target, stack, "plan", [...stdout, ...stderr]);
  const changed = changedIn(stdout);
  if (changed.length === 0)
    return [{ what, found: "outputs only", standing: "know" }];
  return changed.map((found) => ({ what, found, standing: "wrong" }));
}

/** Lines such as `# aws_vpc.vpc will be updated in-place`, or `… must be replaced`. */
export const changedIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const [, what] = /^\s*# (\S+ (?:will|must) be .*)$/.exec(line) ?? [];
    return what === undefined || what.includes("will be read") ? [] : what;
  });
