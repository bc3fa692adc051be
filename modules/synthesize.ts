import { buildApp } from "./app";
import { appInto } from "./core/state/app-into";
import { keepSettings, lastSettings } from "./core/state/last-settings";
import { makeOutputFolder } from "./core/state/output-folder";
import {
  checkProviderLocks,
  copyProviderLocks,
} from "./core/state/provider-locks";
import { writeTerraformVersions } from "./core/state/terraform-version";
import { noticesOfChange } from "./effects/notices";
import { ProblemReport } from "./lib/problem";
import { systemProblem } from "./lib/system-error";
import { type LoadedSettings } from "./load";

/**
 * Writes the JSON of all stacks of one environment, and what stands beside it: checksums of providers, the range of Terraform,
 * the settings.
 *
 * @param note Is given what a reader should know before a deploy, the sentences of the settings first.
 * @param outdir Folder that is written into. @default `CDKTF_OUTDIR`, which the CLI sets, else "cdktf.out"
 * @returns the ids of the stacks, in the order of a deploy.
 * @throws ProblemReport when the folder cannot be written to, or checksums are those of another lane.
 */
export function synthesize(
  { settings, notices }: Pick<LoadedSettings, "settings" | "notices">,
  note: (text: string) => void,
  outdir = process.env.CDKTF_OUTDIR,
): string[] {
  try {
    checkProviderLocks();
    makeOutputFolder(outdir);
    const app = buildApp(settings, appInto(outdir));
    const stacks = app.node.children.map(({ node }) => node.id);
    makeOutputFolder(app.outdir, stacks);
    const changes = noticesOfChange(lastSettings(app.outdir), settings);
    for (const notice of [...notices, ...changes]) note(notice);
    app.synth();
    keepSettings(app.outdir, settings);
    for (const notice of copyProviderLocks(app)) note(notice);
    writeTerraformVersions(app);
    return stacks;
  } catch (error) {
    throw reportOf(error) ?? error;
  }
}

/** What a reader can mend, of the settings or of the folder that is written into; undefined for a fault of this program. */
export function reportOf(error: unknown): ProblemReport | undefined {
  if (error instanceof ProblemReport) return error;
  const problem = systemProblem(error, "an output folder that can be written");
  return problem && new ProblemReport("output", [problem]);
}
