import { readFileSync } from "node:fs";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { displayPath, projectFile } from "../../../modules/lib/project-file";
import { type SettingsInput } from "../../../modules/schema";
import { readLog } from "../aws/request-log";
import { deployerActions } from "../deployer/actions";
import { headCommit } from "../from/older";
import { type Lab, onLine } from "../lab";
import { paths } from "../paths";
import { labSettings } from "../settings";
import {
  type DestroyedLine,
  checkPlans,
  deploy,
  destroy,
  prepareStacks,
} from "../steps/steps";
import { type StackPlan, worst } from "./effect";
import { type Flipped, type LineFlips } from "./found";
import { FLIPS, type Flip, type FlipLine, patchOf, valueAt } from "./flips";
import { keepFlips } from "./page";
import { planChanged } from "./plan-stack";
import { refusedBySettings } from "./refusal";
import { type Copy, copyApplied, synthesizeCopy } from "./synth";

/** A run of the flips, and what it has found so far. */
export interface FlipRun {
  readonly commit: string;
  readonly lines: readonly FlipLine[];
  readonly record: boolean;
}

/** @returns undefined without `--flips`. @throws Error, before anything is written, for a line whose settings are not flipped. */
export function chooseFlips(
  flips: boolean,
  line: string | undefined,
  record: boolean,
): FlipRun | undefined {
  if (!flips) return undefined;
  const known = Object.keys(FLIPS) as FlipLine[];
  const lines = known.filter((one) => line === undefined || one === line);
  if (lines.length === 0)
    throw new Error(
      `--flips --line ${line ?? ""}: there are ${known.join(", ")}`,
    );
  return { commit: headCommit(), lines, record };
}

/** The lines one after the other: they are of one environment. @returns those that have ended. */
export async function runFlips(
  lab: Lab,
  { lines, commit, record }: FlipRun,
): Promise<DestroyedLine[]> {
  if (!lab.stacks.includes("workloads"))
    lab.report.skip(
      "workloads",
      "Terraform alone plans it: a cluster, or its Kubernetes and Helm providers are missing",
    );
  const ended: DestroyedLine[] = [];
  for (const line of lines) {
    const own = onLine(lab, line);
    const found = await flipSettings(own, line, commit);
    // What follows, the end of the line, is no part of what plans say.
    if (record && !lab.report.failed)
      lab.report.progress(`kept in ${displayPath(keepFlips(found))}`);
    await prepareStacks(own, false);
    await deploy(own, "deploy-no-retain");
    ended.push(await destroy(own, "destroy"));
  }
  return ended;
}

/** How many settings are flipped at a time: a plan is mostly the start of its providers. */
const AT_ONCE = 2;

/**
 * Flips the settings of a line, one at a time, upon what is applied, and plans the stacks whose JSON then differs. Nothing is applied.
 * The line stands with `retain: true`, as environments do; afterwards it is without, to be destroyed.
 */
async function flipSettings(
  lab: Lab,
  line: FlipLine,
  commit: string,
): Promise<LineFlips> {
  const applied = await prepareStacks(lab, true);
  await deploy(lab, "deploy");
  await lab.stateBucket;
  await checkPlans(lab, applied, "second plan");
  const start = Date.now();
  const calls = readLog(paths.requestLog).length;
  const base = labSettings(lab.line, {
    retain: true,
    hostedZoneId: lab.hostedZoneId,
    chartRepository: lab.workloads?.chartRepository,
  });
  const flipped = await flipAll(lab, base, FLIPS[line]);
  const seconds = Math.round((Date.now() - start) / 1000);
  checkSession(lab, calls);
  const { date, program = "", notices } = lab.report.record();
  return {
    line,
    version: lab.settings.wave?.version ?? "",
    flipped,
    plans: flipped.reduce((sum, { plans }) => sum + plans.length, 0),
    seconds,
    ...{ date, commit, program, notices },
  };
}

/** A plan can be made in a session that only reads: what was called while nothing but plans were made. */
function checkSession({ report }: Lab, fromLine: number): void {
  const { Statement } = JSON.parse(
    readFileSync(projectFile("policies/deployer/plan-session.json"), "utf8"),
  ) as PolicyDocument;
  const allowed = Statement.flatMap(({ Action }) => Action).map(
    (action) => new RegExp(`^${action.replaceAll("*", ".*")}$`),
  );
  const called = deployerActions(readLog(paths.requestLog, fromLine));
  const others = called.filter(
    (action) => !allowed.some((one) => one.test(action)),
  );
  report.check(
    "plans call what policies/deployer/plan-session.json allows, and nothing else",
    called.length > 0 && others.length === 0,
    others.join(", ") || `${called.length} actions`,
  );
}

/** In the order that they are given in, whoever of the workers makes them. */
async function flipAll(
  lab: Lab,
  base: SettingsInput,
  flips: readonly Flip[],
): Promise<Flipped[]> {
  const results = new Map<Flip, Flipped>();
  const left = [...flips];
  const work = async (number: number): Promise<void> => {
    const copy = copyApplied(lab, number);
    await checkUnchanged(lab, base, copy);
    for (let flip = left.shift(); flip; flip = left.shift())
      results.set(flip, await flipOne(lab, base, { copy, flip }));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => work(i + 1)));
  return flips.flatMap((flip) => results.get(flip) ?? []);
}

/** Or else each flip would seem to change what the copy alone changes. */
async function checkUnchanged(
  lab: Lab,
  base: SettingsInput,
  copy: Copy,
): Promise<void> {
  const synth = await synthesizeCopy(lab, base, { copy, patch: {} });
  const changed = synth.refused ?? synth.changed.map(({ id }) => id).join(", ");
  lab.report.check(
    `copy ${copy.name} of what is applied is the same`,
    changed === "",
    changed || undefined,
  );
}

async function flipOne(
  lab: Lab,
  base: SettingsInput,
  { copy, flip }: { readonly copy: Copy; readonly flip: Flip },
): Promise<Flipped> {
  const { setting } = flip;
  const from = valueAt(lab.settings, setting);
  const known = { flip, from };
  const none = { plans: [], waits: [], notPlanned: [] };
  const synth = await synthesizeCopy(lab, base, { copy, patch: patchOf(flip) });
  const found: Flipped =
    synth.refused === undefined
      ? { ...known, ...(await planAll(lab, copy, { setting, ...synth })) }
      : {
          ...{ ...known, ...none, word: "refused" },
          refusal: refusedBySettings(synth.refused),
        };
  const why =
    found.refusal && `, by ${found.refusal.by}: ${found.refusal.sentence}`;
  lab.report.progress(`${setting}: ${found.word}${why ?? ""}`);
  return found;
}

/** In the order of a deploy, which ends where a plan is refused. */
async function planAll(
  lab: Lab,
  copy: Copy,
  {
    setting,
    changed,
  }: {
    readonly setting: string;
    readonly changed: readonly {
      readonly id: string;
      readonly folder: string;
    }[];
  },
): Promise<Omit<Flipped, "flip" | "from" | "table">> {
  const plans: StackPlan[] = [];
  const waits: string[] = [];
  const planned = lab.stacks.flatMap(
    (id) => changed.find((stack) => stack.id === id) ?? [],
  );
  const notPlanned = changed
    .map(({ id }) => id)
    .filter((id) => !lab.stacks.includes(id));
  const rest = { plans, waits, notPlanned };
  for (const stack of planned) {
    const answer = await planChanged(stack, {
      step: `flip-${copy.name}`,
      env: copy.env,
      settings: lab.settings,
    });
    if (answer.kind === "planned") plans.push(answer.plan);
    if (answer.kind === "waits") waits.push(stack.id);
    if (answer.kind === "failed")
      lab.report.check(
        `${setting}: ${stack.id} is planned`,
        false,
        answer.text,
      );
    if (answer.kind === "refused") {
      const refusal = { ...answer.refusal, stack: stack.id };
      return { ...rest, word: "refused", refusal };
    }
  }
  return { ...rest, word: worst(plans.map(({ word }) => word)) };
}
