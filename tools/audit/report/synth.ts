import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildApp } from "../../../modules/app";
import { appInto } from "../../../modules/core/state/app-into";
import { copyProviderLocks } from "../../../modules/core/state/provider-locks";
import { writeTerraformVersions } from "../../../modules/core/state/terraform-version";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { type Settings } from "../../../modules/schema";
import { StateStack } from "../../../modules/stacks/state";
import { type StackJson } from "../graph";
import { filesIn } from "./folder";
import { type Trace, traced } from "./trace";

/** The stacks of an environment as files, as values, and what made them. */
export interface TracedStacks {
  /** Text of `cdk.tf.json` by stack id, byte for byte as `npm run synth` and `npm run state` write it. */
  readonly texts: Readonly<Record<string, string>>;
  readonly stacks: Readonly<Record<string, StackJson>>;
  /** Text of what a synth writes beside them, by its name in the folder: checksums of providers, versions, local charts. */
  readonly beside: Readonly<Record<string, string>>;
  /** Left out where the JSON alone was read. */
  readonly traces?: ReadonlyMap<string, Trace>;
}

/** Synthesizes all stacks, the one of the state bucket included, and notes where each construct is made. Nothing stays on disk. */
export function synthesizeTraced(settings: Settings): TracedStacks {
  const outdir = mkdtempSync(join(tmpdir(), "wave-audit-"));
  try {
    const app = appInto(outdir);
    const { traces } = traced(() => {
      buildApp(settings, app);
      if (settings.backend.kind === "s3") new StateStack(app, settings);
    });
    app.synth();
    copyProviderLocks(app);
    writeTerraformVersions(app);
    const folder = join(outdir, "stacks");
    const entries = readdirSync(folder)
      .sort()
      .map((id): [string, string] => {
        const text = readFileSync(join(folder, id, "cdk.tf.json"), "utf8");
        return [id, atHome(text, settings, join(folder, id), id)];
      });
    return {
      texts: Object.fromEntries(entries),
      stacks: Object.fromEntries(
        entries.map(([id, text]) => [id, JSON.parse(text) as StackJson]),
      ),
      beside: Object.fromEntries(
        filesIn(folder)
          .filter((name) => !/^[^/]+\/cdk\.tf\.json$/.test(name))
          .map((name) => [
            `terraform/${name}`,
            readFileSync(join(folder, name), "utf8"),
          ]),
      ),
      traces,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Local state is named relative to the stack's folder: the text as it is in the folder of the command that deploys it. */
function atHome(
  text: string,
  settings: Settings,
  here: string,
  id: string,
): string {
  const home =
    id === "state"
      ? projectFile("cdktf.out", `state-${namesOf(settings).prefix}`, "stacks")
      : projectFile("cdktf.out", "stacks");
  const state = projectFile(".state");
  return text.replaceAll(
    `"${slashes(relative(here, state))}/`,
    `"${slashes(relative(join(home, id), state))}/`,
  );
}

const slashes = (path: string): string => path.split("\\").join("/");
