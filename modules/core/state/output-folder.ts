import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ProblemReport } from "../../lib/problem";

/**
 * Makes the output folder of a synth with a folder for each stack. CDKTF makes them one by one after it has looked
 * whether they are there: two synths at once would meet between the two, and a folder in a folder is not made at all.
 *
 * @param outdir `CDKTF_OUTDIR`, which the CLI sets.
 * @default "cdktf.out"
 * @throws ProblemReport when it cannot be made, or not be written to.
 */
export function makeOutputFolder(
  outdir = "cdktf.out",
  stacks: readonly string[] = [],
): void {
  for (const stack of ["", ...stacks]) {
    const folder = resolve(outdir, "stacks", stack);
    try {
      makeFolder(folder);
      accessSync(folder, constants.W_OK);
    } catch (error) {
      throw unwritable(join(outdir, "stacks", stack), error);
    }
  }
}

/** Not `recursive`, with which Node.js never returns where a file system lets nobody make folders. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another synth was quicker.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw error;
  }
}

const unwritable = (folder: string, error: unknown): ProblemReport =>
  new ProblemReport("output", [
    {
      path: `output folder ${folder}`,
      given: error instanceof Error ? error.message : String(error),
      allowed: "a folder that can be made and written to",
      fix: "choose another one with CDKTF_OUTPUT=<folder>, or give yourself the right to write there",
    },
  ]);
