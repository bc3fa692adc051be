// Compiles what package.json exports, with declarations, to build/. `npm pack` runs it first.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";

// What an earlier build left would be packed too.
rmSync("build", { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    createRequire(import.meta.url).resolve("typescript/bin/tsc"),
    "-p",
    "tsconfig.build.json",
  ],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
