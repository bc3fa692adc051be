import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type SettingsInput } from "../../../modules/schema";
import { type Lab } from "../lab";
import { paths } from "../paths";
import {
  type Patch,
  environmentOf,
  outputOf,
  patched,
  withoutNull,
} from "../settings";
import { writeClusterOverrides } from "../stand-ins/cluster-override";
import { writeOverrides } from "../stand-ins/overrides";
import { run } from "../system/process";
import { type SynthesizedStack, readStack } from "../terraform/synthesized";

/** A copy of what was applied, in which one setting after the other is flipped. */
export interface Copy {
  readonly name: string;
  readonly output: string;
  readonly settings: string;
  readonly env: NodeJS.ProcessEnv;
}

/** With the providers and the back end as they were initialised. */
export function copyApplied(lab: Lab, number: number): Copy {
  const name = `${lab.line}-${number}`;
  const output = join(paths.flips, name, "out");
  const settings = join(paths.flips, name, "settings");
  rmSync(join(paths.flips, name), { recursive: true, force: true });
  mkdirSync(settings, { recursive: true });
  cpSync(outputOf(lab.line), output, {
    recursive: true,
    verbatimSymlinks: true,
  });
  const env = {
    ...lab.env,
    SETTINGS_DIR: settings,
    CDKTF_OUTPUT: output,
    CDKTF_OUTDIR: output,
  };
  return { name, output, settings, env };
}

/** What a synth of a changed file made. */
export type Synth =
  | { readonly refused: string }
  | {
      readonly refused?: undefined;
      /** Whose JSON is another than the applied one. */
      readonly changed: readonly SynthesizedStack[];
    };

/** Writes the settings with a patch over them, and runs the app. */
export async function synthesizeCopy(
  lab: Lab,
  base: SettingsInput,
  { copy, patch }: { readonly copy: Copy; readonly patch: Patch },
): Promise<Synth> {
  const file = join(copy.settings, `${environmentOf(lab.line)}.yaml`);
  writeFileSync(file, stringify(withoutNull(patched(base, patch))));
  const { code, lines } = await run(process.execPath, ["scripts/app.mjs"], {
    step: `flip-${copy.name}-synth`,
    env: copy.env,
  });
  if (code !== 0) return { refused: lines.join("\n") };
  const applied = outputOf(lab.line);
  const changed = readdirSync(join(copy.output, "stacks"))
    .filter((id) => textOf(copy.output, id) !== textOf(applied, id))
    .map((id) => readStack(id, join(copy.output, "stacks", id)));
  const planned = changed.filter(({ id }) => lab.stacks.includes(id));
  writeOverrides(planned, lab.providers.standIn);
  if (lab.workloads?.login) writeClusterOverrides(planned, lab.workloads.login);
  return { changed };
}

const textOf = (output: string, id: string): string =>
  readFileSync(join(output, "stacks", id, "cdk.tf.json"), "utf8");
