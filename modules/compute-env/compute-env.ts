import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type Construct } from "constructs";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { systemNodes } from "../core/cluster/node-labels";
import {
  REGISTRY_LOGINS,
  type RegistryLogin,
  createPullSecret,
} from "../core/registries";
import { type Dependencies, createAll } from "../kubernetes/create-all";
import { fusePlugin } from "../kubernetes/fuse-plugin";
import { createLocalChart } from "../kubernetes/local-chart";
import { createNamespaceCleanup } from "../kubernetes/namespace-cleanup";
import { denyAll } from "../kubernetes/network-policy";
import { createSharedVolume } from "../kubernetes/shared-volume";
import { hasFusePlugin } from "./facts";
import { type Launcher, createLauncher } from "./launcher";
import { CLEANUP, FUSE_NAMESPACE, LAUNCHER_TOKEN } from "./names";
import { networkPolicies } from "./network-policies";
import { createComputeNodes, nodeSelectorOf, tolerationsOf } from "./nodes";
import {
  accounts,
  defaultAccount,
  disruptionBudget,
  fuseNamespace,
  imagePullSecret,
  labelsOf,
  launcherBindings,
  launcherRole,
  limits,
  pipelineNamespace,
  quota,
} from "./objects";
import { createScratch } from "./scratch";
import { type Scratch } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";
import { storageObjects } from "./storage-objects";

/** What the compute environment stands on. */
export interface ComputeEnvProps {
  readonly settings: ComputeEnvSettings;
  readonly network: NetworkOutputs;
  readonly identity: IdentityOutputs;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
}

/** What was made, as far as people need it. */
export interface ComputeEnv {
  readonly scratch: Scratch;
  readonly launcher: Launcher;
}

/**
 * Creates everything of the compute environment. A destroy goes the other way: first the ways in of Platform and of head pods,
 * then the quota, then what runs, and only then claim, volume, nodes and namespace.
 */
export function createComputeEnv(
  scope: Construct,
  { settings, network, identity, registryLogins }: ComputeEnvProps,
): ComputeEnv {
  const { computeEnv } = settings;
  const nodes = createComputeNodes(scope, { settings, network });
  const running = nodes.resource ? [nodes.resource] : [];
  const scratch = createScratch(scope, {
    settings,
    network,
    identity,
    nodeSecurityGroupId: nodes.securityGroupId,
  });
  const namespace = new NamespaceV1(
    scope,
    // `namespace` is an output.
    "pipelines-namespace",
    pipelineNamespace(settings),
  );
  const ofPods: Dependencies = [
    ...running,
    ...scratch.dependsOn,
    ...createLimits(scope, settings, registryLogins, namespace),
    // A claim goes with its last pod, which a node has to end and unmount.
    ...createClaim(scope, settings, namespace, scratch.volumeHandle, [
      ...scratch.dependsOn,
      ...running,
    ]),
    ...createAdmissionPolicy(scope, settings, namespace),
    ...(hasFusePlugin(settings)
      ? createFusePlugin(scope, settings, registryLogins)
      : []),
  ];
  const accountsOf = createAccounts(scope, settings, scratch, namespace);
  const role = new RoleV1(scope, "launcher-role", {
    ...launcherRole(settings),
    dependsOn: [namespace],
  });
  const cleanup = createNamespaceCleanup(scope, "namespace-cleanup", {
    namespace: computeEnv.namespace,
    name: CLEANUP,
    labels: labelsOf(CLEANUP),
    image: computeEnv.images.cleanup,
    nodeSelector: systemNodes(settings),
    imagePullSecret: imagePullSecret(settings),
    dependsOn: [namespace, ...ofPods, ...accountsOf, role],
  });
  // A full quota would refuse the pod of the clean-up.
  const capped = new ResourceQuotaV1(scope, "quota", {
    ...quota(settings),
    dependsOn: [cleanup],
  });
  return {
    scratch,
    launcher: createAccess(scope, { settings, network, scratch }, [capped]),
  };
}

/** What holds for every pod: network policies, requests, no eviction, logins of registries. */
function createLimits(
  scope: Construct,
  settings: ComputeEnvSettings,
  logins: readonly RegistryLogin[],
  namespace: NamespaceV1,
): Dependencies {
  const dependsOn = [namespace];
  const budget = disruptionBudget(settings);
  const pullSecret = createPullSecret(scope, "registry-logins", logins, {
    namespace: settings.computeEnv.namespace,
    labels: labelsOf("registries"),
    dependsOn,
  });
  return [
    ...createAll(
      scope,
      "network-policy",
      NetworkPolicyV1,
      networkPolicies(settings),
      () => dependsOn,
    ),
    new LimitRangeV1(scope, "limits", { ...limits(settings), dependsOn }),
    ...(budget === undefined
      ? []
      : [
          new PodDisruptionBudgetV1(scope, "disruption-budget", {
            ...budget,
            dependsOn,
          }),
        ]),
    ...(pullSecret ? [pullSecret.resource] : []),
  ];
}

/** What Pod Security does not look at, where it is asked for; the Kubernetes provider has no type for it. */
function createAdmissionPolicy(
  scope: Construct,
  { computeEnv }: ComputeEnvSettings,
  namespace: NamespaceV1,
): Dependencies {
  const { headServiceAccount, computeServiceAccount, storage } = computeEnv;
  if (!computeEnv.admissionPolicy) return [];
  return [
    createLocalChart(scope, "pod-admission-policy", {
      chart: "pod-admission-policy",
      namespace: computeEnv.namespace,
      values: {
        serviceAccounts: [headServiceAccount, computeServiceAccount, CLEANUP],
        closedSecrets: [REGISTRY_LOGINS, LAUNCHER_TOKEN],
        privileged: storage.kind === "fusion" && storage.fuse === "privileged",
      },
      dependsOn: [namespace],
    }),
  ];
}

/** The claim of the work files, where it is made here. */
function createClaim(
  scope: Construct,
  settings: ComputeEnvSettings,
  namespace: NamespaceV1,
  volumeHandle: string | undefined,
  dependsOn: Dependencies,
): Dependencies {
  const storage = storageObjects(settings, volumeHandle);
  return storage === undefined
    ? []
    : [createSharedVolume(scope, { ...storage, namespace, dependsOn })];
}

/** The device plugin, in a namespace of its own: what mounts a folder of the node needs Pod Security `privileged`. */
function createFusePlugin(
  scope: Construct,
  settings: ComputeEnvSettings,
  logins: readonly RegistryLogin[],
): Dependencies {
  const labels = labelsOf("fuse-plugin");
  const namespace = new NamespaceV1(scope, "fuse-namespace", fuseNamespace);
  const policy = new NetworkPolicyV1(scope, "fuse-network-policy", {
    ...denyAll("tower-fuse-default-deny", FUSE_NAMESPACE),
    dependsOn: [namespace],
  });
  const pullSecret = createPullSecret(scope, "fuse-registry-logins", logins, {
    namespace: FUSE_NAMESPACE,
    labels,
    dependsOn: [namespace],
  });
  return [
    new DaemonSetV1(scope, "fuse-plugin", {
      ...fusePlugin({
        namespace: FUSE_NAMESPACE,
        labels,
        image: settings.computeEnv.images.fusePlugin,
        imagePullSecrets: imagePullSecret(settings),
        nodeSelector: nodeSelectorOf(settings),
        tolerations: tolerationsOf(settings),
      }),
      dependsOn: [policy, ...(pullSecret ? [pullSecret.resource] : [])],
    }),
  ];
}

/** The accounts, and the token of the head account that does not expire, where it is asked for. */
function createAccounts(
  scope: Construct,
  settings: ComputeEnvSettings,
  { fusionRoleArn }: Scratch,
  namespace: NamespaceV1,
): Dependencies {
  const dependsOn = [namespace];
  const { head, compute } = accounts(settings, fusionRoleArn);
  const all = [
    new DefaultServiceAccountV1(scope, "default-account", {
      ...defaultAccount(settings),
      dependsOn,
    }),
    new ServiceAccountV1(scope, "head-account", { ...head, dependsOn }),
    new ServiceAccountV1(scope, "compute-account", { ...compute, dependsOn }),
  ];
  if (!settings.computeEnv.serviceAccountToken) return all;
  const token = createLocalChart(scope, "launcher-token", {
    chart: "service-account-token",
    namespace: settings.computeEnv.namespace,
    values: {
      name: LAUNCHER_TOKEN,
      serviceAccount: settings.computeEnv.headServiceAccount,
    },
    dependsOn: all,
  });
  return [...all, token];
}

/** Who may launch, from inside and from outside: the last to come, and the first to go. */
function createAccess(
  scope: Construct,
  inputs: Omit<Parameters<typeof createLauncher>[1], "dependsOn">,
  dependsOn: Dependencies,
): Launcher {
  const { head, user } = launcherBindings(inputs.settings);
  new RoleBindingV1(scope, "launcher-role-binding", {
    ...head,
    dependsOn: [...dependsOn],
  });
  new RoleBindingV1(scope, "launcher-user-binding", {
    ...user,
    dependsOn: [...dependsOn],
  });
  return createLauncher(scope, { ...inputs, dependsOn });
}
