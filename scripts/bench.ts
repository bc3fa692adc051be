/**
 * Measures the app command: a synth of all stacks of settings/example.yaml beside an app of four empty stacks, whole
 * processes in turns, so that both meet the same machine.
 *
 *   npm run bench [-- --runs 9]
 *   npm run bench -- --environments 100    the same of `wave-eks synth --all`, with so many settings files of one account
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";
import { writeEnvironments } from "./many-environments";

interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

function numberAfter(option: string, otherwise: number): number {
  const at = process.argv.indexOf(option);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
}

const runs = numberAfter("--runs", 9);
const environments = numberAfter("--environments", 0);
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
function measure(
  program: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = { ENVIRONMENT: "example" },
): Measurement {
  const from = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", hook, program, ...args],
    {
      cwd: projectFile(),
      encoding: "utf8",
      env: {
        ...process.env,
        CDKTF_OUTDIR: join(scratch, "out"),
        ...env,
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

/** One call that synthesizes every settings file of a folder. */
function measureAll(): void {
  const settings = join(scratch, "settings");
  const written = join(scratch, "all");
  writeEnvironments(settings, environments);
  const all = Array.from({ length: Math.min(runs, 3) }, () =>
    measure(projectFile("scripts/wave-eks.mjs"), ["synth", "--all"], {
      SETTINGS_DIR: settings,
      CDKTF_OUTPUT: written,
    }),
  );
  console.log(`wave-eks synth --all, median of ${all.length}`);
  console.log(line(`${environments} settings files`, median(all)));
}

const line = (name: string, one: Measurement): string =>
  `  ${name.padEnd(30)} ${one.seconds.toFixed(3)} s  ${one.cpuSeconds.toFixed(3)} s CPU  ${one.megabytes.toFixed(0).padStart(4)} MB`;

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
  console.log(`Whole processes, median of ${runs} in turns`);
  console.log(line("four empty stacks", none));
  console.log(line("settings/example.yaml", ours));
  console.log(
    `  ratio ${(ours.seconds / none.seconds).toFixed(2)} (CPU ${(ours.cpuSeconds / none.cpuSeconds).toFixed(2)})`,
  );
}

try {
  if (environments > 0) measureAll();
  else main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
