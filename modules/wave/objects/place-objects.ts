import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { PersistentVolumeV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { type Construct } from "constructs";
import { type Controllers } from "../../core/controllers/controllers";
import { type WaveSettings } from "../settings/schema";
import { placeBuildCleanup } from "./build-cleanup";
import { WAVE } from "./kubernetes-names";
import { hasBuilds } from "../release/line";
import { type WaveObjects } from "./objects";
import { type Dependencies, placeKind } from "./place-kind";
import { storageClass } from "./storage";

/** Namespaces, by name. The controllers outlive them: they release load balancer and mounts (DEC-06, CDK-I7). */
export function placeNamespaces(
  scope: Construct,
  namespaces: WaveObjects["namespaces"],
  { efsCsiDriver, loadBalancerController }: Controllers,
): Record<string, NamespaceV1> {
  const controllers =
    efsCsiDriver === undefined
      ? [loadBalancerController]
      : [efsCsiDriver, loadBalancerController];
  return placeKind(
    scope,
    "namespace",
    NamespaceV1,
    namespaces,
    () => controllers,
  );
}

/** What the pods need besides the objects of their own. */
export interface Surroundings {
  readonly controllers: Controllers;
  readonly namespaces: Readonly<Record<string, NamespaceV1>>;
  readonly secrets: Dependencies;
  readonly configMap: ConfigMapV1;
}

/**
 * Places everything of Wave but namespaces, Secrets, ConfigMap and Ingress, in branches as wide as the order allows:
 * Terraform makes them at the same time (LAB-E11).
 *
 * @returns Service of Wave, behind which its pods are ready.
 */
export function placeObjects(
  scope: Construct,
  settings: WaveSettings,
  objects: WaveObjects,
  surroundings: Surroundings,
): ServiceV1 {
  const { configMap, namespaces, secrets } = surroundings;
  const namespaceOf = ({ metadata }: { metadata: { namespace?: string } }) => {
    const namespace = namespaces[metadata.namespace ?? ""];
    if (namespace === undefined)
      throw new Error(`No namespace ${String(metadata.namespace)} is placed.`);
    return [namespace];
  };
  const beforePods = [
    ...placeClaims(scope, objects, surroundings, namespaceOf),
    ...placeRights(scope, objects, namespaceOf),
    ...placeLimits(scope, objects, namespaceOf),
    ...secrets,
    configMap,
  ];
  placeKind(scope, "cron-job", CronJobV1, objects.cronJobs, () => beforePods);
  const cleanup = hasBuilds(settings)
    ? [placeBuildCleanup(scope, settings, beforePods)]
    : [];
  return placePods(scope, objects, beforePods, cleanup);
}

type NamespaceOf = (config: {
  metadata: { namespace?: string };
}) => Dependencies;

/** Claims go after their pods and before their volumes, volumes before the driver (FAIL-06, DEC-06). */
function placeClaims(
  scope: Construct,
  objects: WaveObjects,
  { controllers: { efsCsiDriver } }: Surroundings,
  namespaceOf: NamespaceOf,
): Dependencies {
  if (efsCsiDriver === undefined) return [];
  const ofClass = new StorageClassV1(scope, "storage-class", storageClass);
  const volumes = placeKind(
    scope,
    "volume",
    PersistentVolumeV1,
    objects.volumes,
    () => [ofClass, efsCsiDriver],
  );
  const claims = placeKind(
    scope,
    "claim",
    PersistentVolumeClaimV1,
    objects.claims,
    (claim) => {
      const volume = volumes[claim.spec.volumeName ?? ""];
      return [...namespaceOf(claim), ...(volume === undefined ? [] : [volume])];
    },
  );
  return Object.values(claims);
}

/** Accounts, Roles and their bindings. */
function placeRights(
  scope: Construct,
  objects: WaveObjects,
  namespaceOf: NamespaceOf,
): Dependencies {
  const accounts = placeKind(
    scope,
    "account",
    ServiceAccountV1,
    objects.serviceAccounts,
    namespaceOf,
  );
  const roles = placeKind(scope, "role", RoleV1, objects.roles, namespaceOf);
  const bindings = placeKind(
    scope,
    "role-binding",
    RoleBindingV1,
    objects.roleBindings,
    () => [...Object.values(accounts), ...Object.values(roles)],
  );
  return [...Object.values(accounts), ...Object.values(bindings)];
}

/** What restricts pods: policies, quota and defaults. They stand before the first pod and fall after the last. */
function placeLimits(
  scope: Construct,
  objects: WaveObjects,
  namespaceOf: NamespaceOf,
): Dependencies {
  const { quota, limitRange, disruptionBudget } = objects;
  const policies = placeKind(
    scope,
    "network-policy",
    NetworkPolicyV1,
    objects.networkPolicies,
    namespaceOf,
  );
  return [
    ...Object.values(policies),
    ...(quota === undefined
      ? []
      : [
          new ResourceQuotaV1(scope, "quota", {
            ...quota,
            dependsOn: [...namespaceOf(quota)],
          }),
        ]),
    ...(limitRange === undefined
      ? []
      : [
          new LimitRangeV1(scope, "limit-range", {
            ...limitRange,
            dependsOn: [...namespaceOf(limitRange)],
          }),
        ]),
    new PodDisruptionBudgetV1(scope, "disruption-budget", {
      ...disruptionBudget,
      dependsOn: [...namespaceOf(disruptionBudget)],
    }),
  ];
}

/** Stores first, if there are any, and Wave once their Services lead to ready pods (PRO-01, D-11). */
function placePods(
  scope: Construct,
  { autoscaler, deployments, services }: WaveObjects,
  beforePods: Dependencies,
  buildCleanup: Dependencies,
): ServiceV1 {
  const place = (name: string, dependsOn: Dependencies): ServiceV1 => {
    const [deployment, service] = [deployments[name], services[name]];
    if (deployment === undefined || service === undefined)
      throw new Error(`${name} needs a Deployment and a Service.`);
    const pods = new DeploymentV1(scope, `deployment-${name}`, {
      ...deployment,
      dependsOn: [...dependsOn],
    });
    if (name === WAVE && autoscaler !== undefined)
      new HorizontalPodAutoscalerV2(scope, "autoscaler", {
        ...autoscaler,
        dependsOn: [pods],
      });
    return new ServiceV1(scope, `service-${name}`, {
      ...service,
      dependsOn: [pods],
    });
  };
  const stores = Object.keys(deployments)
    .filter((name) => name !== WAVE)
    .map((name) => place(name, beforePods));
  return place(WAVE, [...beforePods, ...stores, ...buildCleanup]);
}
