// Installs the locked dependencies when one is missing or has another version: those of the project, and what the lane has
// of its own. Runs before `npm run lab` and `npm test`, so that a fresh clone needs no other command.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { laneOf, refuseOtherNode } from "./lane-table.mjs";

/** What a lock file says of each package, by the folder that it is installed in. */
const packagesOf = (lock) => JSON.parse(readFileSync(lock, "utf8")).packages;

/** npm notes what it has installed; by content, because times change with every checkout. */
function installed(folder) {
  try {
    const found = packagesOf(`${folder}/node_modules/.package-lock.json`);
    return Object.entries(packagesOf(`${folder}/package-lock.json`)).every(
      ([place, { version, optional }]) =>
        place === "" ||
        found[place]?.version === version ||
        (optional === true && found[place] === undefined),
    );
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function install(folder) {
  if (installed(folder)) return;
  const where = folder === "." ? "" : ` of ${folder}`;
  console.error(`Installing the locked dependencies${where} (npm ci) …`);
  const { status } = spawnSync("npm", ["ci", "--no-progress"], {
    cwd: folder,
    stdio: ["inherit", process.stderr.fd, "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** What CDKTF's CLI starts Terraform with. Its package has it compiled for each Node.js up to 22; npm compiles it for a later one. */
const PTY = "@cdktf/node-pty-prebuilt-multiarch";

/** The CLI dies of it with a page of traces, before it runs anything of ours. */
function warnOfCli({ cli }) {
  if (cli !== "cdktf") return;
  const require = createRequire(import.meta.url);
  try {
    const { ptyPath } = require(`${PTY}/lib/prebuild-file-path`);
    require(ptyPath || `${PTY}/build/Release/pty.node`);
  } catch {
    // Not to stdout, which is that of the command that runs next.
    console.error(
      `Note: cdktf does not start with Node.js ${process.versions.node}, for its packages were installed by another one. \`npm rebuild ${PTY}\` compiles what it lacks (Python, a C++ compiler), or use Node.js 22.`,
    );
  }
}

/** The project's dependencies, then the lane's. */
export function setUp(lane) {
  install(".");
  if (lane.folder !== ".") install(lane.folder);
  warnOfCli(lane);
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const lane = laneOf();
  refuseOtherNode(lane);
  setUp(lane);
}
