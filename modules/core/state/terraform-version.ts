import { type App } from "cdktf";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { laneOf } from "../versions/lanes";

/** No OpenTofu is older than 1.6. */
const NONE = "< 1.0.0";

/**
 * Puts the releases of Terraform and OpenTofu that the lane knows beside each stack's JSON, so that the program itself
 * refuses to run as another: on laptops, in pipelines, and in a workspace of Terraform Cloud whose version somebody changed.
 * OpenTofu reads `versions.tofu` in the place of `versions.tf`.
 *
 * Files of their own, in Terraform's language: scanners stop reading a `cdk.tf.json` that has `required_version`.
 */
export function writeTerraformVersions({ outdir, node }: App): void {
  const { name, terraform, opentofu } = laneOf();
  const files = {
    "versions.tf": terraform.range,
    // OpenTofu 1.12 does not read the range of the other file.
    "versions.tofu": opentofu?.range ?? NONE,
  };
  for (const { id } of node.children.map((stack) => stack.node))
    for (const [file, range] of Object.entries(files))
      writeFileSync(
        join(outdir, "stacks", id, file),
        `# Lane ${name} of lanes.json.\nterraform {\n  required_version = "${range}"\n}\n`,
      );
}
