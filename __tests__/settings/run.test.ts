import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import { fileOf, withSettingsFiles } from "../support/settings-files";

/** Runs the app command of cdktf.json on one settings file. */
const run = (text: string, variables: Record<string, string> = {}) =>
  withSettingsFiles({ "prod.yaml": text }, (folder) => {
    const outdir = join(folder, "out");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.mjs", "main.ts"],
      {
        cwd: projectFile(),
        encoding: "utf8",
        env: {
          PATH: process.env.PATH,
          SETTINGS_DIR: folder,
          CDKTF_OUTDIR: outdir,
          ...variables,
        },
      },
    );
    const wrote = existsSync(join(outdir, "stacks", "network", "cdk.tf.json"));
    return { status, stdout, stderr, wrote, outdir: existsSync(outdir) };
  });

describe("the app command", () => {
  test("with bad settings prints the report to stderr, exits with 1 and writes nothing", () => {
    const text = fileOf({ network: { zones: ["a"] }, wave: { replica: 2 } });
    const result = run(text, { TF_LOG: "DEBUG" });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("3 problems");
    expect(result.stderr).toContain("network.zones");
    expect(result.stderr).toContain("write replicas");
    expect(result.stderr).toContain("environment variable TF_LOG");
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.stdout).toBe("");
    expect(result.outdir).toBe(false);
  });

  test("with good settings synthesizes, and keeps stderr empty: the CLI prints it as an error (CDK-D10)", () => {
    const result = run(fileOf());
    expect(result.stderr).toBe("");
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/^Note: Wave 1\.3\.3 serves old clients/);
    expect(result.wrote).toBe(true);
  });
});
