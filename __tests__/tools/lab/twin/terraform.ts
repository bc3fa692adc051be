import { spawnSync } from "node:child_process";
import { terraformOf } from "../../../../tools/operate/terraform/binary";

/** Whether there is a Terraform to compute with. */
export const terraformIsThere =
  spawnSync(terraformOf(), ["version"]).status === 0;
