import { type ComputeEnvCheck } from "./check";
import { checkNextflow } from "./nextflow";
import { checkPipelinePods } from "./pods";
import { checkRights } from "./rights";

/** Asks the living cluster whether pipelines run in it, and whether they can do nothing else. */
export async function checkComputeEnv(check: ComputeEnvCheck): Promise<void> {
  await checkRights(check);
  await checkPipelinePods(check);
  await checkNextflow(check);
}
