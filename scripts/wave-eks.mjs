#!/usr/bin/env node
// The command line of an environment, in a checkout: `npx wave-eks <command>`, or `npm run <command> -- …`.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import "./no-token-traces.cjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const entry = resolve(root, "tools/operate/wave-eks.ts");

if (!existsSync(entry)) {
  console.error(
    "wave-eks works in a checkout of wave-on-eks: the package has its building blocks only.",
  );
  process.exit(1);
}

// Where the user is: paths are given from there. npm sets it too.
process.env.INIT_CWD ??= process.cwd();
process.chdir(root);

const { laneOf, refuseOtherNode } = await import("./lane-table.mjs");
const { setUp } = await import("./setup.mjs");
const lane = laneOf();
refuseOtherNode(lane);
setUp(lane);

// Which Node.js runs here is said by lanes.json, not by each package.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

process.argv = [process.argv[0], "run.mjs", entry, ...process.argv.slice(2)];
await import("./run.mjs");
