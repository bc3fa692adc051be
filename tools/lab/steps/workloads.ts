import { checkAccess, checkNoAccess } from "../checks/access";
import { checkLivingCluster } from "../checks/living-cluster";
import { orderProblems } from "../checks/destroy-order";
import { checkNodes } from "../checks/nodes";
import { auditLogOf, readAudit } from "../kube/audit";
import { isExistingCluster } from "../../../modules/core/kinds";
import { hasWave } from "../../../modules/schema";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { readLog } from "../aws/request-log";
import {
  applyTranslation,
  compareTranslation,
  removeTranslation,
} from "../stand-ins/translation-steps";
import { type Workloads } from "../kube/workloads";

/** What the access checks need; undefined where the cluster does not know the emulated EKS. */
function accessCheck(lab: Lab, { cluster, login }: Workloads, step: string) {
  const { report, settings } = lab;
  return login ? undefined : { report, login: cluster.login, settings, step };
}

/** The settings, without what a stack would make that the lab has to leave out. */
const deployedOf = ({ settings, stacks }: Lab): Lab["settings"] =>
  stacks.includes("compute-env")
    ? settings
    : { ...settings, computeEnv: undefined };

/** After `cdktf deploy`: sends `workloads` where the CLI could not, and asks the living cluster. */
export async function deployWorkloads(lab: Lab, step: string): Promise<void> {
  const { workloads, report, settings } = lab;
  if (!workloads) return;
  if (workloads.translation)
    await applyTranslation(lab, workloads.translation, step);
  const access = accessCheck(lab, workloads, step);
  if (access) {
    await checkNodes(report, workloads.api, deployedOf(lab), step);
    await checkAccess(access);
  }
  if (!hasWave(settings)) return;
  await checkLivingCluster({
    report,
    aws: lab.aws,
    settings,
    translated: workloads.translation !== undefined,
    api: workloads.api,
    step,
  });
}

/** Beside the second plans. */
export async function compareWorkloads(lab: Lab, step: string): Promise<void> {
  const { workloads } = lab;
  if (workloads?.translation)
    await compareTranslation(lab, workloads.translation, step);
}

/** Before `cdktf destroy`, which ends the stacks that `workloads` needs. */
export async function destroyWorkloads(lab: Lab, step: string): Promise<void> {
  const { workloads } = lab;
  if (workloads?.translation)
    await removeTranslation(lab, workloads.translation, step);
}

/** After the destroy: all went in order, nobody enters any more, and nothing is left but what charts leave. */
export async function checkCluster(lab: Lab, step: string): Promise<void> {
  const { report, settings, stacks, workloads } = lab;
  if (!workloads) return;
  const left = await workloads.leftOvers();
  const row = report.row("workloads");
  row.leftOvers = (row.leftOvers ?? 0) + left.length;
  report.check(
    `${step}: nothing is left in the cluster`,
    left.length === 0,
    left.join(", ") || undefined,
  );
  // Neither the controller's end nor that of the deployer's entry is for us to order.
  if (isExistingCluster(settings)) return;
  const problems = orderProblems({
    isBalanced:
      hasWave(settings) ||
      stacks.includes("emg") ||
      (stacks.includes("delivery") &&
        settings.delivery?.ingress.class === "alb"),
    balancer: workloads.balancerDeleted(),
    requests: readLog(paths.requestLog),
    audit: readAudit(auditLogOf(workloads.name)),
    cluster: workloads.name,
    deployer: settings.access.deployer,
  });
  report.check(
    `${step}: load balancer, its controller and the deployer's access entry went in this order`,
    problems.length === 0,
    problems.join("; ") || undefined,
  );
  const access = accessCheck(lab, workloads, step);
  if (access) await checkNoAccess(access);
}
