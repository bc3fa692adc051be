import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { laneOf } from "../../modules/core/versions/lanes";
import { projectFile } from "../../modules/lib/project-file";
import { withSettingsFiles } from "./settings-files";

/** Runs the app command of cdktf.json on one settings file. */
export const runApp = (text: string, variables: Record<string, string> = {}) =>
  withSettingsFiles({ "prod.yaml": text }, (folder) => {
    const outdir = join(folder, "out");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/app.mjs"],
      {
        cwd: projectFile(),
        encoding: "utf8",
        env: {
          PATH: process.env.PATH,
          LANE: laneOf().name,
          SETTINGS_DIR: folder,
          CDKTF_OUTDIR: outdir,
          ...variables,
        },
      },
    );
    const wrote = existsSync(join(outdir, "stacks", "network", "cdk.tf.json"));
    return { status, stdout, stderr, wrote, outdir: existsSync(outdir) };
  });
