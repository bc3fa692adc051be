import { type Lab, onLine } from "../lab";
import { deployFresh } from "../lines";
import { type DestroyedLine, destroy, prepareStacks } from "../steps/steps";
import { checkDoctorAfter, checkDoctorBefore } from "./doctor";
import { checkFirstPlan, checkPlan } from "./plan";
import { checkProve } from "./prove";
import { checkRestore } from "./restore";
import { checkRotate } from "./rotate";
import { checkNothingStands, checkStatus } from "./status";

/**
 * The commands of an operator, on an environment as it is before its first deploy, while it stands, and at its end; beside it
 * another one that is proved. Of another line than current only the secrets are rotated.
 */
export async function runOperate(opened: Lab): Promise<DestroyedLine[]> {
  await opened.stateBucket;
  await opened.before;
  await checkDoctorBefore(opened);
  await prepareStacks(opened, false);
  await checkFirstPlan(opened);
  await checkNothingStands(opened);
  const proof =
    opened.line === "current"
      ? checkProve(onLine(opened, "lite", false))
      : undefined;
  const { lab } = await deployFresh(opened);
  // Its changes are those of settings with a database.
  if (lab.line === "current") {
    await checkStatus(lab);
    await checkPlan(lab);
  }
  await checkRotate(lab);
  await proof;
  await checkDoctorAfter(lab);
  await checkRestore(lab);
  const ended = await destroy(lab, "destroy");
  return [ended];
}
