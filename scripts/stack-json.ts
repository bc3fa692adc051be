import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Terraform JSON of each stack in the output folder of a synth, by stack. */
export function readStacks(outdir: string): Record<string, unknown> {
  const stacks = join(outdir, "stacks");
  return Object.fromEntries(
    readdirSync(stacks).map((id) => [
      id,
      JSON.parse(readFileSync(join(stacks, id, "cdk.tf.json"), "utf8")),
    ]),
  );
}

/**
 * Where two documents differ, as paths; empty when they are equal. What stands under `//` is CDKTF's own note (version,
 * path of the construct), which Terraform does not read.
 */
export function differences(a: unknown, b: unknown, path = ""): string[] {
  if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    keys.delete("//");
    return [...keys].flatMap((key) =>
      differences(a[key], b[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return a === b
    ? []
    : [`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
