import { type Lab, onLine } from "./lab";
import { checkPasswords } from "./checks/passwords";
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
 * The lines of a run: classic, upgraded to current, and Lite beside it; or one alone.
 * @param keep Leaves them standing.
 * @returns those that have ended.
 */
export async function runLines(
  lab: Lab,
  only: Line | undefined,
  keep: boolean,
): Promise<DestroyedLine[]> {
  const end = async (deployed: DeployedLine): Promise<DestroyedLine[]> =>
    keep ? [] : [await destroy(deployed.lab, "destroy")];
  const works =
    only !== undefined
      ? [deployFresh(onLine(lab, only)).then(end)]
      : [
          deployFresh(onLine(lab, "classic")).then(upgrade).then(end),
          deployFresh(onLine(lab, "lite", false)).then(end),
        ];
  // Fails only when all have ended: none is cut off in the middle.
  await Promise.allSettled(works);
  return (await Promise.all(works)).flat();
}
