import { type RoleBindingV1Config } from "@cdktf/provider-kubernetes/lib/role-binding-v1";

/** Gives a Role of the same namespace, or a ClusterRole, to accounts, groups or users. */
export const roleBindingOf = (
  metadata: RoleBindingV1Config["metadata"],
  role: string,
  subject: RoleBindingV1Config["subject"],
  kind: "Role" | "ClusterRole" = "Role",
): RoleBindingV1Config => ({
  metadata,
  roleRef: {
    apiGroup: "rbac.authorization.k8s.io",
    kind,
    name: role,
  },
  subject,
});
