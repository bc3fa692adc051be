import { type App } from "cdktf";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { buildApp } from "../../modules/app";
import { appInto } from "../../modules/core/state/app-into";
import { isCreatedCluster } from "../../modules/core/kinds";
import { projectFile } from "../../modules/lib/project-file";
import {
  type Settings,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import { StateStack } from "../../modules/stacks/state";
import { type StackJson } from "./graph";

/** Settings that somebody starts from, and the JSON of their stacks. */
export interface Environment {
  /** Such as `settings/example.yaml`. */
  readonly name: string;
  readonly settings: Settings;
  readonly stacks: Readonly<Record<string, StackJson>>;
}

/** Settings files that are audited, those that exist. */
export const EXAMPLES: readonly string[] = [
  "example.yaml",
  "example-current.yaml",
  "example-existing.yaml",
  "example-platforms.yaml",
  "example-delivery.yaml",
  "example-emg.yaml",
].filter((file) => existsSync(projectFile("settings", file)));

/** An example's settings, with all defaults. */
export function exampleOf(file: string): Settings {
  return settingsSchema.parse(
    withDefaults(parse(readFileSync(projectFile("settings", file), "utf8"))),
  );
}

/** The example files that make all they need, and so start every image and have every version, synthesized. */
export const exampleEnvironments = (): Environment[] =>
  EXAMPLES.filter((file) => isCreatedCluster(exampleOf(file))).map((file) =>
    environment(`settings/${file}`, exampleOf(file)),
  );

/** Settings with the JSON of their stacks. */
export const environment = (name: string, settings: Settings): Environment => ({
  name,
  settings,
  stacks: synthesize(settings),
});

/** The JSON of all stacks of an environment, the one of the state bucket included, by id. Nothing stays on disk. */
export const synthesize = (settings: Settings): Record<string, StackJson> =>
  synthesizeWith((app) => {
    buildApp(settings, app);
    if (settings.backend.kind === "s3") new StateStack(app, settings);
  });

/** The JSON of the stacks that are placed in an app, by id. Nothing stays on disk. */
export function synthesizeWith(
  place: (app: App) => void,
): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "wave-audit-"));
  try {
    const app = appInto(outdir);
    place(app);
    app.synth();
    const folder = join(outdir, "stacks");
    return Object.fromEntries(
      readdirSync(folder).map((id) => [
        id,
        JSON.parse(
          readFileSync(join(folder, id, "cdk.tf.json"), "utf8"),
        ) as StackJson,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
