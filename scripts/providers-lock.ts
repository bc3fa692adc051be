/**
 * Pins the checksums of the lane's providers for Linux and macOS, by the lane's Terraform or OpenTofu. Writes
 * `providers/<stack>.terraform.lock.hcl`, of another lane than card in a folder of its name; commit them, and every later synth
 * of the lane puts them beside the stack's JSON. Needs a registry, or a mirror:
 *
 *   npm run providers:lock [-- -fs-mirror=/path/to/mirror]
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../modules/app";
import { appInto } from "../modules/core/state/app-into";
import { lockFolder } from "../modules/core/state/provider-locks";
import { laneOf } from "../modules/core/versions/lanes";
import { loadSettings } from "../modules/load";
import { chooseProgram, nameOf } from "../tools/lab/terraform/program";

const platforms = [
  "linux_amd64",
  "linux_arm64",
  "darwin_amd64",
  "darwin_arm64",
];

async function main(): Promise<void> {
  const lane = laneOf();
  const program = await chooseProgram({ lane });
  const outdir = mkdtempSync(join(tmpdir(), "wave-lock-"));
  const app = buildApp(loadSettings().settings, appInto(outdir));
  app.synth();
  mkdirSync(lockFolder(lane), { recursive: true });
  for (const { node } of app.node.children) {
    const folder = join(outdir, "stacks", node.id);
    console.log(`${node.id}: ${nameOf(program)}, providers lock …`);
    const { status } = spawnSync(
      program.path,
      [
        "providers",
        "lock",
        ...process.argv.slice(2),
        ...platforms.map((platform) => `-platform=${platform}`),
      ],
      { cwd: folder, stdio: "inherit" },
    );
    if (status === 0)
      copyFileSync(
        join(folder, ".terraform.lock.hcl"),
        join(lockFolder(lane), `${node.id}.terraform.lock.hcl`),
      );
    else process.exitCode = 1;
  }
  rmSync(outdir, { recursive: true });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
