import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { environmentOf, type Patch, patched } from "../settings";
import { prepareStacks } from "../steps/steps";
import { waveEks } from "./command";

/** Where a restore notes how far it is. */
export const recordOf = ({ settings }: Lab, store: string): string =>
  projectFile(".state", namesOf(settings).prefix, `restore-${store}.json`);

export async function planIsEmpty(lab: Lab, name: string): Promise<void> {
  const { code, text } = await waveEks(lab, ["plan"]);
  lab.report.check(name, code === 0, code === 0 ? "" : text.slice(-800));
}

/** Later steps of the lab write the settings anew: as they are, without a key that a restore has written. */
export async function takeKey(lab: Lab, key: readonly string[]): Promise<void> {
  const file = join(paths.settings, `${environmentOf(lab.line)}.yaml`);
  const written = parse(readFileSync(file, "utf8")) as Patch;
  const without = key.reduceRight<Patch | null>(
    (below, one) => ({ [one]: below }),
    null,
  );
  lab.patch = patched(written, without ?? {});
  await prepareStacks(lab, lab.settings.retain);
}
