import { App, type TerraformStack } from "cdktf";
import { join, relative } from "node:path";
import { projectFile } from "../../lib/project-file";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";

/** Folder of an environment's state in the S3 bucket: `<name>/<environment>`, or `backend.keyPrefix`. */
export function statePrefix(settings: CoreSettings): string {
  const own =
    settings.backend.kind === "s3" ? settings.backend.keyPrefix : undefined;
  return own ?? `${settings.name}/${settings.environment}`;
}

/** Whether `npm run state` makes the bucket of the states: the role of another account means a bucket of that account. */
export function makesStateBucket({
  backend,
  accountId,
}: CoreSettings): boolean {
  return (
    backend.kind === "s3" &&
    (backend.assumeRole === undefined ||
      backend.assumeRole.roleArn.split(":")[4] === accountId)
  );
}

/** Key of a stack's state in the S3 bucket: `<name>/<environment>/<stack>.tfstate`. */
export function stateKey(settings: CoreSettings, stackId: string): string {
  return `${statePrefix(settings)}/${stackId}.tfstate`;
}

/** Terraform Cloud workspace of a stack: `<name>-<environment>-<stack>`. */
export function workspaceName(settings: CoreSettings, stackId: string): string {
  return namesOf(settings).of(stackId);
}

/**
 * Path of a stack's local state as Terraform reads it: relative to the stack's output folder and outside of it, because
 * the folder of a removed stack is deleted at the next synth.
 */
export function localStatePath(
  stack: TerraformStack,
  settings: CoreSettings,
  stackId: string,
): string {
  const stackFolder = join(App.of(stack).outdir, "stacks", stackId);
  const state = projectFile(
    ".state",
    namesOf(settings).prefix,
    `${stackId}.tfstate`,
  );
  return relative(stackFolder, state).split("\\").join("/");
}
