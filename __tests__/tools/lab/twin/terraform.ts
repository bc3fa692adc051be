import { spawnSync } from "node:child_process";

/** Whether there is a Terraform to compute with. */
export const terraformIsThere =
  spawnSync("terraform", ["version"]).status === 0;
