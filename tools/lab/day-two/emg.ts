import { DEPLOYMENTS, SECRETS } from "../../../modules/emg/names";
import { objectsIn } from "../checks/emg/check";
import {
  type SecretValues,
  keptValues,
  secretValues,
  workerPasswords,
} from "../checks/emg/secrets";
import { checkPasswords } from "../checks/passwords";
import { type SeenJob } from "../kube/job-record";
import { type Lab } from "../lab";
import { type Patch, labSettings, patched } from "../settings";
import { emgCheckOf, jobsOf } from "../steps/emg";
import { checkPlans, prepareStacks, statesOf } from "../steps/steps";
import { planText } from "../terraform/plan";
import { type EmgChange, emgChanges } from "./emg-changes";
import { runPairs } from "./run-pairs";

const STACK = "emg";

/** Changes an environment that stands, one after the other, and asks the API server what each has done. */
export async function changeEmg(lab: Lab): Promise<void> {
  const { emg } = labSettings(lab.line, { retain: false });
  // Nothing of another stack changes: an operator deploys this one alone.
  const alone: Lab = { ...lab, stacks: [STACK] };
  for (const change of emgChanges(emg as Patch)) {
    if (change.refusedWithRetain !== undefined)
      await checkRefused(alone, change, change.refusedWithRetain);
    const before = await lookAt(alone);
    await runPairs(alone, [change]);
    checkPromise(alone, change, before, await lookAt(alone));
  }
  await checkMigrations(lab);
  lab.patch = alone.patch;
  const synthesized = await prepareStacks(lab, lab.settings.retain);
  const plans = await checkPlans(lab, synthesized, "plan of all in the end");
  const states = await statesOf(lab);
  await checkPasswords(lab, { synthesized, plans, states }, "changes");
}

/** An environment as it stands. */
export interface EmgLook {
  readonly jobs: readonly Pick<SeenJob, "name" | "uid">[];
  readonly secrets: SecretValues;
  /** Passwords of workers, by name. */
  readonly workers: Readonly<Record<string, string>>;
  /** Templates of the pods, by Deployment. */
  readonly templates: Readonly<Record<string, string>>;
}

async function lookAt(lab: Lab): Promise<EmgLook> {
  const check = await emgCheckOf(lab, "look");
  if (check === undefined) throw new Error(`stack ${STACK} is not deployed`);
  const deployments = await objectsIn<{
    metadata: { name: string };
    spec: { template: unknown };
  }>(check, "apis/apps/v1 deployments");
  return {
    jobs: (await jobsOf(lab)?.seen()) ?? [],
    secrets: await secretValues(check),
    workers: workerPasswords(check, await keptValues(check)),
    templates: Object.fromEntries(
      deployments.map(({ metadata, spec }) => [
        metadata.name,
        JSON.stringify(spec.template),
      ]),
    ),
  };
}

/** Keys whose values differ, or that are on one side only. */
export function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
}

/** What a change did, and what it promises, each in the same words. */
export function effectsOf(
  change: EmgChange,
  before: EmgLook,
  after: EmgLook,
): { readonly found: string[]; readonly wanted: string[] } {
  const known = new Set(before.jobs.map(({ uid }) => uid));
  const ran = after.jobs.filter(({ uid }) => !known.has(uid));
  const { jobs = {}, secrets = [], restarts = [], workers = [] } = change;
  const times = (count: number, text: string): string[] =>
    Array.from({ length: count }, () => text);
  const words = (text: string, names: readonly string[]): string[] =>
    names.map((name) => `${text} ${name}`);
  return {
    found: [
      ...ran.map(({ name }) => `Job ${kindOf(name)}`),
      ...words("Secret", changedKeys(before.secrets, after.secrets)),
      ...words("password of", changedKeys(before.workers, after.workers)),
      ...words("pods of", changedKeys(before.templates, after.templates)),
    ].sort(),
    wanted: [
      ...times(jobs.init ?? 0, "Job init"),
      ...times(jobs.migrate ?? 0, "Job migrate"),
      ...words(
        "Secret",
        secrets.map((key) => SECRETS[key]),
      ),
      ...words("password of", workers),
      ...words(
        "pods of",
        restarts.map((key) => DEPLOYMENTS[key]),
      ),
    ].sort(),
  };
}

const kindOf = (job: string): string =>
  /migrate/.test(job) ? "migrate" : /init/.test(job) ? "init" : job;

function checkPromise(
  lab: Lab,
  change: EmgChange,
  before: EmgLook,
  after: EmgLook,
): void {
  const { found, wanted } = effectsOf(change, before, after);
  const same = found.join() === wanted.join();
  lab.report.check(
    `${change.name}: Jobs, Secrets, passwords and pods that change are those that have to`,
    same,
    same
      ? found.join(", ")
      : `${found.join(", ")} instead of ${wanted.join(", ")}`,
  );
}

/** With `retain` the plan refuses it by the name of the setting. */
async function checkRefused(
  lab: Lab,
  { name, change }: EmgChange,
  setting: string,
): Promise<void> {
  const { report, env, patch } = lab;
  const { retain } = lab.settings;
  lab.patch = patched(patch ?? {}, change);
  const [stack] = await prepareStacks(lab, true);
  if (stack === undefined) throw new Error(`no stack ${STACK}`);
  const step = `${lab.line}-refused-${setting}`;
  const { code, text } = await planText(stack, { step, env });
  report.check(
    `${name}: refused with retain`,
    code !== 0 && text.includes(`${setting} `),
    text.slice(Math.max(0, text.indexOf("Error:"))).slice(0, 400),
  );
  lab.patch = patch;
  await prepareStacks(lab, retain);
}

/** Each image of the API migrated the database once: the record has every Job that ever ran. */
async function checkMigrations(lab: Lab): Promise<void> {
  const jobs = (await jobsOf(lab)?.seen()) ?? [];
  const images = jobs
    .filter(({ name }) => kindOf(name) === "migrate")
    .map(({ image }) => image);
  lab.report.check(
    "migrations ran once for each image",
    images.length === 3 && new Set(images).size === 3,
    images.join(", "),
  );
}
