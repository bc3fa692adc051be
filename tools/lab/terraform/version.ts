import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";

/** @throws Error when Terraform is missing or is not the version of `.terraform-version`. */
export function checkTerraform(): void {
  const wanted = readFileSync(projectFile(".terraform-version"), "utf8").trim();
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], {
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1" },
  });
  const install = `install it (https://developer.hashicorp.com/terraform/install, or tfenv install ${wanted})`;
  if (status !== 0)
    throw new Error(
      `The lab needs Terraform ${wanted}, and none is on PATH: ${install}`,
    );
  const { terraform_version: found } = JSON.parse(stdout) as {
    terraform_version: string;
  };
  if (found !== wanted)
    throw new Error(
      `The lab needs Terraform ${wanted} (.terraform-version), and found ${found}: ${install}`,
    );
}
