/** Loads and synthesizes that many environments of one account, each from its own file, for `npm run bench`. */
import { App } from "cdktf";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { buildApp } from "../modules/app";
import { projectFile } from "../modules/lib/project-file";
import { loadSettings } from "../modules/load";
import { type SettingsInput } from "../modules/schema";

const count = Number(process.argv[2]);
const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
const folder = join(outdir, "settings");
const example = parse(
  readFileSync(projectFile("settings/example.yaml"), "utf8"),
) as SettingsInput;
const environments = Array.from({ length: count }, (_, index) => `e${index}`);

mkdirSync(folder, { recursive: true });
for (const environment of environments) {
  const wave = { ...example.wave, hostname: `${environment}.example.com` };
  const input = { ...example, environment, wave };
  Reflect.deleteProperty(input.wave, "mail");
  writeFileSync(join(folder, `${environment}.yaml`), stringify(input));
}

for (const environment of environments) {
  const { settings } = loadSettings({
    SETTINGS_DIR: folder,
    ENVIRONMENT: environment,
  });
  buildApp(settings, new App({ outdir: join(outdir, environment) })).synth();
}
