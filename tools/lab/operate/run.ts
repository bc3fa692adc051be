import { type Lab, onLine } from "../lab";
import { deployFresh } from "../lines";
import { type DestroyedLine, destroy } from "../steps/steps";
import { checkDoctorAfter, checkDoctorBefore } from "./doctor";
import { checkProve } from "./prove";
import { checkRestore } from "./restore";

/**
 * The commands of an operator, on an environment as it is before its first deploy, while it stands, and at its end; beside it
 * another one that is proved.
 */
export async function runOperate(opened: Lab): Promise<DestroyedLine[]> {
  await opened.stateBucket;
  await opened.before;
  await checkDoctorBefore(opened);
  const proof = opened.before.then(() =>
    checkProve(onLine(opened, "lite", false)),
  );
  const { lab } = await deployFresh(opened);
  await proof;
  await checkDoctorAfter(lab);
  await checkRestore(lab);
  const ended = await destroy(lab, "destroy");
  return [ended];
}
