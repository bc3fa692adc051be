import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  chmodSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { displayPath, projectFile } from "../../../modules/lib/project-file";
import { sha256 } from "../../../modules/lib/sha256";
import { type Target, stackFolder } from "../target";
import { run } from "../terraform/run";
import { type StackPlan } from "./plan-target";

const MANIFEST = "manifest.json";

const manifestSchema = z.strictObject({
  environment: z.string(),
  accountId: z.string(),
  /** Of this project; empty where that is no Git repository. */
  commit: z.string(),
  /** SHA-256 of the settings with their defaults. */
  settings: z.string(),
  /** When it was planned, by ISO 8601. */
  date: z.string(),
  stacks: z.record(
    z.string(),
    z.strictObject({
      /** `apply`: its file is applied; `nothing`: it has no change; `again`: it has to be planned again after another's apply. */
      then: z.enum(["apply", "nothing", "again"]),
      /** SHA-256 of its cdk.tf.json. */
      json: z.string(),
      /** The stack that it waits for. */
      after: z.string().optional(),
    }),
  ),
  /** Stacks in which data would go. */
  losses: z.array(z.string()),
});

/** What is known of the plans in a folder. */
export type Manifest = z.output<typeof manifestSchema>;

/**
 * An empty folder that only its owner may read.
 *
 * @throws ProblemReport when something is in it, or the plans of this environment cannot be files.
 */
export function planFolder(target: Target, folder: string): void {
  const { backend } = target.settings;
  if (backend.kind === "cloud")
    throw new ProblemReport("--save", [
      {
        path: "backend.kind",
        given:
          '"cloud": Terraform Cloud runs the plan, and a file of it would only name that run',
        allowed: "--save with the back ends s3 and local",
        fix: "plan without --save, and confirm the run of each workspace in Terraform Cloud, or let `deploy` do so",
      },
    ]);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new ProblemReport("--save", [
      {
        path: displayPath(folder),
        given: "a folder with files",
        allowed: "a folder that is empty, or is not there",
        fix: "name another one, or remove it: plans of two days in one folder are taken for one another",
      },
    ]);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** Writes what the plans were made of beside them. */
export async function writeManifest(
  target: Target,
  folder: string,
  plans: readonly StackPlan[],
  losses: readonly string[],
): Promise<void> {
  const manifest: Manifest = {
    ...(await madeOf(target)),
    date: new Date().toISOString(),
    stacks: Object.fromEntries(
      plans.map((plan) => [
        plan.stack,
        { ...thenOf(plan), json: jsonHash(target, plan.stack) },
      ]),
    ),
    losses: [...losses],
  };
  writeFileSync(
    join(folder, MANIFEST),
    `${JSON.stringify(manifest, undefined, 2)}\n`,
    { mode: 0o600 },
  );
}

/** A plan that was made with outputs that will be others counts for nothing once they are. */
function thenOf(
  plan: StackPlan,
): Pick<Manifest["stacks"][string], "then" | "after"> {
  if (plan.state === "waits") return { then: "again", after: plan.waitsFor };
  if (plan.state !== "planned") return { then: "again" };
  const other = plan.plannedWith.find(
    ({ changedOutputs }) => changedOutputs.length > 0,
  );
  if (other !== undefined) return { then: "again", after: other.stack };
  return { then: plan.changed ? "apply" : "nothing" };
}

const madeOf = async ({ environment, settings }: Target) => ({
  environment,
  accountId: settings.accountId,
  commit: await commitOf(),
  settings: sha256(JSON.stringify(settings)),
});

async function commitOf(): Promise<string> {
  const { code, stdout } = await run("git", ["rev-parse", "HEAD"], {
    cwd: projectFile("."),
    env: process.env,
  }).catch(() => ({ code: 1, stdout: [] }));
  return code === 0 ? (stdout[0] ?? "") : "";
}

const jsonHash = (target: Target, stack: string): string =>
  sha256(readFileSync(join(stackFolder(target, stack), "cdk.tf.json"), "utf8"));

/**
 * What stands in a folder of saved plans, compared with an environment that is synthesized.
 *
 * @throws ProblemReport: no such plans, or what they were made of has changed since.
 */
export async function readManifest(
  target: Target,
  folder: string,
): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  if (!existsSync(file))
    throw new ProblemReport("--plan", [
      {
        path: displayPath(folder),
        given: "no plans of `plan --save`",
        allowed: "a folder that it wrote",
        fix: `\`npx wave-eks plan ${target.environment} --save <folder>\``,
      },
    ]);
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const problems = changesSince(manifest, target, await madeOf(target));
  if (problems.length > 0) throw new ProblemReport("--plan", problems);
  return manifest;
}

const NAMES = {
  environment: "environment",
  accountId: "account",
  commit: "commit",
  settings: "settings",
} as const;

function changesSince(
  manifest: Manifest,
  target: Target,
  now: Awaited<ReturnType<typeof madeOf>>,
): Problem[] {
  const problem = (path: string, given: string): Problem => ({
    path,
    given,
    allowed: "what the plans were made of",
    fix: "plan again: `plan --save` into another folder",
  });
  const changed = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap(
    (key) =>
      manifest[key] === now[key]
        ? []
        : [
            problem(
              NAMES[key],
              key === "settings"
                ? "changed since the plans were made"
                : `"${now[key]}", and the plans are of "${manifest[key]}"`,
            ),
          ],
  );
  // The settings explain a stack that is another one.
  if (changed.length > 0) return changed;
  return target.stacks.flatMap((stack) => {
    const planned = manifest.stacks[stack];
    if (planned === undefined)
      return [problem(`stack ${stack}`, "not among the plans")];
    return planned.json === jsonHash(target, stack)
      ? []
      : [problem(`stack ${stack}`, "its JSON changed since it was planned")];
  });
}
