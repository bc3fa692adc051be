/**
 * Writes the Kubernetes objects of an environment as plain YAML, one file per object, for readers, auditors and checks.
 *
 *   npm run manifests -- <environment> [folder]     default folder: cdktf.out/manifests/<environment>
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type ManifestFiles,
  isManifestFile,
  manifestFiles,
} from "../tools/operate/manifests/manifest-files";
import { type TerraformJson } from "../tools/operate/manifests/manifests";
import { appInto } from "../modules/core/state/app-into";
import { ProblemReport } from "../modules/lib/problem";
import { displayPath, projectFile } from "../modules/lib/project-file";
import { loadSettings } from "../modules/load";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../modules/schema";
import { ComputeEnvStack } from "../modules/stacks/compute-env";
import { DeliveryStack } from "../modules/stacks/delivery";
import { EmgStack } from "../modules/stacks/emg";
import { WorkloadsStack } from "../modules/stacks/workloads";

/** The stacks with Kubernetes objects, synthesized in a folder of its own that is gone afterwards. */
function synthesize(settings: Settings): TerraformJson[] {
  const outdir = mkdtempSync(join(tmpdir(), "wave-manifests-"));
  try {
    const app = appInto(outdir);
    const stacks = [
      new WorkloadsStack(app, settings),
      ...(hasComputeEnv(settings) ? [new ComputeEnvStack(app, settings)] : []),
      ...(hasDelivery(settings) ? [new DeliveryStack(app, settings)] : []),
      ...(hasEmg(settings) ? [new EmgStack(app, settings)] : []),
    ];
    app.synth();
    return stacks.map(({ stackId }) => {
      const file = join(outdir, "stacks", stackId, "cdk.tf.json");
      return JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Makes the folder, or takes the files of an earlier run out of it; a folder with anything else is left alone. */
function prepare(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw refusal(folder, "a file");
  mkdirSync(folder, { recursive: true });
  const entries = readdirSync(folder, { withFileTypes: true });
  const foreign = entries.filter((entry) => {
    const path = join(folder, entry.name);
    return (
      !entry.isFile() || !isManifestFile(entry.name, readFileSync(path, "utf8"))
    );
  });
  if (foreign.length > 0)
    throw refusal(
      folder,
      `a folder with other files: ${foreign
        .map(({ name }) => name)
        .slice(0, 3)
        .join(", ")}`,
    );
  for (const { name } of entries) rmSync(join(folder, name));
}

const refusal = (folder: string, given: string): ProblemReport =>
  new ProblemReport("npm run manifests", [
    {
      path: folder,
      given,
      allowed: "a new or empty folder, or one that this command wrote",
      fix: "name another folder",
    },
  ]);

function summary({ objects, charts }: ManifestFiles): string[] {
  const count = (kind: string): number =>
    objects.filter(({ object }) => object.kind === kind).length;
  const kinds = [...new Set(objects.map(({ object }) => object.kind))].sort();
  return [
    ...kinds.map((kind) => `  ${String(count(kind)).padStart(3)} ${kind}`),
    `Secrets are empty (${count("Secret")}), values of other stacks are placeholders such as <data: logs_bucket>.`,
    `Helm releases are not translated (${charts}): README.md lists them.`,
  ];
}

function run(args: readonly string[]): void {
  const [environment = process.env.ENVIRONMENT, folder, ...more] = args;
  if (
    !environment ||
    more.length > 0 ||
    args.some((arg) => arg.startsWith("-"))
  ) {
    console.error("Usage: npm run manifests -- <environment> [folder]");
    process.exitCode = 2;
    return;
  }
  const loaded = loadSettings({
    ...process.env,
    ENVIRONMENT: environment,
  });
  const { settings, source, notices } = loaded;
  for (const notice of notices) console.log(`Note: ${notice}`);
  if (!hasWave(settings)) console.log("Note: no Wave in this environment.");
  const target =
    folder === undefined
      ? projectFile("cdktf.out", "manifests", environment)
      : resolve(folder);
  const made = manifestFiles(synthesize(settings), source);
  prepare(target);
  for (const [name, text] of Object.entries(made.files))
    writeFileSync(join(target, name), text);
  const shown = displayPath(target);
  console.log(
    `${made.objects.length} Kubernetes objects of ${source}, in ${shown.startsWith("..") ? target : shown}:`,
  );
  for (const line of summary(made)) console.log(line);
}

try {
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
