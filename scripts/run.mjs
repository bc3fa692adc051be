// Bundles one TypeScript entry with its own modules (packages stay outside) and runs it in this process, so that it
// never runs stale code. For scripts and the lab; the app command is app.mjs.
//   node scripts/run.mjs tools/lab/run.ts [arguments]
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { buildSync } from "esbuild";
import { laneOf, refuseUninstalled } from "./lane-table.mjs";

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) {
  console.error("usage: node scripts/run.mjs <entry.ts> [arguments]");
  process.exit(2);
}

const lane = laneOf();
refuseUninstalled(lane);

// A reader such as `head` that has seen enough is no fault of the command.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const { outputFiles } = buildSync({
  entryPoints: [entry],
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: "inline",
  write: false,
  logLevel: "warning",
});

// Renaming is atomic: two runs at once never read a half-written file. From its folder Node.js finds the lane's own
// packages, and then the project's.
const compiled = resolve(lane.folder, "dist", `${basename(entry, ".ts")}.js`);
const draft = `${compiled}.${process.pid}`;
mkdirSync(dirname(compiled), { recursive: true });
writeFileSync(draft, outputFiles[0].contents);
renameSync(draft, compiled);

process.argv = [process.argv[0], compiled, ...rest];
createRequire(import.meta.url)(compiled);
