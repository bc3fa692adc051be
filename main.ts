import { buildApp } from "./modules/app";
import { ProblemReport } from "./modules/lib/problem";
import { systemProblem } from "./modules/lib/system-error";
import {
  checkProviderLocks,
  copyProviderLocks,
} from "./modules/core/state/provider-locks";
import { noticesOfChange } from "./modules/effects/notices";
import { makeOutputFolder } from "./modules/core/state/output-folder";
import { keepSettings, lastSettings } from "./modules/core/state/last-settings";
import { writeTerraformVersions } from "./modules/core/state/terraform-version";
import { loadSettings } from "./modules/load";

/** What a reader can mend: of the settings, or of the folder that is written into. */
function reportOf(error: unknown): ProblemReport | undefined {
  if (error instanceof ProblemReport) return error;
  const problem = systemProblem(error, "an output folder that can be written");
  return problem && new ProblemReport("output", [problem]);
}

try {
  const { settings, notices } = loadSettings();
  checkProviderLocks();
  makeOutputFolder(process.env.CDKTF_OUTDIR);
  const app = buildApp(settings);
  makeOutputFolder(
    app.outdir,
    app.node.children.map(({ node }) => node.id),
  );
  const changes = noticesOfChange(lastSettings(app.outdir), settings);
  // To stdout: the CLI prints stderr as an error.
  for (const notice of [...notices, ...changes]) console.log(`Note: ${notice}`);
  app.synth();
  keepSettings(app.outdir, settings);
  for (const notice of copyProviderLocks(app)) console.log(`Note: ${notice}`);
  writeTerraformVersions(app);
} catch (error) {
  const report = reportOf(error);
  if (report === undefined) throw error;
  console.error(report.message);
  process.exitCode = 1;
}
