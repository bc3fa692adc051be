// Installs the locked dependencies when they are missing or older than the lock file.
// Runs before `npm run lab` and `npm test`, so that a fresh clone needs no other command.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const installed = "node_modules/.package-lock.json";
const fresh =
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;

if (!fresh) {
  console.log("Installing the locked dependencies (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--no-progress"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exit(status ?? 1);
}
