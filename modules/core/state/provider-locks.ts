import { type App } from "cdktf";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../lib/project-file";

/**
 * Puts the committed provider checksums beside each stack's JSON, so that Terraform refuses other provider
 * binaries. Does nothing for a stack without one: `npm run providers:lock` makes them.
 */
export function copyProviderLocks({ outdir, node }: App): void {
  for (const { id } of node.children.map((stack) => stack.node)) {
    const lock = projectFile("providers", `${id}.terraform.lock.hcl`);
    if (existsSync(lock))
      copyFileSync(lock, join(outdir, "stacks", id, ".terraform.lock.hcl"));
  }
}
