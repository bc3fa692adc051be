import { type Graph, ofType } from "../graph";
import { at, first } from "../reading";
import { POD_MAKING, nameOf, namespaceOf } from "../pods";
import { type WrittenRule, all, check, never, oneOf } from "../rule";

const ROLES = ["kubernetes_role_v1", "kubernetes_cluster_role_v1"];

/** Permissions in the cluster (CIS 4.1). */
export const rbacRules: readonly WrittenRule[] = [
  role(
    "rbac/secrets",
    "No Role made here is about Secrets.",
    ["KSV-0041", "CIS-EKS 4.1.2"],
    (one) => grants(one, "secrets"),
  ),
  role(
    "rbac/exec",
    "No Role made here opens shells or ports of pods.",
    ["KSV-0053"],
    (one) =>
      ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy"].some(
        (name) => grants(one, name),
      ),
  ),
  role(
    "rbac/volumes",
    "No Role made here is about volumes.",
    ["CIS-EKS 4.1.9"],
    (one) => grants(one, "persistentvolumes"),
  ),
  role(
    "rbac/nodes",
    "No Role made here is about nodes or their kubelets.",
    ["CIS-EKS 4.1.10"],
    (one) => ["nodes", "nodes/proxy"].some((name) => grants(one, name)),
  ),
  role(
    "rbac/services",
    "No Role made here changes services, endpoints, ingresses or network policies.",
    ["KSV-0056"],
    (one) =>
      [
        "services",
        "endpoints",
        "endpointslices",
        "ingresses",
        "networkpolicies",
      ].some((name) => grants(one, name)),
  ),
  role(
    "rbac/escalation",
    "No Role made here gives rights on.",
    ["CIS-EKS 4.1.8"],
    (one) =>
      at(one, "verbs").some((verb) =>
        ["bind", "escalate", "impersonate"].includes(String(verb)),
      ) ||
      ["roles", "rolebindings", "clusterroles", "clusterrolebindings"].some(
        (name) => grants(one, name),
      ),
  ),
  role(
    "rbac/webhooks",
    "No Role made here changes admission.",
    ["CIS-EKS 4.1.11"],
    (one) =>
      ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"].some(
        (name) => grants(one, name),
      ),
  ),
  role(
    "rbac/tokens",
    "No Role made here makes tokens of others.",
    ["CIS-EKS 4.1.12"],
    (one) =>
      grants(one, "serviceaccounts/token") ||
      grants(one, "serviceaccounts", "create", "update", "patch", "delete"),
  ),
  role(
    "rbac/no-wildcard",
    "No Role made here names all verbs, resources or groups at once.",
    ["CIS-EKS 4.1.3"],
    (one) =>
      ["verbs", "resources", "api_groups"].some((what) =>
        at(one, what).includes("*"),
      ),
  ),
  {
    id: "rbac/pods",
    sentence:
      "Pods are made only in a namespace that runs nothing else of its maker.",
    externalIds: ["KSV-0048", "CIS-EKS 4.1.4"],
    types: ["kubernetes_role_v1"],
    ...check(
      "rule",
      (subject, graph) =>
        !at(subject.body, "rule").some((one) =>
          POD_MAKING.some((kind) => grants(one, kind, "create", "update")),
        ) ||
        !ofType(
          graph,
          "kubernetes_deployment_v1",
          "kubernetes_stateful_set_v1",
        ).some((server) => namespaceOf(server) === namespaceOf(subject)),
    ),
  },
  {
    id: "rbac/pod-verbs",
    sentence:
      "Who makes pods, by jobs or the like too, changes none; nobody replaces one or removes all, and logs are read only.",
    externalIds: [],
    types: ROLES,
    ...check("rule", ({ body }) => {
      const may = (resource: string, ...verbs: readonly string[]): boolean =>
        at(body, "rule").some((one) => grants(one, resource, ...verbs));
      return !(
        (POD_MAKING.some((kind) => may(kind, "create")) &&
          may("pods", "patch")) ||
        may("pods", "update", "deletecollection") ||
        at(body, "rule").some(
          (one) =>
            grants(one, "pods/log") &&
            at(one, "verbs").some((verb) => verb !== "get"),
        )
      );
    }),
  },
  {
    id: "rbac/no-cluster-role",
    sentence: "No right of ours reaches beyond a namespace.",
    externalIds: ["CIS-EKS 4.1.1"],
    types: ["kubernetes_cluster_role_v1", "kubernetes_cluster_role_binding_v1"],
    ...never(),
  },
  {
    id: "rbac/bound-role",
    sentence:
      "A binding gives one service account, of any namespace made here, a role of ours in the binding's namespace.",
    externalIds: ["CKV_K8S_42", "CIS-EKS 4.1.5"],
    types: ["kubernetes_role_binding_v1"],
    ...check(["role_ref", "subject"], (subject, graph) => {
      const named = ofType(graph, "kubernetes_role_v1").some(
        (one) =>
          namespaceOf(one) === namespaceOf(subject) &&
          nameOf(one) === first(subject.body, "role_ref.name"),
      );
      const accounts = at(subject.body, "subject");
      return (
        named &&
        first(subject.body, "role_ref.kind") === "Role" &&
        accounts.length === 1 &&
        accounts.every(
          (one) =>
            first(one, "kind") === "ServiceAccount" && isAccount(one, graph),
        )
      );
    }),
  },
  {
    id: "rbac/account-without-token",
    sentence:
      "A service account gives no token to pods that do not ask for it; it is not the default one.",
    externalIds: ["CKV_K8S_41", "CIS-EKS 4.1.6"],
    types: ["kubernetes_service_account_v1"],
    ...all(
      oneOf("automount_service_account_token", false),
      check("metadata.name", (subject) => nameOf(subject) !== "default"),
    ),
  },
  {
    id: "rbac/no-token-secret",
    sentence: "No token is kept that never ends.",
    externalIds: ["CIS-EKS 4.1.6"],
    types: ["kubernetes_secret_v1"],
    ...check(
      "type",
      ({ body }) => body.type !== "kubernetes.io/service-account-token",
    ),
  },
];

function role(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  breaks: (rule: unknown) => boolean,
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: ROLES,
    ...check("rule", ({ body }) =>
      at(body, "rule").every((one) => !breaks(one)),
    ),
  };
}

/** Whether a rule gives some verbs, or any, on a resource. */
function grants(
  rule: unknown,
  resource: string,
  ...verbs: readonly string[]
): boolean {
  const given = at(rule, "verbs").map(String);
  return (
    at(rule, "resources").some((one) => one === resource || one === "*") &&
    (verbs.length === 0 ||
      verbs.some((verb) => given.includes(verb) || given.includes("*")))
  );
}

const isAccount = (one: unknown, graph: Graph): boolean =>
  ofType(graph, "kubernetes_service_account_v1").some(
    (account) =>
      nameOf(account) === first(one, "name") &&
      namespaceOf(account) === first(one, "namespace"),
  );
