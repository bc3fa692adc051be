import { type AccessEntry } from "../aws/services/eks/store";
import { type KubeApi } from "./api";

/** The role of Kubernetes that grants what an access policy of EKS grants. */
const roles: Readonly<Record<string, string>> = {
  AmazonEKSClusterAdminPolicy: "cluster-admin",
  AmazonEKSAdminPolicy: "admin",
  AmazonEKSEditPolicy: "edit",
  AmazonEKSViewPolicy: "view",
};

/** Group that stands for an access policy. EKS has an authorizer of its own for it; the lab binds the group to a role. */
const groupOf = (policy: string): string => `lab:${policy}`;

/** One binding for each policy, for the whole cluster. */
export const policyBindings: readonly object[] = Object.entries(roles).map(
  ([policy, role]) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: `lab-${policy.toLowerCase()}` },
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "ClusterRole",
      name: role,
    },
    subjects: [
      {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "Group",
        name: groupOf(policy),
      },
    ],
  }),
);

export async function bindPolicies(api: KubeApi): Promise<void> {
  const path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
  for (const binding of policyBindings) await api.call("POST", path, binding);
}

/**
 * Groups of whoever enters by an access entry: its own, and one for each policy of the whole cluster. A policy of single
 * namespaces grants nothing here: the lab binds roles in the whole cluster.
 */
export function groupsOf({
  kubernetesGroups,
  policies,
}: Pick<AccessEntry, "kubernetesGroups" | "policies">): string[] {
  const ofCluster = [...policies.values()].filter(
    ({ accessScope }) => accessScope.type === "cluster",
  );
  const names = ofCluster.map(
    ({ policyArn }) => policyArn.split("/").at(-1) ?? "",
  );
  return [
    ...kubernetesGroups,
    ...names.filter((name) => name in roles).map(groupOf),
  ];
}
