import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type NetworkFacts } from "../../core/network-facts";
import { type WaveSettings } from "../settings/schema";
import { apiEgress } from "./egress";
import { labelsOf } from "./labels";
import { type WaveInputs, type WaveParts } from "./objects";

/** Name of the objects that let the cleanup before a destroy work on the current line (DEC-15). */
export const BUILD_CLEANUP_NAME = "wave-build-cleanup";

const labels = labelsOf(BUILD_CLEANUP_NAME, "build");

/**
 * Account, Role and policy of the cleanup before a destroy. The classic line uses those of its sweep; here Wave removes
 * old Jobs itself, so that nothing else needs them (K8S-24).
 */
export function buildCleanupObjects(
  settings: WaveSettings,
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
      [BUILD_CLEANUP_NAME]: {
        metadata,
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "Role",
          name: BUILD_CLEANUP_NAME,
        },
        subject: [
          {
            kind: "ServiceAccount",
            name: BUILD_CLEANUP_NAME,
            namespace: metadata.namespace,
          },
        ],
      },
    },
    networkPolicies: { [BUILD_CLEANUP_NAME]: networkPolicy(settings, network) },
  };
}

function networkPolicy(
  settings: WaveSettings,
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
