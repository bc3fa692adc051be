import { type Release } from "@cdktf/provider-helm/lib/release";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Construct } from "constructs";
import { systemNodes } from "../../core/cluster/node-labels";
import { isCreatedCluster } from "../../core/kinds";
import { type NetworkFacts } from "../../core/network-facts";
import { createLocalChart } from "../../kubernetes/local-chart";
import { type WaveEnvironment } from "../release/release";
import { BUILD_SWEEP_NAME } from "./build-sweep";
import { type Dependencies } from "../../kubernetes/create-all";
import { apiEgress } from "../../kubernetes/network-policy";
import { roleBindingOf } from "../../kubernetes/role-binding";
import { labelsOf } from "./labels";
import { type WaveInputs, type WaveParts } from "./objects";

/** Name of the objects that let the cleanup before a destroy work on the current line. */
export const BUILD_CLEANUP_NAME = "wave-build-cleanup";

const labels = labelsOf(BUILD_CLEANUP_NAME, "build");

/**
 * Account, Role and policy of the cleanup before a destroy. The classic line uses those of its sweep; here Wave removes
 * old Jobs itself, so that nothing else needs them.
 */
export function buildCleanupObjects(
  settings: WaveEnvironment,
  { network }: Pick<WaveInputs, "network">,
): Pick<
  WaveParts,
  "serviceAccounts" | "roles" | "roleBindings" | "networkPolicies"
> {
  const metadata = {
    name: BUILD_CLEANUP_NAME,
    namespace: settings.wave.buildNamespace,
    labels,
  };
  const verbs = ["list", "delete"];
  return {
    serviceAccounts: {
      [BUILD_CLEANUP_NAME]: { metadata, automountServiceAccountToken: false },
    },
    roles: {
      [BUILD_CLEANUP_NAME]: {
        metadata,
        rule: [
          { apiGroups: ["batch"], resources: ["jobs"], verbs },
          { apiGroups: [""], resources: ["pods"], verbs },
        ],
      },
    },
    roleBindings: {
      [BUILD_CLEANUP_NAME]: roleBindingOf(metadata, BUILD_CLEANUP_NAME, [
        {
          kind: "ServiceAccount",
          name: BUILD_CLEANUP_NAME,
          namespace: metadata.namespace,
        },
      ]),
    },
    networkPolicies: { [BUILD_CLEANUP_NAME]: networkPolicy(settings, network) },
  };
}

function networkPolicy(
  settings: WaveEnvironment,
  network: NetworkFacts,
): NetworkPolicyV1Config {
  return {
    metadata: {
      name: BUILD_CLEANUP_NAME,
      namespace: settings.wave.buildNamespace,
      labels,
    },
    spec: {
      podSelector: { matchLabels: { app: BUILD_CLEANUP_NAME } },
      policyTypes: ["Ingress", "Egress"],
      egress: [apiEgress(network)],
    },
  };
}

/** What each line leaves: pods that nobody owns, or Jobs that would make their pods anew. */
const LINES = {
  classic: { chart: "build-cleanup", kinds: "pods", app: BUILD_SWEEP_NAME },
  current: {
    chart: "build-job-cleanup",
    kinds: "jobs,pods",
    app: BUILD_CLEANUP_NAME,
  },
};

/**
 * Removes the build pods when the stack is destroyed. Wave's pods are nobody's: one that is left, even a failed one,
 * would hold the claim of the build folder and with it the destroy for twenty minutes.
 *
 * @param dependsOn Everything of the build namespace: the release is uninstalled before it. Wave itself depends on the
 *   release, so that it is gone by then.
 */
export function createBuildCleanup(
  scope: Construct,
  settings: WaveEnvironment,
  dependsOn: Dependencies,
): Release {
  const { wave } = settings;
  const { chart, kinds, app } =
    LINES[settings.release.isClassic ? "classic" : "current"];
  const values = { image: wave.images.sweep, serviceAccount: app, app };
  return createLocalChart(scope, "build-cleanup", {
    // The charts of the lines choose the nodes of a cluster that is made here. Another chart would roll releases that run.
    ...(isCreatedCluster(settings)
      ? { chart, values }
      : {
          chart: "namespace-cleanup",
          values: { ...values, kinds, nodeSelector: systemNodes(settings) },
        }),
    namespace: wave.buildNamespace,
    dependsOn,
  });
}
