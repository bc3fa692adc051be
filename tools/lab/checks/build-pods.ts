import { withRelease } from "../../../modules/wave/release/release";
import { type ApiAnswer } from "../kube/api";
import { until } from "../system/process";
import {
  type BuildConfig,
  buildkitJob,
  kanikoPod,
  privilegedPod,
} from "./build-objects";
import { type ClusterCheck } from "./cluster-check";
import { buildNodes } from "../../../modules/core/cluster/node-labels";
import { buildSecurity } from "../../../modules/wave/objects/namespaces";
import { userOf } from "./permissions";

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly resources: { readonly limits?: { readonly memory?: string } };
    }[];
  };
  readonly status: { readonly phase: string };
}

/** What Wave starts for a build starts here too, by Wave's own account; and nothing that is privileged. */
export async function checkBuildPods(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  await checkBuild(check, config);
  await checkPrivileged(check, config);
  await checkUnhardened(check, config);
}

/** A build starts on a node for builds, within quota and defaults of the namespace. */
async function checkBuild(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  const { api, line, report, settings, step } = check;
  const [plural, object] =
    line === "classic"
      ? (["api/v1", kanikoPod(config)] as const)
      : (["apis/batch/v1", buildkitJob(config)] as const);
  const kind = line === "classic" ? "pods" : "jobs";
  const path = `/${plural}/namespaces/${config.k8s.namespace}/${kind}`;
  const made = await asWave(check, path, object);
  const name = `${step}: a build ${line === "classic" ? "pod of Wave 1.3.3" : "Job of Wave 1.37.0"} starts`;
  if (made.status >= 300) {
    report.check(name, false, messageOf(made));
    return;
  }
  const { metadata } = made.body as { metadata: { name: string } };
  // A node may have to come first.
  const pod = await until("a build pod on a node", 150, () =>
    startedPod(check, config, metadata.name),
  ).catch(() => undefined);
  const wanted = buildNodes(settings, "build") ?? {};
  const limit = pod?.spec.containers[0]?.resources.limits?.memory;
  const labels = pod === undefined ? {} : await nodeLabels(check, pod);
  report.check(
    name,
    pod !== undefined &&
      limit !== undefined &&
      Object.entries(wanted).every(([key, value]) => labels[key] === value),
    pod === undefined
      ? "no pod of it started"
      : `${pod.status.phase} on a node with ${Object.keys(wanted)
          .map((key) => `${key}=${labels[key] ?? "none"}`)
          .join(", ")}, memory limit ${limit ?? "none"}`,
  );
  await api.call("DELETE", `${path}/${metadata.name}`, {
    propagationPolicy: "Foreground",
    gracePeriodSeconds: 0,
  });
  await until("the end of the build", 60, async () => {
    const pods = await podsOf(check, config);
    return pods.some((one) => one.metadata.name.startsWith(metadata.name))
      ? undefined
      : true;
  });
}

async function startedPod(
  check: ClusterCheck,
  config: BuildConfig,
  build: string,
): Promise<Pod | undefined> {
  const pods = await podsOf(check, config);
  return pods.find(
    ({ metadata, status }) =>
      metadata.name.startsWith(build) &&
      ["Running", "Succeeded"].includes(status.phase),
  );
}

async function podsOf(
  { api }: ClusterCheck,
  { k8s }: BuildConfig,
): Promise<readonly Pod[]> {
  const path = `/api/v1/namespaces/${k8s.namespace}/pods`;
  const { items } = (await api.call("GET", path)) as { items: Pod[] };
  return items;
}

async function nodeLabels(
  { api }: ClusterCheck,
  { spec }: Pod,
): Promise<Readonly<Record<string, string | undefined>>> {
  const node = await api.call("GET", `/api/v1/nodes/${spec.nodeName ?? ""}`);
  return (node as { metadata: { labels: Record<string, string> } }).metadata
    .labels;
}

/** Where only `privileged` would let it in, a privileged pod is refused. */
async function checkPrivileged(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  const { settings, report, step } = check;
  const { enforce } = buildSecurity(withRelease(settings));
  if (enforce === "privileged") return;
  const path = `/api/v1/namespaces/${config.k8s.namespace}/pods?dryRun=All`;
  const answer = await check.api.ask("POST", path, privilegedPod(config));
  report.check(
    `${step}: a privileged build pod is refused`,
    answer.status === 403 && messageOf(answer).includes("privileged"),
    messageOf(answer),
  );
}

/** A pod as builds have it could not run beside Wave. */
async function checkUnhardened(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  const { settings, report, step } = check;
  if (!settings.wave.hardening.runAsNonRoot) return;
  const { namespace } = settings.wave;
  const pod = kanikoPod({ ...config, k8s: { ...config.k8s, namespace } });
  const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
  const answer = await check.api.ask("POST", path, withoutAccount(pod));
  report.check(
    `${step}: an unhardened pod is refused beside Wave`,
    answer.status === 403 && messageOf(answer).includes("restricted"),
    messageOf(answer),
  );
}

/** The account of builds is unknown there, which would be refused for another reason. */
function withoutAccount(pod: object): object {
  const { spec, ...rest } = pod as { spec: { serviceAccount?: string } };
  return { ...rest, spec: { ...spec, serviceAccount: "default" } };
}

/** A request by Wave's own service account. */
export const asWave = (
  { api, settings }: ClusterCheck,
  path: string,
  object: object,
): Promise<ApiAnswer> =>
  api.as(userOf("server", settings)).ask("POST", path, object);

/** Its start: a refusal goes on with a line for each missing field. */
export const messageOf = ({ body }: ApiAnswer): string =>
  ((body as { message?: string }).message ?? "").slice(0, 160);
