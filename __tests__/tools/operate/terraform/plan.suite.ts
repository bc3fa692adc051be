import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planStack } from "../../../../tools/operate/terraform/plan";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-plan-"));
  mkdirSync(join(folder, "stacks", "network"), { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Plans with a Terraform that does this at `plan`, and shows an empty plan. */
function planWith(script: string, file?: string) {
  const program = join(folder, "terraform");
  writeFileSync(
    program,
    `#!/bin/sh\ncase $1 in\nplan) ${script};;\nshow) echo '{}';;\nesac\n`,
  );
  chmodSync(program, 0o755);
  const env = { ...process.env, TERRAFORM_BINARY_NAME: program };
  return planStack({ outdir: folder, env }, "network", { file });
}

test("Terraform's exit codes say whether there is a change", async () => {
  expect((await planWith("exit 0")).changed).toBe(false);
  expect((await planWith("exit 2")).changed).toBe(true);
});

test("a Terraform that kills itself is no success, and said as what it is", async () => {
  await expect(planWith("kill -9 $$")).rejects.toThrow(
    /stack network\s+given\s+Terraform was killed by SIGKILL/,
  );
});

test("what retain protects is named, and Terraform's frame is not", async () => {
  const said =
    "│ Resource aws_efs_file_system.files has\\n│ lifecycle.prevent_destroy set, but the plan calls for it to be destroyed.";
  await expect(
    planWith(
      `printf 'Error: Instance cannot be destroyed\\n${said}\\n'; exit 1`,
    ),
  ).rejects.toThrow(
    /aws_efs_file_system\.files would be destroyed, and `retain: true` protects it/,
  );
});

test("a plan file is kept for its owner alone", async () => {
  const file = join(folder, "network.tfplan");
  await planWith(`for last; do :; done; echo > ${file}; exit 2`, file);
  expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
});
