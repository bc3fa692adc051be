import { join } from "node:path";
import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";
import { hasComputeEnv } from "../../../modules/schema";
import { type ComputeEnvCheck } from "../checks/compute-env/check";
import { leftRunning, playCleanUp } from "../checks/compute-env/clean-up";
import { checkComputeEnv } from "../checks/compute-env/compute-env";
import { computeEnvOrderProblems } from "../checks/compute-env/destroy-order";
import { KubeApi } from "../kube/api";
import { auditLogOf, readAudit } from "../kube/audit";
import { eksToken } from "../kube/eks-token";
import { listOf } from "../kube/kubectl";
import { launcherArn, launcherKey } from "../kube/principals";
import { readLog } from "../aws/request-log";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { outputsOf } from "../terraform/outputs";
import { type Workloads } from "../kube/workloads";

const STACK = "compute-env";

/** What there is of a compute environment that was deployed; undefined without one. */
function deployedIn({
  settings,
  stacks,
  workloads,
}: Lab): { settings: ComputeEnvSettings; workloads: Workloads } | undefined {
  return workloads && hasComputeEnv(settings) && stacks.includes(STACK)
    ? { settings, workloads }
    : undefined;
}

/** After `cdktf deploy`: asks the living cluster. */
export async function askComputeEnv(lab: Lab, step: string): Promise<void> {
  const found = deployedIn(lab);
  if (found === undefined) return;
  const { settings, workloads } = found;
  const outputs = await outputsOf(lab.aws, lab.settings, [STACK]);
  await checkComputeEnv({
    report: lab.report,
    api: workloads.api,
    cluster: workloads.cluster,
    settings,
    outputs: outputs[STACK] ?? {},
    launcher: launcherOf(lab, found),
    folder: join(paths.nextflow, settings.environment),
    step,
  });
}

/** The API as who launches, who enters by the access entry of the stack. */
function launcherOf(
  { aws }: Lab,
  {
    settings,
    workloads,
  }: { settings: ComputeEnvSettings; workloads: Workloads },
): ComputeEnvCheck["launcher"] {
  if (workloads.login || settings.computeEnv.launcher.kind === "none")
    return undefined;
  const { host, cluster_ca_certificate } = workloads.cluster.login;
  const token = eksToken(launcherKey(settings), aws.region);
  return new KubeApi({ host, cluster_ca_certificate, token });
}

/** What has to be done while `cdktf destroy` runs, and looked at when it has ended. */
export interface Farewell {
  readonly end: () => Promise<void>;
}

/**
 * Before `cdktf destroy`: leaves work running in the namespace, and plays the pod that cleans up.
 */
export async function beforeDestroy(lab: Lab, step: string): Promise<Farewell> {
  const found = deployedIn(lab);
  if (found === undefined) return { end: () => Promise.resolve() };
  const { settings, workloads } = found;
  const { api, cluster } = workloads;
  await cluster.kubectl(["create", "-f", "-"], listOf(leftRunning(settings)));
  let over = false;
  const cleaned = playCleanUp({ api, cluster, settings, over: () => over });
  return {
    end: async () => {
      over = true;
      checkEnd(lab, found, { step, cleaned: await cleaned });
    },
  };
}

function checkEnd(
  { report }: Lab,
  {
    settings,
    workloads,
  }: { settings: ComputeEnvSettings; workloads: Workloads },
  { step, cleaned }: { step: string; cleaned: readonly string[] },
): void {
  report.check(
    `${step}: what was left running in the namespace of the pipelines is cleaned up`,
    cleaned.length > 0 &&
      ["deployment.apps", "job.batch", "pod"].every((kind) =>
        cleaned.some((text) => text.includes(`${kind} "tower-lab-left`)),
      ),
    cleaned.join("; ").trim(),
  );
  const problems = computeEnvOrderProblems({
    settings,
    requests: readLog(paths.requestLog),
    audit: readAudit(auditLogOf(workloads.name)),
    cluster: workloads.name,
    launcher: launcherArn(settings),
  });
  report.check(
    `${step}: access entry and bindings, clean-up, claim, volume and namespace went in this order`,
    problems.length === 0,
    problems.join("; ") || undefined,
  );
}
