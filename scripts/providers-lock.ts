/**
 * Pins the checksums of the Terraform providers for Linux and macOS. Writes
 * `providers/<stack>.terraform.lock.hcl`; commit them, and every later synth puts them beside the stack's JSON.
 * Needs a registry, or a mirror:
 *
 *   npm run providers:lock [-- -fs-mirror=/path/to/mirror]
 */
import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../modules/app";
import { projectFile } from "../modules/lib/project-file";
import { loadSettings } from "../modules/load";

const platforms = [
  "linux_amd64",
  "linux_arm64",
  "darwin_amd64",
  "darwin_arm64",
];

const outdir = mkdtempSync(join(tmpdir(), "wave-lock-"));
const app = buildApp(loadSettings().settings, new App({ outdir }));
app.synth();
mkdirSync(projectFile("providers"), { recursive: true });

for (const { node } of app.node.children) {
  const folder = join(outdir, "stacks", node.id);
  if (!existsSync(folder)) continue;
  console.log(`${node.id}: terraform providers lock …`);
  const { status } = spawnSync(
    "terraform",
    [
      "providers",
      "lock",
      ...process.argv.slice(2),
      ...platforms.map((platform) => `-platform=${platform}`),
    ],
    {
      cwd: folder,
      stdio: "inherit",
    },
  );
  if (status === 0)
    copyFileSync(
      join(folder, ".terraform.lock.hcl"),
      projectFile("providers", `${node.id}.terraform.lock.hcl`),
    );
  else process.exitCode = 1;
}
rmSync(outdir, { recursive: true });
