import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../system/process";
import { type Line, outputOf } from "../settings";

/** What the lab reads of a synthesized stack. */
export interface SynthesizedStack {
  readonly id: string;
  /** Folder that Terraform runs in. */
  readonly folder: string;
  readonly json: {
    readonly terraform: {
      readonly required_providers: Record<
        string,
        { readonly source: string; readonly version: string }
      >;
    };
    readonly provider?: Record<string, readonly { alias?: string }[]>;
    readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  };
}

/** Runs the app with the settings of a line and reads what it wrote. */
export async function synthesize(
  stacks: readonly string[],
  line: Line,
  env: NodeJS.ProcessEnv,
): Promise<SynthesizedStack[]> {
  const output = env.CDKTF_OUTPUT ?? outputOf(line);
  await mustRun(process.execPath, ["scripts/run.mjs", "main.ts"], {
    step: `${line}-synth`,
    env: { ...env, CDKTF_OUTDIR: output },
  });
  return stacks
    .map((id) => ({ id, folder: join(output, "stacks", id) }))
    .filter(({ folder }) => existsSync(folder))
    .map(({ id, folder }) => readStack(id, folder));
}

export function readStack(id: string, folder: string): SynthesizedStack {
  const text = readFileSync(join(folder, "cdk.tf.json"), "utf8");
  return { id, folder, json: JSON.parse(text) as SynthesizedStack["json"] };
}
