import { type App } from "cdktf";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Program, laneOf } from "../versions/lanes";

/**
 * Puts the releases of Terraform and OpenTofu that the lane knows beside each stack's JSON, so that the program itself
 * refuses to run as another: on laptops, in pipelines, and in a workspace of Terraform Cloud whose version somebody changed.
 * OpenTofu reads `versions.tofu` in the place of `versions.tf`.
 *
 * Files of their own, in Terraform's language: scanners stop reading a `cdk.tf.json` that has `required_version`.
 */
export function writeTerraformVersions({ outdir, node }: App): void {
  const { name, terraform, opentofu } = laneOf();
  for (const { id } of node.children.map((stack) => stack.node)) {
    const write = (file: string, { range }: Program): void => {
      writeFileSync(
        join(outdir, "stacks", id, file),
        `# Lane ${name} of lanes.json.\nterraform {\n  required_version = "${range}"\n}\n`,
      );
    };
    write("versions.tf", terraform);
    if (opentofu) write("versions.tofu", opentofu);
    else rmSync(join(outdir, "stacks", id, "versions.tofu"), { force: true });
  }
}
