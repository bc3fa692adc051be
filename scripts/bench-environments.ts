/** Synthesizes the example as that many environments, for `npm run bench`. */
import { App } from "cdktf";
import { buildApp } from "../modules/app";
import { loadSettings } from "../modules/settings/load";

const count = Number(process.argv[2]);
const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
const { settings: example } = loadSettings();

for (let number = 1; number <= count; number += 1) {
  const environment = `env-${number}`;
  const app = new App({ outdir: `${outdir}/${environment}` });
  buildApp({ ...example, environment }, app).synth();
}
