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

/** Runs the script with a Terraform that does this. */
function run(terraform: string) {
  const file = join(folder, "terraform");
  writeFileSync(file, `#!/bin/sh\n${terraform}\n`);
  chmodSync(file, 0o755);
  return spawnSync(script, ["apply", "a b"], {
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin` },
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
