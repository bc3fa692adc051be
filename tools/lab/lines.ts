import { runOnExisting } from "./existing/run";
import { hasEmg, hasWave } from "../../modules/schema";
import { type Lab, onLine } from "./lab";
import { checkPasswords } from "./checks/passwords";
import { deliveryPairs } from "./day-two/delivery-pairs";
import { changeEmg } from "./day-two/emg";
import { classicPairs, currentPairs } from "./day-two/pairs";
import { checkRefusals } from "./day-two/refusals";
import { runBreakages } from "./day-two/run-breakages";
import { runPairs } from "./day-two/run-pairs";
import { type Line } from "./settings";
import { type State } from "./terraform/state";
import {
  type DestroyedLine,
  checkPlans,
  deploy,
  destroy,
  fill,
  prepareStacks,
  statesOf,
} from "./steps/steps";
import { checkContents, planUpgrade } from "./steps/upgrade";
import { prepareUpgrade } from "./steps/upgrade-page";

/** A line that stands. */
export interface DeployedLine {
  readonly lab: Lab;
  /** Its states when its stores were filled. */
  readonly states: readonly State[];
}

/** Deploys a line into an empty environment, plans it again, fills its stores, and looks for its passwords. */
export async function deployFresh(lab: Lab): Promise<DeployedLine> {
  const synthesized = await prepareStacks(lab, false);
  await deploy(lab, "deploy");
  await lab.stateBucket;
  const plans = await checkPlans(lab, synthesized, "second plan");
  const states = await statesOf(lab);
  // Who has no database has neither a store that can be filled nor a password.
  if (!hasWave(lab.settings) && !hasEmg(lab.settings)) return { lab, states };
  await fill(lab, states);
  await checkPasswords(lab, { synthesized, plans, states }, "deploy");
  return { lab, states };
}

/** From classic to current, by `wave.version` alone: what is planned, then the same as after a first deploy. */
export async function upgrade({
  lab: classic,
  states: before,
}: DeployedLine): Promise<DeployedLine> {
  const lab = onLine(classic, "upgraded");
  const synthesized = await prepareStacks(lab, false);
  const planned = await planUpgrade(lab, synthesized, before);
  await prepareUpgrade(lab);
  await deploy(lab, "upgrade");
  const plans = await checkPlans(lab, synthesized, "second plan");
  await checkContents(lab, before);
  const states = await statesOf(lab);
  await checkPasswords(
    lab,
    { synthesized, plans: [...planned, ...plans], states },
    "upgrade",
  );
  return { lab, states };
}

/**
 * Changes of its settings, and those that AWS cannot make: of `--all` every one that is known, and what breaks behind its back;
 * of a line alone none, but of services: theirs are few.
 */
async function secondDays(
  deployed: DeployedLine,
  { all, only }: LinesOptions,
): Promise<DeployedLine> {
  if (deployed.lab.line === "delivery") {
    await runPairs(deployed.lab, deliveryPairs());
    return deployed;
  }
  if (deployed.lab.line === "emg") {
    await changeEmg(deployed.lab);
    return deployed;
  }
  if (deployed.lab.line === "platforms" || (only !== undefined && !all))
    return deployed;
  const known = deployed.lab.line === "classic" ? classicPairs : currentPairs;
  await runPairs(
    deployed.lab,
    known.filter(({ always = false }) => all || always),
  );
  await checkRefusals(deployed.lab);
  if (all) await runBreakages(deployed.lab);
  return deployed;
}

/** Lines of the other platforms, and the stack that each is about. */
const PLATFORMS = [
  ["platforms", "compute-env"],
  ["delivery", "delivery"],
  ["emg", "emg"],
] as const;

/** Which lines, and how much of them. */
export interface LinesOptions {
  /** One line alone. */
  readonly only: Line | undefined;
  /** Leaves them standing. */
  readonly keep: boolean;
  /** Every change that is known, not only those of every run. */
  readonly all: boolean;
}

/**
 * The lines of a run: classic, changed in its settings and upgraded to current, and beside it Lite and the other platforms; or
 * one alone.
 * @returns those that have ended.
 */
export async function runLines(
  lab: Lab,
  options: LinesOptions,
): Promise<DestroyedLine[]> {
  const { only, keep } = options;
  const end = async (deployed: DeployedLine): Promise<DestroyedLine[]> =>
    keep ? [] : [await destroy(deployed.lab, "destroy")];
  const fully = (on: Lab): Promise<DestroyedLine[]> =>
    deployFresh(on)
      .then((deployed) => secondDays(deployed, options))
      .then(end);
  const onExisting = (): Promise<DestroyedLine> =>
    runOnExisting(onLine(lab, "existing", false), deployFresh);
  if (only === "existing") return [await onExisting()];
  const platforms = ([line, stack]: readonly [Line, string]) => {
    const on = onLine(lab, line, false);
    if (on.stacks.includes(stack)) return [fully(on)];
    on.report.skip(
      stack,
      "Terraform makes it in AWS and in a cluster: a cluster, or its Kubernetes and Helm providers are missing",
    );
    return [];
  };
  const platform = (line: Line) => {
    const found = PLATFORMS.find(([name]) => name === line);
    return found && platforms(found);
  };
  const works =
    only !== undefined
      ? (platform(only) ?? [fully(onLine(lab, only))])
      : [
          deployFresh(onLine(lab, "classic"))
            .then((deployed) => secondDays(deployed, options))
            .then(upgrade)
            .then((deployed) => secondDays(deployed, options))
            .then(end),
          deployFresh(onLine(lab, "lite", false)).then(end),
          onExisting().then((ended) => [ended]),
          ...PLATFORMS.flatMap(platforms),
        ];
  // Fails only when all have ended: none is cut off in the middle.
  await Promise.allSettled([...works, lab.stateBucket]);
  return (await Promise.all(works)).flat();
}
