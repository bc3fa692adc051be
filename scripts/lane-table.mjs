// What the scripts that run before anything is installed know of lanes.json.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const table = JSON.parse(readFileSync(resolve(root, "lanes.json"), "utf8"));

/** Ends the process with one sentence. */
function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** The lane of this run, or by name; an empty variable counts as none. Its folder is where its own packages are; the root for those of `package.json`. */
export function laneOf(name = process.env.LANE || table.default) {
  const lane = table.lanes[name];
  const known = Object.keys(table.lanes).join(" and ");
  if (lane === undefined)
    refuse(
      `There is no lane "${name}": lanes.json has ${known}. Set LANE to one of them, or leave it unset for ${table.default}.`,
    );
  return { folder: ".", ...lane, name };
}

const numbers = (version) => version.split(".").map(Number);

/** Ends the process, before anything is written, with a Node.js that the lane does not know. */
export function refuseOtherNode({ name, node, nodeVersion }) {
  const [major, minor, patch] = numbers(process.versions.node);
  const fits = node
    .map(numbers)
    .some(
      ([m, n, p]) => m === major && (minor > n || (minor === n && patch >= p)),
    );
  if (!fits)
    refuse(
      `Lane ${name} runs on Node.js ${node.map((lowest) => `${lowest} or a later ${lowest.split(".")[0]}`).join(", ")}; this is ${process.versions.node}. Install ${nodeVersion}, or put "npx -y -p node@${nodeVersion}" in front of the command.`,
    );
}

/**
 * Ends the process when the lane's packages are not installed: Node.js would find the project's in their place, and the run
 * would be one of another lane.
 */
export function refuseUninstalled({ name, folder }) {
  if (!existsSync(resolve(root, folder, "node_modules", "cdktf")))
    refuse(
      `The packages of lane ${name} are not installed: run \`LANE=${name} npm run setup\`, or the command by \`npm run lane -- ${name} …\`.`,
    );
}
