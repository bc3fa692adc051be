import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes the output folder of a synth with a folder for each stack. CDKTF makes them one by one after it has looked
 * whether they are there: two synths at once would meet between the two, and a folder in a folder is not made at all.
 *
 * @param outdir `CDKTF_OUTDIR`, which the CLI sets.
 * @default "cdktf.out"
 */
export function makeOutputFolder(
  outdir = "cdktf.out",
  stacks: readonly string[] = [],
): void {
  for (const stack of ["", ...stacks])
    mkdirSync(join(outdir, "stacks", stack), { recursive: true });
}
