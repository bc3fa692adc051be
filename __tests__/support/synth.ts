import { type App, TerraformStack, Testing } from "cdktf";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../modules/app";
import { appInto } from "../../modules/core/state/app-into";
import { type Settings } from "../../modules/schema";
import { exampleSettings } from "./settings";

/** One resource as Terraform JSON has it: snake_case keys. */
export type ResourceJson = Record<string, unknown>;

/** `cdk.tf.json` of one stack. */
export interface StackJson {
  terraform?: Record<string, unknown>;
  provider?: Record<string, ResourceJson[]>;
  resource?: Record<string, Record<string, ResourceJson>>;
  data?: Record<string, Record<string, ResourceJson>>;
  ephemeral?: Record<string, Record<string, ResourceJson>>;
  output?: Record<
    string,
    { value: unknown; description?: string; sensitive?: boolean }
  >;
  [block: string]: unknown;
}

/** Synthesizes stacks as the app command does, reads them back and removes the folder. */
export function synthStacks(
  build: (app: App) => void,
): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "wave-synth-"));
  try {
    const app = appInto(outdir);
    build(app);
    app.synth();
    const stacks = readdirSync(join(outdir, "stacks"));
    return Object.fromEntries(
      stacks.map((id) => [
        id,
        JSON.parse(
          readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8"),
        ) as StackJson,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Stacks as text, by what was built and the settings it was built of. */
const synthesized = new Map<string, string>();

/** `synthStacks` of the same settings once for all suites of an entry. Each caller gets a copy of its own. */
export function synthOnce(
  what: string,
  settings: unknown,
  build: (app: App) => void,
): Record<string, StackJson> {
  const key = `${what} ${JSON.stringify(settings)}`;
  const known = synthesized.get(key) ?? JSON.stringify(synthStacks(build));
  synthesized.set(key, known);
  return JSON.parse(known) as Record<string, StackJson>;
}

/** All stacks of one environment, by id. */
export function synthApp(
  settings: Settings = exampleSettings(),
): Record<string, StackJson> {
  return synthOnce("app", settings, (app) => buildApp(settings, app));
}

/** JSON of one stack, or of constructs placed in a bare stack: `synthOne((stack) => new EfsFileSystem(stack, "efs", …))`. */
export function synthOne(place: (stack: TerraformStack) => void): StackJson {
  const app = Testing.app({ stubVersion: true, enableFutureFlags: true });
  const stack = new TerraformStack(app, "test");
  place(stack);
  const json = JSON.parse(Testing.synth(stack)) as StackJson;
  rmSync(app.outdir, { recursive: true, force: true });
  return json;
}

/** All resources of a type, by address name; throws when there is none, so that no test passes on nothing. */
export function resourcesOf(
  stack: StackJson,
  type: string,
): Record<string, ResourceJson> {
  const found = stack.resource?.[type];
  if (found === undefined)
    throw new Error(
      `no ${type} in the stack; it has ${Object.keys(stack.resource ?? {}).join(", ")}`,
    );
  return found;
}

/** The only resource of a type. */
export function onlyResource(stack: StackJson, type: string): ResourceJson {
  const found = Object.values(resourcesOf(stack, type));
  const [only] = found;
  if (only === undefined || found.length !== 1)
    throw new Error(`expected one ${type}, found ${found.length}`);
  return only;
}
