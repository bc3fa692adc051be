import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { hasEmg } from "../../../modules/schema";
import { checkAccount } from "../checks/emg/account";
import { type EmgCheck } from "../checks/emg/check";
import { checkConfig } from "../checks/emg/config";
import { emgOrderProblems } from "../checks/emg/destroy-order";
import { checkPods } from "../checks/emg/pods";
import { checkPolicies } from "../checks/emg/policies";
import { checkRoutes } from "../checks/emg/routes";
import { checkSecrets } from "../checks/emg/secrets";
import { checkStorage } from "../checks/emg/storage";
import { auditLogOf, readAudit } from "../kube/audit";
import { JobRecord } from "../kube/job-record";
import { type Workloads } from "../kube/workloads";
import { type Lab } from "../lab";
import { outputsOf } from "../terraform/outputs";
import { attributesOf, readState } from "../terraform/state";
import { type Farewell } from "./compute-env";

const STACK = "emg";

/** Jobs of the namespace, by the cluster. */
const records = new Map<string, JobRecord>();

/** What there is of Prefect that is deployed; undefined without it. */
export function emgOf({
  settings,
  stacks,
  workloads,
}: Lab): { settings: EmgSettings; workloads: Workloads } | undefined {
  return workloads && hasEmg(settings) && stacks.includes(STACK)
    ? { settings, workloads }
    : undefined;
}

/** Before `cdktf deploy`: from now on every Job is remembered. */
export function watchJobs(lab: Lab): void {
  const found = emgOf(lab);
  if (found === undefined || records.has(found.workloads.name)) return;
  const { settings, workloads } = found;
  const record = new JobRecord(workloads.api, settings.emg.namespace);
  record.start();
  records.set(workloads.name, record);
}

/** The Jobs that ran in the cluster of a line, since its first deploy. */
export const jobsOf = ({ workloads }: Lab): JobRecord | undefined =>
  workloads && records.get(workloads.name);

/** What the checks are given; undefined without the stack. */
export async function emgCheckOf(
  lab: Lab,
  step: string,
): Promise<EmgCheck | undefined> {
  const found = emgOf(lab);
  if (found === undefined) return undefined;
  const outputs = await outputsOf(lab.aws, lab.settings, [STACK]);
  return {
    ...{ report: lab.report, aws: lab.aws, settings: found.settings, step },
    ...{ api: found.workloads.api, cluster: found.workloads.cluster },
    outputs: outputs[STACK] ?? {},
  };
}

/** After `cdktf deploy`: asks the living cluster and the account. */
export async function askEmg(lab: Lab, step: string): Promise<void> {
  const check = await emgCheckOf(lab, step);
  if (check === undefined) return;
  const states = [await readState(lab.aws, lab.settings, STACK)];
  const { database } = check.settings.emg;
  const [instance] = attributesOf(states, "aws_db_instance");
  await checkPods(check);
  await checkPolicies(check);
  await checkSecrets(
    check,
    database.kind === "external" ? database.host : String(instance?.address),
  );
  await checkConfig(check);
  await checkStorage(check);
  await checkRoutes(check);
  await checkAccount(check, states);
  await checkJobs(lab, check);
}

/** No Job ran twice, and none failed. */
async function checkJobs(lab: Lab, { report, step }: EmgCheck): Promise<void> {
  const jobs = (await jobsOf(lab)?.seen()) ?? [];
  const names = jobs.map(({ name }) => name);
  const wrong = [
    ...names
      .filter((name, i) => names.indexOf(name) !== i)
      .map((name) => `${name} ran again`),
    ...jobs.flatMap(({ name, isComplete, failed }) => [
      ...(isComplete ? [] : [`${name} is not complete`]),
      ...(failed > 0 ? [`${name} failed ${failed} times`] : []),
    ]),
  ];
  report.check(
    `${step}: each Job ran once, and to its end`,
    jobs.length > 0 && wrong.length === 0,
    wrong.join("; ") || names.join(", "),
  );
}

/** Before `cdktf destroy`: looked at when it has ended. */
export function beforeEmgDestroy(lab: Lab, step: string): Farewell {
  const found = emgOf(lab);
  if (found === undefined) return { end: () => Promise.resolve() };
  const { settings, workloads } = found;
  return {
    end: () => {
      records.get(workloads.name)?.stop();
      records.delete(workloads.name);
      const audit = readAudit(auditLogOf(workloads.name));
      const problems = emgOrderProblems(settings, audit);
      lab.report.check(
        `${step}: Ingresses, programs, Secrets and namespace went in this order`,
        problems.length === 0,
        problems.join("; ") || undefined,
      );
      return Promise.resolve();
    },
  };
}
