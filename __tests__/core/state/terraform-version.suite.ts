import { App, TerraformStack } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { satisfies } from "semver";
import { projectFile } from "../../../modules/lib/project-file";
import {
  terraformConstraint,
  writeTerraformVersions,
} from "../../../modules/core/state/terraform-version";

test("each stack's folder refuses another Terraform, and its JSON stays as scanners read it", () => {
  const outdir = mkdtempSync(join(tmpdir(), "wave-versions-"));
  const app = new App({ outdir });
  for (const id of ["network", "data"]) new TerraformStack(app, id);
  app.synth();
  writeTerraformVersions(app);
  for (const id of ["network", "data"]) {
    const text = (file: string) =>
      readFileSync(join(outdir, "stacks", id, file), "utf8");
    expect(text("versions.tf")).toContain(
      `  required_version = "${terraformConstraint()}"\n`,
    );
    expect(text("cdk.tf.json")).not.toContain("required_version");
  }
  rmSync(outdir, { recursive: true });
});

test.each([
  ["1.11.4", true],
  ["1.11.9", true],
  ["1.12.0", false],
  ["1.10.5", false],
])("Terraform %s may run: %s", (version, may) => {
  // Terraform's ~> with a patch is semver's ~.
  expect(satisfies(version, terraformConstraint().replace("~> ", "~"))).toBe(
    may,
  );
});

test("a remote run gets nothing that git ignores, but the stacks", () => {
  const lines = (file: string) =>
    readFileSync(projectFile(file), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.replace(/^\/|\/$/g, ""));
  const uploaded = lines(".gitignore").filter(
    (line) => !lines(".terraformignore").includes(line),
  );
  // Terraform leaves .terraform out by itself.
  expect(uploaded).toEqual(["cdktf.out", ".terraform"]);
  // What a stack is read from must arrive.
  expect(
    lines(".terraformignore").filter((line) =>
      ["cdktf.out", "providers", "modules"].includes(line),
    ),
  ).toEqual([]);
});
