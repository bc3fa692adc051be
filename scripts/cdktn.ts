/**
 * Synthesizes every example once with cdktf and once with its fork cdktn in its place, and compares all stacks.
 *
 *   npm run cdktn
 */
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";
import { ENGINES, type Engine, installProject } from "./engines";
import { runStep } from "./not-run";
import { differences, readStacks } from "./stack-json";

const scratch = mkdtempSync(join(tmpdir(), "cdktn-"));

/** The app with an engine in the place of cdktf, for its own code and for the bindings. */
function bundleWith(engine: Engine): string {
  // In dist/, from where the app finds its documents.
  const outfile = projectFile("dist", `engine-${engine}-${process.pid}.js`);
  buildSync({
    entryPoints: [projectFile("main.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outfile,
    alias:
      engine === "cdktf"
        ? {}
        : {
            cdktf: join(scratch, "node_modules", "cdktf"),
            // One copy, or constructs of one engine are none of the other's.
            constructs: projectFile("node_modules", "constructs"),
          },
    logLevel: "warning",
  });
  return outfile;
}

/** Both synths write here in turn, because local state is written as a path from here. */
const outdir = join(scratch, "out");

function synthesize(
  bundle: string,
  environment: string,
): Record<string, unknown> {
  rmSync(outdir, { recursive: true, force: true });
  const { status, stderr } = spawnSync(process.execPath, [bundle], {
    encoding: "utf8",
    env: {
      ...process.env,
      ENVIRONMENT: environment,
      SETTINGS_DIR: projectFile("settings"),
      CDKTF_OUTDIR: outdir,
    },
  });
  if (status !== 0)
    throw new Error(`${bundle} failed for ${environment}:\n${stderr}`);
  return readStacks(outdir);
}

function main(): void {
  installProject(scratch, "cdktn");
  const [cdktf, cdktn] = [bundleWith("cdktf"), bundleWith("cdktn")];
  try {
    const examples = readdirSync(projectFile("settings"))
      .filter((file) => /^example.*\.yaml$/.test(file))
      .map((file) => file.slice(0, -".yaml".length));
    for (const example of examples) {
      const expected = synthesize(cdktf, example);
      const found = differences(expected, synthesize(cdktn, example));
      const stacks = Object.keys(expected);
      console.log(
        found.length === 0
          ? `ok     ${example}: ${stacks.join(", ")} are the same with ${ENGINES.cdktn}`
          : `FAILED ${example} differs with ${ENGINES.cdktn}:\n  ${found.slice(0, 20).join("\n  ")}`,
      );
      if (found.length > 0) process.exitCode = 1;
    }
  } finally {
    rmSync(cdktf);
    rmSync(cdktn);
  }
}

try {
  runStep(main);
} finally {
  rmSync(scratch, { recursive: true });
}
