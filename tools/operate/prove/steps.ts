import { hasWave } from "../../../modules/schema";
import { type AwsAccess } from "../aws/clients";
import { sentenceOf } from "../aws/errors";
import { type Terminal } from "../cli/terminal";
import { deployStacks, destroyStacks } from "../deploy/cdktf";
import { type Target } from "../target";
import { errorsIn, terraform } from "../terraform/stacks";
import { isFailed, verifyWave } from "../verify/verify";
import { type TargetOptions, targetOf } from "../verify/target";
import { buildOnce } from "./build";
import { type Step } from "./evidence";
import { leftOf, stillThere, taggedWith } from "./left-overs";

/** What a step found. */
type Found = Omit<Step, "step" | "seconds">;

const passed = (detail: string): Found => ({ outcome: "passed", detail });
const failed = (detail: string): Found => ({ outcome: "failed", detail });
const notRun = (detail: string): Found => ({ outcome: "not run", detail });

/** The steps of a run, in their order; each fails by what it finds or by what it throws. */
export interface Steps {
  /** Those so far. */
  readonly done: readonly Step[];
  run(step: string, work: () => Promise<Found>): Promise<boolean>;
}

/** @param print Told of each step when it has ended. */
export function openSteps(print: (text: string) => void): Steps {
  const done: Step[] = [];
  return {
    done,
    run: async (step, work) => {
      const start = Date.now();
      const found = await work().catch((error: unknown) =>
        failed(sentenceOf(error)),
      );
      const seconds = Math.round((Date.now() - start) / 1000);
      done.push({ step, ...found, seconds });
      print(`${found.outcome}  ${step}: ${found.detail}`);
      return found.outcome !== "failed";
    },
  };
}

/** Every stack is deployed. */
export async function deployAll(
  target: Target,
  terminal: Terminal,
): Promise<Found> {
  return (await deployStacks(target, undefined, terminal))
    ? passed(`${target.stacks.length} stacks`)
    : failed("the deploy did not end well; deploy.log says why");
}

/** Number of resources that the state of each stack has. */
export async function resourcesOf(
  target: Target,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const stack of target.stacks) {
    const { code, stdout } = await terraform(target, stack, ["state", "list"]);
    const managed = stdout.filter(
      (line) => line !== "" && !/(^|\.)data\./.test(line),
    );
    counts[stack] = code === 0 ? managed.length : 0;
  }
  return counts;
}

/** A second plan of each stack finds nothing to do. */
export async function planAgain(target: Target): Promise<Found> {
  const changed: string[] = [];
  for (const stack of target.stacks) {
    const args = ["plan", "-detailed-exitcode", "-lock=false", "-no-color"];
    const { code, stdout, stderr } = await terraform(target, stack, args);
    if (code === 2) changed.push(stack);
    else if (code !== 0)
      return failed(`${stack}: ${errorsIn([...stdout, ...stderr])}`);
  }
  return changed.length === 0
    ? passed("no changes")
    : failed(`changes in ${changed.join(", ")}`);
}

/** Wave answers as a sound installation does. */
export async function askWave(
  { settings, source }: Target,
  options: TargetOptions,
  print: (text: string) => void,
): Promise<Found> {
  if (!hasWave(settings)) return notRun("no Wave in this environment");
  const results = await verifyWave(settings, source, options, print);
  const wrong = results.filter(isFailed).map(({ check }) => check.name);
  return wrong.length === 0
    ? passed(`${results.length} checks`)
    : failed([...new Set(wrong)].join(", "));
}

/** Wave builds an image. */
export async function buildImage(
  { settings }: Target,
  options: TargetOptions,
  token: string | undefined,
): Promise<Found> {
  if (!hasWave(settings)) return notRun("no Wave in this environment");
  const made = targetOf(settings.wave.hostname, options);
  if ("problems" in made) return failed("the address");
  return buildOnce(settings, made.target, token);
}

/** Every stack is destroyed. */
export async function destroyAll(
  target: Target,
  terminal: Terminal,
): Promise<Found> {
  return (await destroyStacks(target, undefined, terminal))
    ? passed(`${target.stacks.length} stacks`)
    : failed("the destroy did not end well; destroy.log says why");
}

/** Nothing with the environment's tags is there that was not there before. */
export async function lookForLeftOvers(
  aws: AwsAccess,
  tags: Readonly<Record<string, string>>,
  before: readonly string[],
): Promise<Found> {
  const now = await taggedWith(aws, tags);
  const { left, waiting } = leftOf(before, await stillThere(aws, now));
  const keys =
    waiting.length === 0
      ? ""
      : `; ${waiting.length} KMS keys wait for their deletion`;
  return left.length === 0
    ? passed(`nothing with the environment's tags${keys}`)
    : failed(`${left.join(", ")}${keys}`);
}
