import { WAVE } from "../../../modules/wave/objects/kubernetes-names";
import { type ClusterCheck } from "./cluster-check";

/** Wave's pods run where they should, and what guards and scales them was taken. */
export async function checkPods(check: ClusterCheck): Promise<void> {
  await checkRunning(check);
  await checkServing(check);
  await checkGuards(check);
}

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string };
}

/** Pods of the Deployments. That they are there says that the namespace's Pod Security let them in. */
async function checkRunning({
  api,
  settings: { wave },
  line,
  report,
  step,
}: ClusterCheck): Promise<void> {
  const { items } = (await api.call(
    "GET",
    `/api/v1/namespaces/${wave.namespace}/pods`,
  )) as { items: Pod[] };
  const pods = items.filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ kind }) => kind === "ReplicaSet"),
  );
  const apps = new Set(pods.map(({ metadata }) => metadata.labels?.app));
  const waiting = pods.filter(({ status }) => status.phase !== "Running");
  report.check(
    `${step}: the pods of the ${line} line run under Pod Security`,
    apps.size === (line === "classic" ? 2 : 1) && waiting.length === 0,
    `${pods.length} pods of ${[...apps].join(" and ")}${waiting.length > 0 ? `; not running: ${waiting.map(({ metadata }) => metadata.name).join(", ")}` : ""}`,
  );
}

/** A Deployment of no pods has rolled out, and its plan is empty: only the number of ready pods says that Wave answers. */
async function checkServing({
  api,
  settings: { wave },
  report,
  step,
}: ClusterCheck): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${wave.namespace}/deployments/${WAVE}`;
  const { status } = (await api.call("GET", path)) as {
    status: { readyReplicas?: number };
  };
  const ready = status.readyReplicas ?? 0;
  report.check(`${step}: pods of Wave are ready`, ready > 0, String(ready));
}

async function checkGuards({
  api,
  settings: { wave },
  report,
  step,
}: ClusterCheck): Promise<void> {
  const namesIn = async (group: string, plural: string): Promise<number> => {
    const path = `/apis/${group}/namespaces/${wave.namespace}/${plural}`;
    const { items } = (await api.call("GET", path)) as { items: unknown[] };
    return items.length;
  };
  const budgets = await namesIn("policy/v1", "poddisruptionbudgets");
  const scalers = await namesIn("autoscaling/v2", "horizontalpodautoscalers");
  const wanted = wave.autoscaling === undefined ? 0 : 1;
  report.check(
    `${step}: disruption budget and autoscaler are accepted`,
    budgets >= 1 && scalers === wanted,
    `${budgets} and ${scalers}`,
  );
}
