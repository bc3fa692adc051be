/**
 * Measures the app command: seconds and peak memory of a synth of all stacks, beside the stock TypeScript template's way
 * (ts-node with type-check, imports from the package roots) on the same stacks, and the time for many environments.
 *
 *   npm run bench [-- --runs 5]
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";

interface Measurement {
  readonly seconds: number;
  readonly megabytes: number;
}

const runsAt = process.argv.indexOf("--runs");
const runs = runsAt === -1 ? 5 : Number(process.argv[runsAt + 1]);
const scratch = mkdtempSync(join(tmpdir(), "wave-bench-"));

/** A required file that notes the peak memory of the process when it ends. */
function memoryHook(): { hook: string; note: string } {
  const hook = join(scratch, "memory-hook.cjs");
  const note = join(scratch, "memory-kilobytes");
  const body = `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS)));`;
  writeFileSync(hook, body);
  return { hook, note };
}

/** Runs one Node program once: wall seconds and peak memory of the process. */
function measure(cwd: string, ...program: string[]): Measurement {
  const { hook, note } = memoryHook();
  const from = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", hook, ...program],
    {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        CDKTF_OUTDIR: join(scratch, "out"),
        ENVIRONMENT: "example",
      },
    },
  );
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  if (status !== 0) throw new Error(`${program.join(" ")} failed:\n${stderr}`);
  return { seconds, megabytes: Number(readFileSync(note, "utf8")) / 1024 };
}

/** Median of several runs after one that is not counted. */
function medianOf(count: number, run: () => Measurement): Measurement {
  run();
  const all = Array.from({ length: count }, run);
  const middle = (pick: (one: Measurement) => number): number =>
    all.map(pick).sort((a, b) => a - b)[Math.floor(count / 2)] ?? NaN;
  return {
    seconds: middle(({ seconds }) => seconds),
    megabytes: middle(({ megabytes }) => megabytes),
  };
}

/** `{ A, type B } from "@cdktf/provider-aws/lib/x-y"` → the namespace `xY` of the package root, and aliases. */
function importFromRoots(source: string): string {
  return source.replace(
    /import (?:type )?\{([^}]*)\} from "(@cdktf\/provider-[a-z]+)\/lib\/([a-z0-9-]+)";/g,
    (_all, names: string, root: string, file: string) => {
      const namespace = file.replace(/-([a-z0-9])/g, (_dash, letter: string) =>
        letter.toUpperCase(),
      );
      const local = `${namespace}Of${root.replace(/.*-/, "")}`;
      const aliases = names
        .split(",")
        .map((name) => name.trim().replace(/^type /, ""))
        .filter((name) => name !== "")
        .map((name) => {
          const [exported = name, alias = exported] = name.split(" as ");
          return `import ${alias} = ${local}.${exported};`;
        });
      return [
        `import { ${namespace} as ${local} } from "${root}";`,
        ...aliases,
      ].join("\n");
    },
  );
}

/** A copy of the project as the stock template would have it. */
function stockCopy(): string {
  const folder = join(scratch, "stock");
  mkdirSync(folder);
  for (const part of [
    "main.ts",
    "cdktf.json",
    "modules",
    "policies",
    "manifests",
    "settings",
  ]) {
    cpSync(projectFile(part), join(folder, part), { recursive: true });
  }
  symlinkSync(projectFile("node_modules"), join(folder, "node_modules"));
  for (const file of readdirSync(join(folder, "modules"), {
    recursive: true,
    encoding: "utf8",
  })) {
    if (!file.endsWith(".ts")) continue;
    const path = join(folder, "modules", file);
    writeFileSync(path, importFromRoots(readFileSync(path, "utf8")));
  }
  // The compiler options of the stock template.
  const compilerOptions = {
    target: "ES2018",
    module: "CommonJS",
    // es2018 in the template; our source needs a later one.
    lib: ["es2022"],
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    inlineSourceMap: true,
    experimentalDecorators: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    skipLibCheck: true,
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions }),
  );
  return folder;
}

const format = ({ seconds, megabytes }: Measurement): string =>
  `${seconds.toFixed(2).padStart(8)} s ${megabytes.toFixed(0).padStart(7)} MB`;

function main(): void {
  console.log(
    `Synth of all stacks of settings/example.yaml, median of ${runs}`,
  );
  const ours = medianOf(runs, () => measure(projectFile(), "scripts/app.mjs"));
  console.log(`  app command (this project)              ${format(ours)}`);
  const folder = stockCopy();
  const stock = medianOf(Math.min(runs, 3), () =>
    measure(folder, projectFile("node_modules/ts-node/dist/bin.js"), "main.ts"),
  );
  console.log(`  ts-node, package roots (stock template) ${format(stock)}`);
  console.log(
    `  ${(stock.seconds / ours.seconds).toFixed(1)} times faster, ${(stock.megabytes / ours.megabytes).toFixed(1)} times less memory`,
  );
  console.log("Environments in one process");
  for (const count of [1, 10, 100]) {
    const many = measure(
      projectFile(),
      "scripts/run.mjs",
      "scripts/bench-environments.ts",
      String(count),
    );
    console.log(
      `  ${String(count).padStart(3)}                                     ${format(many)}`,
    );
  }
}

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
