import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Construct } from "constructs";
import { type CoreSettings } from "../settings/schema";

/**
 * Opens the pods of `kube-system`, which have no policies of their own, as they are in the mode `standard`: CoreDNS, the metrics
 * server and the controllers would otherwise be closed from their next start on. Nothing in that mode.
 */
export const createSystemPolicies = (
  scope: Construct,
  { cluster }: CoreSettings,
): NetworkPolicyV1[] =>
  cluster.kind === "existing" || cluster.networkPolicyMode === "standard"
    ? []
    : [
        new NetworkPolicyV1(scope, "network-policy-kube-system", {
          metadata: { name: "open-in-strict-mode", namespace: "kube-system" },
          spec: {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
            ingress: [{}],
            egress: [{}],
          },
        }),
      ];
