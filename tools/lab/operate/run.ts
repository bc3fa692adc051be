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

/**
 * The commands of an operator, on an environment as it is before its first deploy, while it stands, and at its end; beside it
 * another one that is proved, deployed, planned with it and destroyed. Of another line than current, what is asked before a first deploy,
 * rotations and restores.
 */
export async function runOperate(opened: Lab): Promise<DestroyedLine[]> {
  await opened.stateBucket;
  await opened.before;
  const isCurrent = opened.line === "current";
  // The versions of the classic line are past their support, and doctor says so.
  const isExamined = opened.line !== "classic";
  if (isExamined)
    await whole(opened, "doctor before a deploy", () =>
      checkDoctorBefore(opened),
    );
  await prepareStacks(opened, false);
  await whole(opened, "the first plan", () => checkFirstPlan(opened));
  await whole(opened, "status of nothing", () => checkNothingStands(opened));
  const beside = onLine(opened, "lite", false);
  const standing = isCurrent
    ? whole(beside, "prove", () => checkProve(beside)).then(() =>
        whole(beside, "deploy", () => deployBeside(beside)),
      )
    : undefined;
  const { lab } = await deployFresh(opened);
  if (isExamined)
    await whole(lab, "doctor after a deploy", () => checkDoctorAfter(lab));
  // Its changes are those of settings with a database.
  if (isCurrent) {
    await whole(lab, "status", () => checkStatus(lab));
    await whole(lab, "plan", () => checkPlan(lab));
    await whole(lab, "deploy in turn", () => checkDeployInTurn(lab));
  }
  await whole(lab, "rotate", () => checkRotate(lab));
  await standing;
  if (isCurrent)
    await whole(lab, "two environments", () => checkTogether(lab, beside));
  await whole(lab, "restore", () => checkRestore(lab));
  const ended = await destroy(lab, "destroy");
  return [ended];
}

/** What breaks off in the middle has failed. What comes after it is run all the same, and above all the destroy. */
async function whole(
  { report }: Lab,
  what: string,
  check: () => Promise<void>,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Stop))
      report.check(`${what}: to its end`, false, String(error));
  }
}
