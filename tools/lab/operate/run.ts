import { type Lab } from "../lab";
import { deployFresh } from "../lines";
import { type DestroyedLine, destroy } from "../steps/steps";

/** The commands of an operator, on an environment as it is before its first deploy, while it stands, and at its end. */
export async function runOperate(opened: Lab): Promise<DestroyedLine[]> {
  const { lab } = await deployFresh(opened);
  return [await destroy(lab, "destroy")];
}
