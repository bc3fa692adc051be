/**
 * Synthesizes every example in every lane, each by its own app command, and compares the JSON with that of the default lane:
 * only the providers may differ, and those of each lane, the default too, are those of `lanes.json`. Compiles the sources against the lane's packages too.
 *
 *   npm run lanes
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { satisfies } from "semver";
import {
  DEFAULT_LANE,
  LANES,
  type Lane,
  laneOf,
  nodeRange,
} from "../modules/core/versions/lanes";
import { projectFile } from "../modules/lib/project-file";
import { lanesDiffer } from "./lane-differences";
import { NotRun, UNREACHABLE, runStep } from "./not-run";
import { readStacks } from "./stack-json";

const scratch = mkdtempSync(join(tmpdir(), "lanes-"));
/** Every synth writes here, because local state is written as a path from here. */
const outdir = join(scratch, "out");

/** A command with a Node.js of the lane: npm brings it where this one is none. */
function run(lane: Lane, [program, ...args]: readonly string[], env = {}) {
  const fits = satisfies(process.versions.node, nodeRange(lane));
  const brought = ["npx", "-y", "-p", `node@${lane.nodeVersion}`, "--"];
  const [first = "", ...rest] = [
    ...(fits ? [] : brought),
    program ?? "",
    ...args,
  ];
  const { status, stdout, stderr } = spawnSync(first, rest, {
    cwd: projectFile("."),
    encoding: "utf8",
    env: { ...process.env, LANE: lane.name, ...env },
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  const [, code] = UNREACHABLE.exec(stderr) ?? [];
  if (code !== undefined)
    throw new NotRun(`the package registry cannot be reached (${code})`);
  throw new Error(
    `${first} ${rest.join(" ")}, lane ${lane.name}:\n${stdout}${stderr}`,
  );
}

function synthesize(lane: Lane, example: string): Record<string, unknown> {
  rmSync(outdir, { recursive: true, force: true });
  run(lane, ["node", "scripts/app.mjs"], {
    ENVIRONMENT: example,
    SETTINGS_DIR: projectFile("settings"),
    CDKTF_OUTDIR: outdir,
  });
  return readStacks(outdir);
}

const examples = readdirSync(projectFile("settings"))
  .filter((file) => /^example.*\.yaml$/.test(file))
  .map((file) => file.slice(0, -".yaml".length));

/** Says what differs in one lane. */
function compare(
  lane: Lane,
  expected: Readonly<Record<string, unknown>>,
): void {
  run(lane, ["node", "scripts/setup.mjs"]);
  run(lane, [
    "node",
    "node_modules/typescript/bin/tsc",
    "--noEmit",
    "-p",
    lane.folder ?? ".",
  ]);
  console.log(`ok     lane ${lane.name}: the sources compile`);
  for (const example of examples) {
    const stacks = synthesize(lane, example);
    const found = lanesDiffer(expected[example], stacks, lane);
    console.log(
      found.length === 0
        ? `ok     lane ${lane.name}, ${example}: ${Object.keys(stacks).join(", ")} are the same but for the providers`
        : `FAILED lane ${lane.name}, ${example}:\n  ${found.slice(0, 20).join("\n  ")}`,
    );
    if (found.length > 0) process.exitCode = 1;
  }
}

try {
  runStep(() => {
    const usual = laneOf({ LANE: DEFAULT_LANE });
    run(usual, ["node", "scripts/setup.mjs"]);
    const expected = Object.fromEntries(
      examples.map((example) => [example, synthesize(usual, example)]),
    );
    for (const lane of LANES) compare(lane, expected);
  });
} finally {
  rmSync(scratch, { recursive: true });
}
