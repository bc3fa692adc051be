import { DEPLOYMENTS } from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type EmgCheck, checkSame, objectsIn } from "./check";

interface PodSpec {
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly [field: string]: unknown;
  }[];
  readonly [field: string]: unknown;
}

interface Maker {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly metadata: object; readonly spec: PodSpec };
  };
  readonly status: { readonly readyReplicas?: number };
}

/** Deployments with their pods, each as `<name> <ready>`. */
export function expectedDeployments({ emg }: EmgSettings): string[] {
  const isProxied = emg.auth.mode === "oauth2-proxy";
  return [
    `${DEPLOYMENTS.prefect} 1`,
    ...(isProxied
      ? [`${DEPLOYMENTS.login} 2`, `${DEPLOYMENTS.gateway} 2`]
      : []),
    ...(emg.api ? [`${DEPLOYMENTS.api} ${emg.api.replicas}`] : []),
    ...(emg.api?.taskWorker ? [`${DEPLOYMENTS.tasks} 1`] : []),
  ];
}

/** All pods of the Deployments are ready, and Pod Security lets in what makes them, and refuses one that is privileged. */
export async function checkPods(check: EmgCheck): Promise<void> {
  const deployments = await objectsIn<Maker>(check, "apis/apps/v1 deployments");
  checkSame(
    check,
    "Deployments with their ready pods",
    deployments.map(
      ({ metadata, status }) => `${metadata.name} ${status.readyReplicas ?? 0}`,
    ),
    expectedDeployments(check.settings),
  );
  const jobs = await objectsIn<Maker>(check, "apis/batch/v1 jobs");
  await checkSecurity(check, [...deployments, ...jobs]);
}

async function checkSecurity(
  check: EmgCheck,
  makers: readonly Maker[],
): Promise<void> {
  const { api, settings, report, step } = check;
  const { namespace, podSecurity } = settings.emg;
  const { metadata } = (await api.call(
    "GET",
    `/api/v1/namespaces/${namespace}`,
  )) as { metadata: { labels: Record<string, string> } };
  const level = metadata.labels["pod-security.kubernetes.io/enforce"];
  const wrong: string[] = [];
  for (const { metadata: maker, spec } of makers) {
    const { template } = spec;
    const refused = await refusalOf(check, template);
    if (refused !== undefined) wrong.push(`${maker.name}: ${refused}`);
    for (const [what, changed] of Object.entries(beyond(template))) {
      const refusal = await refusalOf(check, changed);
      if (refusal?.includes("violates PodSecurity") !== true)
        wrong.push(`${maker.name}, ${what}, is let in`);
    }
  }
  report.check(
    `${step}: Pod Security ${podSecurity} lets the pods of ${makers.length} Deployments and Jobs in, and none that is privileged or has the network of the node`,
    level === podSecurity && makers.length > 0 && wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}

/** The same pod with more than even Pod Security `baseline` allows. */
function beyond({ metadata, spec }: Maker["spec"]["template"]) {
  const change = (more: object) => ({ metadata, spec: { ...spec, ...more } });
  return {
    privileged: change({
      containers: spec.containers.map((one) => ({
        ...one,
        securityContext: { privileged: true },
      })),
    }),
    "in the network of the node": change({ hostNetwork: true }),
  };
}

/** What the API server answers to a pod, which it does not keep; undefined: it is let in. */
async function refusalOf(
  { api, settings }: EmgCheck,
  { metadata, spec }: Maker["spec"]["template"],
): Promise<string | undefined> {
  const { namespace } = settings.emg;
  const { status, body } = await api.ask(
    "POST",
    `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, name: undefined, generateName: "lab-" },
      spec,
    },
  );
  return status < 300 ? undefined : (body as { message: string }).message;
}
