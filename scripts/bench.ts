/**
 * Measures the app command: a synth of all stacks of settings/example.yaml beside an app of four empty stacks, whole
 * processes in turns, so that both meet the same machine.
 *
 *   npm run bench [-- --runs 9]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";

interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const runsAt = process.argv.indexOf("--runs");
const runs = runsAt === -1 ? 9 : Number(process.argv[runsAt + 1]);
const scratch = mkdtempSync(join(tmpdir(), "wave-bench-"));
const note = join(scratch, "usage.json");
const hook = join(scratch, "hook.cjs");
const empty = join(scratch, "empty.cjs");

writeFileSync(
  hook,
  `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(note)}, JSON.stringify(process.resourceUsage())));`,
);
writeFileSync(
  empty,
  `const { App, TerraformStack } = require(${JSON.stringify(projectFile("node_modules", "cdktf"))});
const app = new App();
for (const id of ["network", "data", "identity", "workloads"]) new TerraformStack(app, id);
app.synth();`,
);

/** Runs one Node.js program once. */
function measure(program: string): Measurement {
  const from = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", hook, program],
    {
      cwd: projectFile(),
      encoding: "utf8",
      env: {
        ...process.env,
        CDKTF_OUTDIR: join(scratch, "out"),
        ENVIRONMENT: "example",
      },
    },
  );
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
  const usage = JSON.parse(readFileSync(note, "utf8")) as Record<
    "maxRSS" | "userCPUTime" | "systemCPUTime",
    number
  >;
  return {
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    megabytes: usage.maxRSS / 1024,
  };
}

function median(all: readonly Measurement[]): Measurement {
  const middle = (pick: (one: Measurement) => number): number =>
    all.map(pick).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
  return {
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    megabytes: middle(({ megabytes }) => megabytes),
  };
}

function main(): void {
  const app = projectFile("scripts/app.mjs");
  // The first run of each fills its caches, and is not counted.
  measure(empty);
  measure(app);
  const pairs = Array.from({ length: runs }, () => ({
    none: measure(empty),
    ours: measure(app),
  }));
  const none = median(pairs.map((pair) => pair.none));
  const ours = median(pairs.map((pair) => pair.ours));
  const line = (name: string, one: Measurement): string =>
    `  ${name.padEnd(30)} ${one.seconds.toFixed(3)} s  ${one.cpuSeconds.toFixed(3)} s CPU  ${one.megabytes.toFixed(0).padStart(4)} MB`;
  console.log(`Whole processes, median of ${runs} in turns`);
  console.log(line("four empty stacks", none));
  console.log(line("settings/example.yaml", ours));
  console.log(
    `  ratio ${(ours.seconds / none.seconds).toFixed(2)} (CPU ${(ours.cpuSeconds / none.cpuSeconds).toFixed(2)})`,
  );
}

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
