import { App } from "cdktf";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { namesOf } from "./lib/names";
import { projectFile } from "./lib/project-file";
import { writeTerraformVersions } from "./core/state/terraform-version";
import { type Settings } from "./schema";
import { StateStack } from "./stacks/state";

/**
 * Writes the stack of the state bucket to a folder of its own, where no glob of `cdktf` finds it.
 * @returns the folder that Terraform runs in.
 */
export function writeStateStack(settings: Settings): string {
  const outdir = projectFile("cdktf.out", `state-${namesOf(settings).prefix}`);
  // CDKTF makes only the last folder of the path, and a fresh clone has no cdktf.out.
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  const { stackId } = new StateStack(app, settings);
  app.synth();
  writeTerraformVersions(app);
  return join(outdir, "stacks", stackId);
}
