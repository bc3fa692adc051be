import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Fn } from "cdktf";
import { type Construct } from "constructs";
import { type Controllers } from "../core/controllers/controllers";
import { type RegistryLogin, createPullSecret } from "../core/registries";
import { configMap } from "./config/config-map";
import { createBuildCleanup } from "./objects/build-cleanup";
import {
  type Dependencies,
  type NamespaceOf,
  createAll,
} from "../kubernetes/create-all";
import { type WaveAddress, createIngress } from "./objects/ingress";
import { WAVE, WAVE_CONFIG_MAP } from "./objects/kubernetes-names";
import { WAVE_APP, labelsOf } from "./objects/labels";
import { createNamespaces, waveNamespaces } from "./objects/namespaces";
import { type WaveInputs, type WaveObjects } from "./objects/objects";
import { createStorage } from "./objects/storage";
import { SURREAL_NAME } from "./objects/surrealdb";
import { createWaveSecrets } from "./objects/wave-secrets";
import { hasBuilds } from "./release/line";
import { withRelease } from "./release/release";
import { type WaveSettings } from "./settings/schema";
import { waveObjects } from "./wave-objects";
import { platformEnv, verifyCommands } from "./smoke-test/commands";

/** What Wave stands on. */
export interface WaveProps extends Pick<
  WaveInputs,
  "data" | "identity" | "network" | "subnets"
> {
  readonly settings: WaveSettings;
  readonly controllers: Controllers;
  /**
   * Logins that images are pulled with.
   * @default none
   */
  readonly registryLogins?: readonly RegistryLogin[];
}

/** How the world reaches Wave, and how an operator proves it. */
export interface WaveOutputs extends WaveAddress {
  /** The smoke test as shell commands. */
  readonly verifyCommands: readonly string[];
  /** Environment of the Seqera Platform that uses this Wave. */
  readonly platformEnv: Readonly<Record<string, string>>;
}

/**
 * Creates what runs of Wave in the cluster, its load balancer and its name. A function and no construct, because a level
 * of its own would change every address in the state. What does not wait for each other is made at the same time.
 */
export function createWave(scope: Construct, props: WaveProps): WaveOutputs {
  const { controllers, data } = props;
  const settings = withRelease(props.settings);
  const namespaces = createNamespaces(
    scope,
    waveNamespaces(settings),
    controllers,
  );
  const namespaceOf: NamespaceOf = ({ metadata: { namespace = "" } }) => {
    const made = namespaces[namespace];
    if (made === undefined)
      throw new Error(`No namespace "${namespace}" is made.`);
    return [made];
  };
  const dependsOn = Object.values(namespaces);
  const secrets = createWaveSecrets(scope, settings, data, dependsOn);
  const pullSecrets = Object.keys(namespaces).map((namespace) =>
    createPullSecret(
      scope,
      `registry-logins-${namespace}`,
      props.registryLogins ?? [],
      { namespace, labels: labelsOf(WAVE_APP, "server"), dependsOn },
    ),
  );
  const config = new ConfigMapV1(scope, WAVE_CONFIG_MAP, {
    ...configMap(settings, props),
    dependsOn,
  });
  const objects = waveObjects(settings, {
    ...props,
    configChecksum: Fn.sha256(Fn.jsonencode(config.data)),
    secretsChecksum: secrets.checksum,
    surrealChecksum: secrets.surrealChecksum,
  });

  const beforePods = [
    ...createStorage(scope, objects, controllers, namespaces),
    ...createPermissions(scope, objects, namespaceOf),
    ...createLimits(scope, objects, namespaceOf),
    ...[...secrets.all, ...pullSecrets].flatMap((one) => one?.resource ?? []),
    config,
  ];
  createAll(scope, "cron-job", CronJobV1, objects.cronJobs, () => beforePods);
  // Wave depends on the cleanup, so that a destroy stops Wave first and then removes the pods of its builds.
  const cleanup = hasBuilds(settings)
    ? [createBuildCleanup(scope, settings, beforePods)]
    : [];
  // Wave does not wait for its database by itself: the store first, and Wave once its Service leads to a ready pod.
  const store =
    SURREAL_NAME in objects.deployments
      ? [createPods(scope, SURREAL_NAME, objects, beforePods)]
      : [];
  const waits = [...beforePods, ...store, ...cleanup];
  const service = createPods(scope, WAVE, objects, waits);
  return {
    ...createIngress(
      scope,
      settings,
      objects.ingress,
      [service, controllers.loadBalancerController].filter(
        (one) => one !== undefined,
      ),
    ),
    verifyCommands: verifyCommands(settings),
    platformEnv: platformEnv(settings),
  };
}

/** Accounts, Roles and their bindings. */
function createPermissions(
  scope: Construct,
  objects: WaveObjects,
  namespaceOf: NamespaceOf,
): Dependencies {
  const accounts = createAll(
    scope,
    "account",
    ServiceAccountV1,
    objects.serviceAccounts,
    namespaceOf,
  );
  const roles = createAll(scope, "role", RoleV1, objects.roles, namespaceOf);
  const bindings = createAll(
    scope,
    "role-binding",
    RoleBindingV1,
    objects.roleBindings,
    () => [...accounts, ...roles],
  );
  return [...accounts, ...bindings];
}

/** What restricts pods: policies, quota and defaults. They stand before the first pod and fall after the last. */
function createLimits(
  scope: Construct,
  objects: WaveObjects,
  namespaceOf: NamespaceOf,
): Dependencies {
  const { networkPolicies, quota, limitRange } = objects;
  const { disruptionBudget, buildDisruptionBudget } = objects;
  const inNamespace = <Config extends Parameters<NamespaceOf>[0]>(
    config: Config,
  ) => ({ ...config, dependsOn: [...namespaceOf(config)] });
  return [
    ...createAll(
      scope,
      "network-policy",
      NetworkPolicyV1,
      networkPolicies,
      namespaceOf,
    ),
    ...(quota === undefined
      ? []
      : [new ResourceQuotaV1(scope, "quota", inNamespace(quota))]),
    ...(limitRange === undefined
      ? []
      : [new LimitRangeV1(scope, "limit-range", inNamespace(limitRange))]),
    new PodDisruptionBudgetV1(
      scope,
      "disruption-budget",
      inNamespace(disruptionBudget),
    ),
    ...(buildDisruptionBudget === undefined
      ? []
      : [
          new PodDisruptionBudgetV1(
            scope,
            "build-disruption-budget",
            inNamespace(buildDisruptionBudget),
          ),
        ]),
  ];
}

/** Deployment and Service of one name; behind the Service, which is returned, the pods are ready. */
function createPods(
  scope: Construct,
  name: string,
  { autoscaler, deployments, services }: WaveObjects,
  dependsOn: Dependencies,
): ServiceV1 {
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
}
