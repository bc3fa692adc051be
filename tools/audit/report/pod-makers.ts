import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { EFS_CSI_DRIVER } from "../../../modules/core/controllers/efs-csi-driver";
import { level } from "../exposures";
import { type Graph, type Subject, ofType } from "../graph";
import { POD_MAKING, nameOf, namespaceOf } from "../pods";
import { at, companionsOf, first, referred, textsAt } from "../reading";
import { CLUSTER_GROUP } from "./network";
import { administrators } from "./principals";
import { showSubject, shown, textOf } from "./shown";
import { type Table, distinct } from "./table";

const MAKES = ["create", "*"];
const CHANGES = ["update", "patch"];

/** Level of Pod Security by namespace, of those that the JSON makes. */
export const podSecurityLevels = (graph: Graph): Map<string, string> =>
  new Map(
    ofType(graph, "kubernetes_namespace_v1").map((one) => [
      nameOf(one),
      level(one).replace(/^any$/, "nothing"),
    ]),
  );

/** Who may make pods in a namespace by a Role, and so may be each account there. */
interface PodMaker {
  readonly who: string;
  readonly namespace: string;
  readonly resources: readonly string[];
  /** Who changes a pod gives it another image, and so acts in what there is; who makes one says all of it. */
  readonly does: "makes" | "changes";
}

export const podMakers = (graph: Graph): PodMaker[] => [
  ...boundToOwn(graph).map(({ who, namespace }) => ({
    who,
    namespace,
    resources: ["pods"],
    does: "makes" as const,
  })),
  ...ofType(graph, "kubernetes_role_v1").flatMap((role) => {
    const given = (verbs: readonly string[]): string[] =>
      distinct(
        at(role.body, "rule")
          .filter((rule) =>
            at(rule, "verbs").some((verb) => verbs.includes(String(verb))),
          )
          .flatMap((rule) => at(rule, "resources").map(String))
          .filter((one) => [...POD_MAKING, "*"].includes(one)),
      );
    const [made, changed] = [given(MAKES), given(CHANGES)];
    const resources = made.length > 0 ? made : changed;
    return resources.length === 0
      ? []
      : boundTo(graph, role).map((who) => ({
          who,
          namespace: namespaceOf(role),
          resources,
          does: made.length > 0 ? ("makes" as const) : ("changes" as const),
        }));
  }),
];

/** Those of them who are root on a node by such a pod: the namespace takes privileged ones. */
export function rootMakers(graph: Graph): PodMaker[] {
  const levels = podSecurityLevels(graph);
  return podMakers(graph).filter(
    ({ namespace, does }) =>
      does === "makes" &&
      !["baseline", "restricted"].includes(levels.get(namespace) ?? ""),
  );
}

/** They have what the pods on that node have. */
export const byNodes = (graph: Graph): string[] =>
  rootMakers(graph).map(
    ({ who, namespace }) =>
      `${who}: as root on a node, by a pod in ${namespace}`,
  );

/** So has an administrator of the cluster, who makes such a pod anywhere. */
export const administratorsOnNodes = (graph: Graph): string[] =>
  administrators(graph).map(
    (name) => `${name}: as cluster administrator, by a pod on the node`,
  );

/** What runs a pod, and pods of charts and add-ons that have the files of a node, as their makers' manifests say. */
export const nodeOf = (graph: Graph): string =>
  `the nodes of all pods named here (${[
    "their kubelets",
    ...ofType(graph, "helm_release")
      .filter(({ body }) => body.chart === EFS_CSI_DRIVER.chart)
      .map(({ body }) => `pods of chart ${textOf(body.chart)}`),
    ...ofType(graph, "aws_eks_addon")
      .filter(({ body }) => body.addon_name === CLOUDWATCH_OBSERVABILITY.addOn)
      .map(({ body }) => `pods of add-on ${textOf(body.addon_name)}`),
  ].join(", ")})`;

/** Accounts bound to roles that Kubernetes has by itself and that let all of a namespace: its Secrets, and pods. */
export const boundToOwn = (graph: Graph) =>
  ofType(
    graph,
    "kubernetes_role_binding_v1",
    "kubernetes_cluster_role_binding_v1",
  )
    .filter(({ body }) =>
      ["admin", "edit", "cluster-admin"].includes(
        textOf(first(body, "role_ref.name")),
      ),
    )
    .flatMap((binding) =>
      at(binding.body, "subject").map((one) => ({
        who: `${textOf(first(one, "namespace"))}/${textOf(first(one, "name"))}`,
        role: textOf(first(binding.body, "role_ref.name")),
        namespace: binding.type.includes("cluster")
          ? "every"
          : namespaceOf(binding),
      })),
    );

/** For each of them: what the namespace lets in, on which nodes, and what somebody has who is root there. */
export function podMakerSentences(graph: Graph, network: Table): string[] {
  const levels = podSecurityLevels(graph);
  return podMakers(graph).map(({ who, namespace, resources, does }) => {
    const level = levels.get(namespace) ?? "nothing";
    const root =
      does === "makes" && !["baseline", "restricted"].includes(level);
    return `${who} ${does} ${resources.join(" and ")} in ${namespace}, which enforces ${level}: ${root ? `${boundaryOf(graph, namespace)}${nodesText(graph, network)}` : "nobody is root on a node by that"}.`;
  });
}

/** An admission policy of ours in the namespace, by its chart. */
function boundaryOf(graph: Graph, namespace: string): string {
  const policies = ofType(graph, "helm_release").filter(
    ({ body }) =>
      body.namespace === namespace &&
      /admission-policy/.test(String(body.chart)),
  );
  return policies.length > 0
    ? `unless the admission policy ${policies.map(({ path }) => path).join(", ")} refuses it, `
    : "";
}

/** Nothing binds pods of a namespace to nodes: the pod itself says where it wants to run. */
const nodesText = (graph: Graph, network: Table): string => {
  const groups = ofType(graph, "aws_eks_node_group").map((group) => {
    const name =
      textOf(first(group.body, "node_group_name_prefix")) || group.path;
    const roles = referred(graph, group, "node_role_arn", "aws_iam_role");
    const [template] = referred(
      graph,
      group,
      "launch_template",
      "aws_launch_template",
    );
    const own =
      template === undefined ? [] : reached(network, showSubject(template));
    // A template without a group leaves its nodes in that of the cluster.
    const places = own.length > 0 ? own : reached(network, CLUSTER_GROUP);
    return `${name}* (${roles.map((role) => `role ${textOf(role.body.name)}: ${policiesOf(graph, role).join(", ")}`).join("; ")}; its security group reaches ${places.join(", ") || "what the JSON does not say"})`;
  });
  return `its maker can be root on the node of such a pod, with the node's role and what else runs there; the pod itself names the node, and may name ${groups.length === 0 ? "each of a cluster whose nodes are not in the JSON" : groups.join("; ")}`;
};

const policiesOf = (graph: Graph, role: Subject): string[] => [
  ...companionsOf(graph, role, "aws_iam_role_policy_attachment", "role").map(
    (one) => shown(graph, one.stack, one.body.policy_arn).replace(/^.*\//, ""),
  ),
  ...companionsOf(graph, role, "aws_iam_role_policy", "role").map(({ body }) =>
    textOf(body.name),
  ),
];

/** Where rules of security groups lead from some nodes. */
const reached = ({ rows }: Table, nodes: string): string[] =>
  distinct(
    rows
      .filter(
        ([, from, , , , , through = ""]) =>
          from === nodes && through.startsWith("security group"),
      )
      .map(([, , to = "", , , port = ""]) => `${to} ${port}`),
  );

/** Accounts that a role is bound to: `namespace/name`; users and groups by name. */
export const boundTo = (graph: Graph, role: Subject): string[] =>
  ofType(
    graph,
    "kubernetes_role_binding_v1",
    "kubernetes_cluster_role_binding_v1",
  )
    .filter(
      (binding) =>
        first(binding.body, "role_ref.name") === nameOf(role) &&
        namespaceOf(binding) === namespaceOf(role),
    )
    .flatMap(({ body }) => at(body, "subject"))
    .map((one) =>
      // A user or a group has no namespace.
      [...textsAt(one, "namespace"), ...textsAt(one, "name")].join("/"),
    );
