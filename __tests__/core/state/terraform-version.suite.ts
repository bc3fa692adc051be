import { App, TerraformStack } from "cdktf";
import { ValidateBinaryVersion } from "cdktf/lib/validations";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { satisfies } from "semver";
import { projectFile } from "../../../modules/lib/project-file";
import { writeTerraformVersions } from "../../../modules/core/state/terraform-version";
import { LANES, laneOf, npmRange } from "../../../modules/core/versions/lanes";
import { exampleSettings } from "../../support/settings";
import { environmentOf } from "../../support/environment";

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
      `  required_version = "${laneOf().terraform.range}"\n`,
    );
    // Where the lane has no OpenTofu, a range that none is in.
    expect(text("versions.tofu")).toContain(
      `  required_version = "${laneOf().opentofu?.range ?? "< 1.0.0"}"\n`,
    );
    expect(text("cdk.tf.json")).not.toContain("required_version");
  }
  rmSync(outdir, { recursive: true });
});

test("CDKTF's validation of our stacks starts no Terraform, with a namespace that moved, and state in Terraform Cloud", () => {
  const ask = jest.spyOn(ValidateBinaryVersion.prototype, "validate");
  try {
    const { workloads } = environmentOf(
      exampleSettings({
        backend: { kind: "cloud", organization: "acme" },
        wave: { namespace: "registry" },
      }),
    ).stacks;
    expect(workloads).toHaveProperty("moved");
    expect(workloads).toHaveProperty("resource.terraform_data");
    expect(ask).not.toHaveBeenCalled();
  } finally {
    ask.mockRestore();
  }
});

test.each([
  ["card", "terraform", "1.11.4", true],
  ["card", "terraform", "1.11.9", true],
  ["card", "terraform", "1.12.0", false],
  ["card", "terraform", "1.10.5", false],
  ["living", "terraform", "1.14.9", false],
  ["living", "terraform", "1.16.3", true],
  ["living", "terraform", "1.17.0", false],
  ["living", "opentofu", "1.12.9", true],
  ["living", "opentofu", "1.13.0", false],
] as const)("lane %s, %s %s may run: %s", (lane, program, version, may) => {
  const range = LANES.find(({ name }) => name === lane)?.[program];
  expect(satisfies(version, npmRange(range ?? { range: "", version }))).toBe(
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
