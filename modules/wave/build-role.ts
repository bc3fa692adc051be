import { type RoleBindingV1Config } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { type RoleV1Config } from "@cdktf/provider-kubernetes/lib/role-v1";
import { type Settings } from "../settings/schema";
import { WAVE_SERVICE_ACCOUNT } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

const ROLE = "wave-role";
const ROLE_BINDING = "wave-rolebind";

/**
 * What Wave may do in the cluster: run build pods and read their logs, in the build namespace only (K8S-04, K8S-05).
 * These are all the calls of this line; a ClusterRole with `pods/exec`, as in the seed, would own the cluster (D-04).
 */
export function buildRole({ wave }: Settings): {
  roles: Record<string, RoleV1Config>;
  roleBindings: Record<string, RoleBindingV1Config>;
} {
  const metadata = {
    namespace: wave.buildNamespace,
    labels: labelsOf(WAVE_APP, "server"),
  };
  return {
    roles: {
      [ROLE]: {
        metadata: { name: ROLE, ...metadata },
        rule: [
          {
            apiGroups: [""],
            resources: ["pods"],
            verbs: ["create", "get", "delete"],
          },
          { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
        ],
      },
    },
    roleBindings: {
      [ROLE_BINDING]: {
        metadata: { name: ROLE_BINDING, ...metadata },
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "Role",
          name: ROLE,
        },
        subject: [
          {
            kind: "ServiceAccount",
            name: WAVE_SERVICE_ACCOUNT,
            namespace: wave.namespace,
          },
        ],
      },
    },
  };
}
