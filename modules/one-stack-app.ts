import { type App, type TerraformStack } from "cdktf";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { appInto } from "./core/state/app-into";
import { copyProviderLocks } from "./core/state/provider-locks";
import { writeTerraformVersions } from "./core/state/terraform-version";
import { projectFile } from "./lib/project-file";

/**
 * Writes one stack to a folder of its own, where no glob of `cdktf` finds it.
 * @returns the folder that Terraform runs in.
 */
export function writeOneStack(
  name: string,
  create: (app: App) => TerraformStack,
): string {
  const outdir = projectFile("cdktf.out", name);
  // CDKTF makes only the last folder of the path, and a fresh clone has no cdktf.out.
  mkdirSync(outdir, { recursive: true });
  const app = appInto(outdir);
  const { node } = create(app);
  app.synth();
  copyProviderLocks(app);
  writeTerraformVersions(app);
  return join(outdir, "stacks", node.id);
}
