import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { platformConfig } from "../../nextflow/configs";
import { bringNextflow } from "../../nextflow/jars";
import {
  type Job,
  type Nextflow,
  jobsOf,
  parsers,
  runPipeline,
  valuesOf,
} from "../../nextflow/nextflow";
import { type TaskPod, runTasks } from "../../nextflow/node-work";
import { kubeconfigOf } from "../../kube/control-plane";
import {
  type Variant,
  differencesOf,
  isPrivileged,
  variantsOf,
} from "../../nextflow/variants";
import { messageOf } from "../build-pods";
import { type ComputeEnvCheck } from "./check";
import { TOKEN_PATH } from "./pods";

/** What the environment gives Nextflow, read and used by Nextflow. */
export async function checkNextflow(check: ComputeEnvCheck): Promise<void> {
  const { report, step } = check;
  const nextflow = await bringNextflow(process.env, (text) => {
    report.progress(text);
  });
  if ("lacks" in nextflow) {
    report.skip(`${step}: Nextflow`, nextflow.lacks);
    return;
  }
  rmSync(check.folder, { recursive: true, force: true });
  mkdirSync(join(check.folder, "scratch"), { recursive: true });
  await checkVariants(check, nextflow);
  if ("claimName" in check.settings.computeEnv.storage)
    await checkPipeline(check, nextflow);
}

function write(
  { folder, settings, outputs }: ComputeEnvCheck,
  name: string,
  mountPath: string,
): string {
  const file = join(folder, name);
  const text = `${platformConfig(settings, mountPath)}${String(outputs.nextflow_config)}\n`;
  writeFileSync(file, text);
  return file;
}

/** Every kind of storage on every shape of nodes: what Nextflow reads, the Job that it makes, and whether its pod is let in. */
async function checkVariants(
  check: ComputeEnvCheck,
  nextflow: Nextflow,
): Promise<void> {
  const { settings, folder, report, step } = check;
  const variants = variantsOf(settings);
  const files = variants.map(({ text }, i) => {
    const file = join(folder, `variant-${i}.config`);
    writeFileSync(file, text);
    return file;
  });
  const [lenient = [], strict = []] = await Promise.all(
    parsers.map((parser) => valuesOf(nextflow, parser, files)),
  );
  // The strict one adds `params`.
  const read = (values: unknown): string =>
    JSON.stringify({ ...(values as object), params: undefined });
  const unequal = variants.filter(
    (_one, i) => read(lenient[i]) !== read(strict[i]),
  );
  report.check(
    `${step}: both parsers of Nextflow read ${variants.length} configurations, and the same`,
    lenient.length === variants.length && unequal.length === 0,
    unequal.map(({ name }) => name).join("; ") || undefined,
  );
  const jobs = await jobsOf(nextflow, files);
  const wrong: string[] = [];
  for (const [i, variant] of variants.entries()) {
    const job = jobs[i];
    if (job === undefined) wrong.push(`${variant.name}: no Job`);
    else
      wrong.push(
        ...differencesOf(variant, job),
        ...(await admission(check, variant, job)),
      );
  }
  report.check(
    `${step}: tasks of Nextflow's executor are as the settings have them, and their pods are admitted unless privileged`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}

/** What is wrong with the answer to the head account that asks for the pod of a Job. */
async function admission(
  check: ComputeEnvCheck,
  variant: Variant,
  { spec: { template } }: Job,
): Promise<string[]> {
  const { namespace, storage } = check.settings.computeEnv;
  const answer = await headOf(check).ask(
    "POST",
    `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`,
    { apiVersion: "v1", kind: "Pod", ...template },
  );
  const isOpen = storage.kind === "fusion" && storage.fuse === "privileged";
  const wanted = isPrivileged(variant) && !isOpen ? 403 : 201;
  return answer.status === wanted
    ? []
    : [`${variant.name}: ${answer.status} ${messageOf(answer)}`];
}

const headOf = ({ api, settings }: ComputeEnvCheck) => {
  const { namespace, headServiceAccount } = settings.computeEnv;
  return api.as(`system:serviceaccount:${namespace}:${headServiceAccount}`);
};

/** A pipeline runs to its end, by Nextflow with the token of the head account. */
async function checkPipeline(
  check: ComputeEnvCheck,
  nextflow: Nextflow,
): Promise<void> {
  const { api, settings, report, step, folder } = check;
  const { namespace } = settings.computeEnv;
  const config = write(check, "nextflow.config", join(folder, "scratch"));
  const kubeconfig = await headLogin(check);
  let over = false;
  const running = runPipeline(nextflow, { folder, config, kubeconfig })
    .then(
      () => undefined,
      (error: unknown) => String(error),
    )
    .finally(() => (over = true));
  const pods = await runTasks(api, namespace, () => over);
  const error = await running;
  const tasks = pods.map(
    ({ metadata }) => metadata.labels["nextflow.io/taskName"],
  );
  report.check(
    `${step}: Nextflow runs a pipeline with the token of the head account`,
    error === undefined && pods.length === 3,
    error ?? tasks.sort().join(", "),
  );
  const wrong = pods.flatMap((pod) => problemsOf(check, pod));
  report.check(
    `${step}: its tasks have the account of tasks, no token and requests, and keep their nodes`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
  const { items } = (await api.call(
    "GET",
    `/apis/batch/v1/namespaces/${namespace}/jobs`,
  )) as { items: { metadata: { labels?: Record<string, string> } }[] };
  const left = items.filter(
    ({ metadata }) => metadata.labels?.["nextflow.io/app"] !== undefined,
  );
  report.check(
    `${step}: its Jobs are gone`,
    left.length === 0,
    String(left.length),
  );
}

/** What of a task's pod is otherwise than it should be. */
function problemsOf(
  { settings: { computeEnv } }: ComputeEnvCheck,
  { metadata, spec }: TaskPod,
): string[] {
  const { computeServiceAccount, defaults } = computeEnv;
  const [container] = spec.containers;
  const { cpu, memory } = container?.resources.requests ?? {};
  const isSized = metadata.labels["nextflow.io/processName"] === "sized";
  const wanted = isSized ? { cpu: "2", memory: "3Gi" } : { ...defaults };
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    account: [spec.serviceAccountName, computeServiceAccount],
    token: [
      container?.volumeMounts?.some(
        ({ mountPath }) => mountPath === TOKEN_PATH,
      ),
      false,
    ],
    CPU: [cpu, wanted.cpu],
    memory: [memory, wanted.memory],
    "label of the pipeline": [
      metadata.labels.pipeline,
      isSized ? "own" : undefined,
    ],
    "scale-down": [
      metadata.annotations?.["cluster-autoscaler.kubernetes.io/safe-to-evict"],
      "false",
    ],
  };
  return Object.entries(pairs)
    .filter(([, [found, right]]) => found !== right)
    .map(
      ([what, [found, right]]) =>
        `${metadata.name}: ${what} is ${String(found)}, not ${String(right)}`,
    );
}

/** A kubeconfig with a token of the head account, as its pod has one. */
async function headLogin({
  cluster,
  settings,
  folder,
}: ComputeEnvCheck): Promise<string> {
  const { namespace, headServiceAccount } = settings.computeEnv;
  const token = await cluster.kubectl([
    ...["create", "token", headServiceAccount],
    ...["--namespace", namespace, "--duration=1h"],
  ]);
  const { host, cluster_ca_certificate } = cluster.login;
  const file = join(folder, "head.json");
  const login = { host, cluster_ca_certificate, token: token.trim() };
  writeFileSync(file, JSON.stringify(kubeconfigOf(login)), { mode: 0o600 });
  return file;
}
