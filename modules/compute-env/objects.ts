import { type DefaultServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { type LimitRangeV1Config } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { type NamespaceV1Config } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type ResourceQuotaV1Config } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { type RoleBindingV1Config } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { type RoleV1Config } from "@cdktf/provider-kubernetes/lib/role-v1";
import { type ServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ROLE_ANNOTATION } from "../aws/iam/role-trust";
import { autoscalerOf } from "../core/cluster/autoscaled-groups";
import { REGISTRY_LOGINS } from "../core/registries";
import { nothingMoves } from "../kubernetes/disruption-budget";
import { objectLabels } from "../kubernetes/labels";
import { namespaceOf } from "../kubernetes/namespace";
import { roleBindingOf } from "../kubernetes/role-binding";
import {
  FUSE_NAMESPACE,
  LAUNCHER_GROUP,
  LAUNCHER_ROLE,
  LAUNCHER_ROLE_BINDING,
  LAUNCHER_USER_BINDING,
} from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** Labels of the objects of the compute environment. */
export const labelsOf = (component: string) =>
  objectLabels({ app: component, component, partOf: "compute-env" });

/** Name and namespace of an object in the namespace of the pipelines, with labels. */
export const metadataOf = (
  { computeEnv }: ComputeEnvSettings,
  name: string,
  component: string,
) => ({
  name,
  namespace: computeEnv.namespace,
  labels: labelsOf(component),
});

/**
 * The namespace of the pipelines. Head and task pods as Platform and Nextflow make them pass `baseline` and fail `restricted`;
 * Fusion without the device plugin runs privileged pods.
 */
export function pipelineNamespace(
  settings: ComputeEnvSettings,
): NamespaceV1Config {
  const { namespace, storage } = settings.computeEnv;
  const isPrivileged =
    storage.kind === "fusion" && storage.fuse === "privileged";
  return namespaceOf({
    name: namespace,
    labels: labelsOf("pipelines"),
    podSecurity: {
      enforce: isPrivileged ? "privileged" : "baseline",
      report: "baseline",
    },
    retain: settings.retain,
  });
}

/** The namespace of the device plugin. That of the pipelines guards the stack; this one may go with a change of the storage. */
export const fuseNamespace: NamespaceV1Config = namespaceOf({
  name: FUSE_NAMESPACE,
  labels: labelsOf("fuse-plugin"),
  podSecurity: { enforce: "privileged", report: "privileged" },
  retain: false,
});

/** Logins that pods of an account pull with: those that Nextflow makes name an account, and no Secret. */
export const imagePullSecret = ({ registries = [] }: ComputeEnvSettings) =>
  registries.length === 0 ? undefined : [{ name: REGISTRY_LOGINS }];

/** The account that pods get who name none: no token, so that it is worth nothing. */
export const defaultAccount = (
  settings: ComputeEnvSettings,
): DefaultServiceAccountV1Config => ({
  metadata: { name: "default", namespace: settings.computeEnv.namespace },
  automountServiceAccountToken: false,
  imagePullSecret: imagePullSecret(settings),
});

/**
 * Accounts of head pods and of tasks. Nextflow finds the Kubernetes API by the token in its pod; tasks run what users
 * write, and get none. The token for the role in AWS is another volume, and comes all the same.
 *
 * @param roleArn Role in AWS of both. Unset: none.
 */
export function accounts(
  settings: ComputeEnvSettings,
  roleArn: string | undefined,
): Record<"head" | "compute", ServiceAccountV1Config> {
  const { headServiceAccount, computeServiceAccount } = settings.computeEnv;
  const account = (name: string, component: string, hasToken: boolean) => ({
    metadata: {
      ...metadataOf(settings, name, component),
      annotations:
        roleArn === undefined ? undefined : { [ROLE_ANNOTATION]: roleArn },
    },
    automountServiceAccountToken: hasToken,
    imagePullSecret: imagePullSecret(settings),
  });
  return {
    head: account(headServiceAccount, "head", true),
    compute: account(computeServiceAccount, "task", false),
  };
}

const VERBS = ["get", "list", "watch", "create", "delete"];

/**
 * What Platform and Nextflow may do: the rules of Seqera's `tower-launcher.yml`, in this namespace only.
 * Nextflow itself makes Jobs or pods, reads their logs, makes ConfigMaps and reads claims; `pods/exec`, Deployments and the
 * making of claims are Platform's.
 */
export const launcherRole = (settings: ComputeEnvSettings): RoleV1Config => ({
  metadata: metadataOf(settings, LAUNCHER_ROLE, "launcher"),
  rule: [
    {
      apiGroups: [""],
      resources: [
        ...["pods", "pods/status", "pods/log", "pods/exec"],
        ...["persistentvolumeclaims", "configmaps"],
      ],
      verbs: VERBS,
    },
    { apiGroups: ["apps"], resources: ["deployments"], verbs: VERBS },
    {
      apiGroups: ["batch"],
      resources: ["jobs", "jobs/status", "jobs/log"],
      verbs: VERBS,
    },
  ],
});

/** Who launches: the head account, and from outside the group of the access entry, and users that the settings name. */
export function launcherBindings(
  settings: ComputeEnvSettings,
): Record<"head" | "user", RoleBindingV1Config> {
  const { namespace, headServiceAccount, launcher, extraUserSubjects } =
    settings.computeEnv;
  const users =
    launcher.kind === "none" || launcher.compatUsername === undefined
      ? extraUserSubjects
      : [launcher.compatUsername, ...extraUserSubjects];
  const apiGroup = "rbac.authorization.k8s.io";
  const bind = (name: string, subject: RoleBindingV1Config["subject"]) =>
    roleBindingOf(
      metadataOf(settings, name, "launcher"),
      LAUNCHER_ROLE,
      subject,
    );
  return {
    head: bind(LAUNCHER_ROLE_BINDING, [
      { kind: "ServiceAccount", name: headServiceAccount, namespace },
    ]),
    user: bind(LAUNCHER_USER_BINDING, [
      { kind: "Group", name: LAUNCHER_GROUP, apiGroup },
      ...[...new Set(users)].map((name) => ({ kind: "User", name, apiGroup })),
    ]),
  };
}

/** What all pods together may ask for; nobody makes Services, which could open a load balancer. */
export function quota(settings: ComputeEnvSettings): ResourceQuotaV1Config {
  const { cpu, memory, pods, jobs } = settings.computeEnv.quota;
  return {
    metadata: metadataOf(settings, "tower-quota", "limits"),
    spec: {
      hard: {
        "requests.cpu": cpu,
        "requests.memory": memory,
        pods: String(pods),
        "count/jobs.batch": String(jobs),
        "count/persistentvolumeclaims": "2",
        services: "0",
        "services.loadbalancers": "0",
      },
    },
  };
}

/** Requests of containers that name none: the quota refuses pods without. No limit: Nextflow sets memory itself. */
export function limits(settings: ComputeEnvSettings): LimitRangeV1Config {
  const { cpu, memory } = settings.computeEnv.defaults;
  return {
    metadata: metadataOf(settings, "tower-limits", "limits"),
    spec: {
      limit: [{ type: "Container", defaultRequest: { cpu, memory } }],
    },
  };
}

/**
 * Where an autoscaler of ours, or one that is not known, may remove nodes: no pod is moved. A head pod that is evicted ends
 * its pipeline. Undefined where the number of nodes is fixed: there it would only delay updates of the nodes.
 */
export const disruptionBudget = (
  settings: ComputeEnvSettings,
): PodDisruptionBudgetV1Config | undefined =>
  settings.computeEnv.nodes.kind === "nodeGroup" &&
  autoscalerOf(settings) === undefined
    ? undefined
    : nothingMoves(metadataOf(settings, "tower-pods", "limits"));
