import { type RoleBindingV1Config } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import {
  type RoleV1Config,
  type RoleV1Rule,
} from "@cdktf/provider-kubernetes/lib/role-v1";
import { type WaveEnvironment } from "../release/release";
import { WAVE_SERVICE_ACCOUNT } from "./kubernetes-names";
import { roleBindingOf } from "../../kubernetes/role-binding";
import { WAVE_APP, labelsOf } from "./labels";

const ROLE = "wave-role";
const ROLE_BINDING = "wave-rolebind";

/** All calls of a line but one: classic makes pods, current makes Jobs and looks for their pods. */
const RULES = {
  classic: [allow("", "pods", "create", "get", "delete")],
  current: [
    allow("batch", "jobs", "create", "get", "delete"),
    allow("", "pods", "get", "list", "delete"),
  ],
};

/**
 * What Wave may do in the cluster: run builds and read their logs, in the build namespace only. A
 * ClusterRole with `pods/exec`, as in the upstream manifests, would own the cluster.
 */
export function buildRole(settings: WaveEnvironment): {
  roles: Record<string, RoleV1Config>;
  roleBindings: Record<string, RoleBindingV1Config>;
} {
  const { wave } = settings;
  const metadata = {
    namespace: wave.buildNamespace,
    labels: labelsOf(WAVE_APP, "server"),
  };
  return {
    roles: {
      [ROLE]: {
        metadata: { name: ROLE, ...metadata },
        rule: [
          ...RULES[settings.release.isClassic ? "classic" : "current"],
          allow("", "pods/log", "get"),
        ],
      },
    },
    roleBindings: {
      [ROLE_BINDING]: roleBindingOf({ name: ROLE_BINDING, ...metadata }, ROLE, [
        {
          kind: "ServiceAccount",
          name: WAVE_SERVICE_ACCOUNT,
          namespace: wave.namespace,
        },
      ]),
    },
  };
}

function allow(
  group: string,
  resource: string,
  ...verbs: string[]
): RoleV1Rule {
  return { apiGroups: [group], resources: [resource], verbs };
}
