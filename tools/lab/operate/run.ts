import { type Lab, onLine } from "../lab";
import { deployFresh } from "../lines";
import { Stop } from "../report";
import { type DestroyedLine, destroy, prepareStacks } from "../steps/steps";
import { checkDeployInTurn } from "./deploy";
import { checkDoctorAfter, checkDoctorBefore } from "./doctor";
import { checkFirstPlan, checkPlan } from "./plan";
import { checkProve } from "./prove";
import { checkRestore } from "./restore";
import { checkRotate } from "./rotate";
import { checkNothingStands, checkStatus } from "./status";
import { checkTogether, deployBeside } from "./together";

/** What can be run alone. Rotations and restores are of every line, the others of current. */
const PARTS = [
  "doctor",
  "prove",
  "status",
  "plan",
  "deploy",
  "together",
  "rotate",
  "restore",
] as const;
export type Part = (typeof PARTS)[number];

/** @param given Names with commas between. @throws Error for what is no part, and without `--operate`. */
export function chooseParts(operate: boolean, given = ""): readonly Part[] {
  return given
    .split(",")
    .filter(Boolean)
    .map((text) => {
      const part = PARTS.find((name) => name === text);
      if (part !== undefined && operate) return part;
      throw new Error(`--part ${text}: with --operate, of ${PARTS.join(", ")}`);
    });
}

/**
 * The commands of an operator, on an environment as it is before its first deploy, while it stands, and at its end; beside it
 * another one that is proved, deployed, planned with it and destroyed. Of another line than current, what is asked before a first deploy,
 * rotations and restores.
 *
 * @param parts Of all of it, only these; none: everything.
 */
export async function runOperate(
  opened: Lab,
  parts: readonly Part[],
): Promise<DestroyedLine[]> {
  await opened.stateBucket;
  await opened.before;
  const isCurrent = opened.line === "current";
  const run = (one: Part, lab: Lab, check: (lab: Lab) => Promise<void>) =>
    parts.length === 0 || parts.includes(one)
      ? whole(lab, one, check)
      : undefined;
  // The versions of the classic line are past their support, and doctor says so.
  const isExamined = opened.line !== "classic";
  if (isExamined) await run("doctor", opened, checkDoctorBefore);
  await prepareStacks(opened, false);
  await run("plan", opened, checkFirstPlan);
  await run("status", opened, checkNothingStands);
  const beside = isCurrent ? onLine(opened, "lite", false) : undefined;
  const standing = beside && stand(beside, run);
  const { lab } = await deployFresh(opened);
  if (isExamined) await run("doctor", lab, checkDoctorAfter);
  // Its changes are those of settings with a database.
  if (isCurrent) {
    await run("status", lab, checkStatus);
    await run("plan", lab, checkPlan);
    await run("deploy", lab, checkDeployInTurn);
  }
  await run("rotate", lab, checkRotate);
  await standing;
  if (beside) await run("together", lab, () => checkTogether(lab, beside));
  await run("restore", lab, checkRestore);
  const ended = await destroy(lab, "destroy");
  return [ended];
}

type RunPart = (
  part: Part,
  lab: Lab,
  check: (lab: Lab) => Promise<void>,
) => Promise<void> | undefined;

/** Beside the other line, which meanwhile is deployed and asked. */
async function stand(lab: Lab, run: RunPart): Promise<void> {
  await run("prove", lab, checkProve);
  await run("together", lab, deployBeside);
}

/** What breaks off in the middle has failed. What comes after it is run all the same, and above all the destroy. */
async function whole(
  lab: Lab,
  part: Part,
  check: (lab: Lab) => Promise<void>,
): Promise<void> {
  try {
    await check(lab);
  } catch (error) {
    if (!(error instanceof Stop))
      lab.report.check(`${part}: to its end`, false, String(error));
  }
}
