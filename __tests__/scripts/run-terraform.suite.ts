import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";

const script = projectFile("scripts", "run-terraform");
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "run-terraform-"))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the script with a Terraform that does this, or with another program in its place. */
function run(terraform: string, program = "terraform", env = {}) {
  const file = join(folder, program);
  writeFileSync(file, `#!/bin/sh\n${terraform}\n`);
  chmodSync(file, 0o755);
  return spawnSync(script, ["apply", "a b"], {
    encoding: "utf8",
    env: { ...env, PATH: `${folder}:/usr/bin:/bin` },
  });
}

test("a Terraform that was killed ends with an exit code, not with a signal that the CLI of CDKTF overlooks", () => {
  expect(run("kill -9 $$")).toMatchObject({ status: 137, signal: null });
});

test.each([0, 1, 2])("exit code %d stays, and so do the arguments", (code) => {
  const { status, stdout } = run(
    `for one; do echo "[$one]"; done; exit ${code}`,
  );
  expect({ status, stdout }).toEqual({
    status: code,
    stdout: "[apply]\n[a b]\n",
  });
});

test("OpenTofu is run in its place where the variable names it", () => {
  const { stdout } = run("echo tofu", "tofu", { TERRAFORM_PROGRAM: "tofu" });
  expect(stdout).toBe("tofu\n");
});
