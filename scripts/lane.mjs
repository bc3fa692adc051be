// Runs a command in a lane of lanes.json: with its packages, its CLI and its Node.js.
//   npm run lane -- living npm test
//   npm run lane -- living cdktf deploy network data identity workloads
import { spawnSync } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { laneOf, refuseOtherNode } from "./lane-table.mjs";
import { setUp } from "./setup.mjs";

const [name, command, ...rest] = process.argv.slice(2);
if (command === undefined) {
  console.error("usage: npm run lane -- <lane> <command> [arguments]");
  process.exit(2);
}
const lane = laneOf(name);
refuseOtherNode(lane);
setUp(lane);

const bin = resolve(lane.folder, "node_modules", ".bin");
// What is documented with one CLI is run by the other: they take the same arguments.
const program = command === "cdktf" ? lane.cli : command;
const { status, error } = spawnSync(program, rest, {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: {
    ...process.env,
    LANE: lane.name,
    PATH: [bin, process.env.PATH].join(delimiter),
  },
});
if (error !== undefined) console.error(`${program}: ${error.message}`);
process.exit(status ?? 1);
