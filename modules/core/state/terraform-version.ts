import { type App } from "cdktf";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../lib/project-file";

/** Terraform of `.terraform-version`, its later patches and no later minor: `~> 1.11.4`. */
export const terraformConstraint = (): string =>
  `~> ${readFileSync(projectFile(".terraform-version"), "utf8").trim()}`;

/**
 * Puts `versions.tf` beside each stack's JSON, so that Terraform itself refuses to run as another release: on laptops, in
 * pipelines, and in a workspace of Terraform Cloud whose version somebody changed.
 *
 * A file of its own, in Terraform's language: scanners stop reading a `cdk.tf.json` that has `required_version`.
 */
export function writeTerraformVersions({ outdir, node }: App): void {
  for (const { id } of node.children.map((stack) => stack.node))
    writeFileSync(
      join(outdir, "stacks", id, "versions.tf"),
      `# Terraform 1.12 and later has a known fault with the pinned Kubernetes provider after a creation that timed out.\nterraform {\n  required_version = "${terraformConstraint()}"\n}\n`,
    );
}
