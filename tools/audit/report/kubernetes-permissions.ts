import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { type Graph, ofType } from "../graph";
import { nameOf, namespaceOf } from "../pods";
import { at, first, textsAt } from "../reading";
import { boundTo, podMakerSentences } from "./pod-makers";
import { shown } from "./shown";
import { type Table, lines } from "./table";

/** Who may do what in the cluster: access entries of EKS, and Roles with those they are bound to. */
export const kubernetesRights = (graph: Graph, network: Table): Table => ({
  id: "kubernetes-permissions",
  title: "Permissions in the cluster",
  note: "Access entries of EKS, and Roles of ours with their subjects. Roles that charts, add-ons and Kubernetes make are not in the JSON.",
  columns: ["Who", "Where", "Permission", "On", "Through", "Path"],
  rows: [...accessRows(graph), ...roleRows(graph)],
  summary: [...podMakerSentences(graph, network), ...operatorOf(graph)],
});

/** Source: `templates/operator-clusterrole.yaml` of the chart, 6.4.0 of https://github.com/aws-observability/helm-charts. */
const operatorOf = (graph: Graph): string[] =>
  ofType(graph, "aws_eks_addon")
    .filter(({ body }) => body.addon_name === CLOUDWATCH_OBSERVABILITY.addOn)
    .map(
      ({ body }) =>
        `The operator of add-on ${String(body.addon_name)} makes Deployments, DaemonSets and StatefulSets in every namespace and changes namespaces, as its makers' chart says: so it can run pods as any service account, and be root on a node. Not proved by the JSON.`,
    );

const accessRows = (graph: Graph): string[][] =>
  ofType(graph, "aws_eks_access_policy_association").map(
    ({ body, stack, path }) => [
      shown(graph, stack, first(body, "principal_arn")),
      String(first(body, "access_scope.type")) === "cluster"
        ? "whole cluster"
        : lines(textsAt(body, "access_scope.namespaces")),
      String(first(body, "policy_arn")).replace(/^.*\//, ""),
      "as in the policy of EKS",
      "access entry",
      path,
    ],
  );

const roleRows = (graph: Graph): string[][] =>
  ofType(graph, "kubernetes_role_v1", "kubernetes_cluster_role_v1").flatMap(
    (role) =>
      at(role.body, "rule").map((rule) => [
        lines(boundTo(graph, role)),
        role.type === "kubernetes_role_v1"
          ? namespaceOf(role)
          : "whole cluster",
        lines(textsAt(rule, "verbs")),
        lines(textsAt(rule, "resources")),
        `role ${nameOf(role)}`,
        role.path,
      ]),
  );
