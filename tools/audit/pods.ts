import { type Graph, type Subject, ofType } from "./graph";
import { at, first } from "./reading";

/** Where each kind keeps its pod. */
const PODS: Readonly<Record<string, string>> = {
  kubernetes_pod_v1: "spec",
  kubernetes_deployment_v1: "spec.template.spec",
  kubernetes_stateful_set_v1: "spec.template.spec",
  kubernetes_daemon_set_v1: "spec.template.spec",
  kubernetes_job_v1: "spec.template.spec",
  kubernetes_cron_job_v1: "spec.job_template.spec.template.spec",
};

/** Kinds with pods. */
export const POD_TYPES: readonly string[] = Object.keys(PODS);

/** What makes pods, by itself or through a controller, as Roles name it. */
export const POD_MAKING: readonly string[] = [
  ...["pods", "jobs", "cronjobs", "deployments", "daemonsets"],
  ...["statefulsets", "replicasets", "replicationcontrollers"],
];

/** Kinds whose pods run for as long as they are not stopped: probes make sense for them. */
export const SERVER_TYPES = [
  "kubernetes_pod_v1",
  "kubernetes_deployment_v1",
  "kubernetes_stateful_set_v1",
  "kubernetes_daemon_set_v1",
];

/** The pod of a subject. */
export const podOf = ({ type, body }: Subject): unknown =>
  first(body, PODS[type] ?? "");

/** Labels of a subject's pods. */
export const labelsOfPod = ({ type, body }: Subject): Record<string, string> =>
  (first(body, `${(PODS[type] ?? "").replace(/spec$/, "")}metadata.labels`) ??
    {}) as Record<string, string>;

/** Containers of a subject's pod, the first ones included. */
export const containersOf = (subject: Subject): unknown[] =>
  ["container", "init_container"].flatMap((kind) => at(podOf(subject), kind));

/** Names of the containers that break something. */
export const containersWith = (
  subject: Subject,
  breaks: (container: unknown) => boolean,
): string[] =>
  containersOf(subject)
    .filter(breaks)
    .map((container) => String(first(container, "name")));

/** Value that a container's environment variable has in the JSON. */
export const variableOf = (container: unknown, name: string): unknown =>
  first(
    at(container, "env").find((variable) => first(variable, "name") === name),
    "value",
  );

/** Namespace of an object; `default` when none is named, as in Kubernetes. */
export const namespaceOf = ({ body }: Subject): string =>
  textOr(first(body, "metadata.namespace"), "default");

/** Name of an object. */
export const nameOf = ({ body }: Subject): string =>
  String(first(body, "metadata.name"));

/** Namespace and name, without a part that only a plan knows. */
export const workloadOf = (subject: Subject): string =>
  `${namespaceOf(subject)}/${nameOf(subject).replace(/-?\$\{.*\}/, "")}`;

/** Names of the service accounts that a role binding of the same stack gives rights. */
export function boundAccounts(graph: Graph): Set<string> {
  return new Set(
    ofType(
      graph,
      "kubernetes_role_binding_v1",
      "kubernetes_cluster_role_binding_v1",
    ).flatMap(({ body }) =>
      at(body, "subject").map(
        (one) =>
          `${String(first(one, "namespace"))}/${String(first(one, "name"))}`,
      ),
    ),
  );
}

/** A pod's service account with its namespace. */
export const accountOf = (subject: Subject): string =>
  `${namespaceOf(subject)}/${textOr(first(podOf(subject), "service_account_name"), "default")}`;

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;
