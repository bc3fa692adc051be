// Installs the locked dependencies when one is missing or has another version.
// Runs before `npm run lab` and `npm test`, so that a fresh clone needs no other command.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a lock file says of each package, by the folder that it is installed in. */
const packagesOf = (lock) => JSON.parse(readFileSync(lock, "utf8")).packages;

/** npm notes what it has installed; by content, because times change with every checkout. */
function installed() {
  try {
    const found = packagesOf("node_modules/.package-lock.json");
    return Object.entries(packagesOf("package-lock.json")).every(
      ([folder, { version, optional }]) =>
        folder === "" ||
        found[folder]?.version === version ||
        (optional === true && found[folder] === undefined),
    );
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

if (!installed()) {
  console.log("Installing the locked dependencies (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--no-progress"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exit(status ?? 1);
}
