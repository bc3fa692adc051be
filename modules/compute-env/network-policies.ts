import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { networkFactsOf } from "../core/network-facts";
import { proxyPorts } from "../core/proxy";
import {
  apiEgress,
  denyAll,
  namesEgress,
  ranges,
  tcp,
  webEgress,
} from "../kubernetes/network-policy";
import { metadataOf } from "./objects";
import { type ComputeEnvSettings } from "./settings/schema";

/**
 * The namespace closed, and then what pipelines need; keyed by name. The policies select every pod: Platform and Nextflow
 * choose the labels of theirs. File systems are mounted by the node, and need no rule.
 */
export function networkPolicies(
  settings: ComputeEnvSettings,
): Record<string, NetworkPolicyV1Config> {
  const policy = (name: string, egress: NetworkPolicyV1SpecEgress[]) => ({
    metadata: metadataOf(settings, name, "network"),
    spec: { podSelector: {}, policyTypes: ["Egress"], egress },
  });
  return {
    "tower-default-deny": denyAll(
      "tower-default-deny",
      settings.computeEnv.namespace,
    ),
    "tower-egress": policy("tower-egress", egressRules(settings)),
    // Head pods carry no label of ours. So tasks reach the API's port too; they have no token.
    "tower-api": policy("tower-api", [apiEgress(networkFactsOf(settings))]),
  };
}

/** Names, and the web: never the node's credentials, and nothing of the VPC but what follows. */
function egressRules(
  settings: ComputeEnvSettings,
): NetworkPolicyV1SpecEgress[] {
  const { ports, closeVpc } = settings.computeEnv.egress;
  const { vpcCidrs, serviceCidr, endpointCidrs } = networkFactsOf(settings);
  const rules = namesEgress(serviceCidr);
  // A rule without ports would open all of them.
  if (ports.length > 0)
    rules.push(webEgress(ports, closeVpc ? [...vpcCidrs, serviceCidr] : []));
  // ECR and S3 may be inside: their endpoints answer in subnets of their own, or in the private ones.
  if (endpointCidrs.length > 0)
    rules.push({ to: ranges(endpointCidrs), ports: [tcp(443)] });
  // Its address is a name: so its port is open all over.
  const proxy = proxyPorts(settings);
  if (proxy.length > 0) rules.push(webEgress(proxy));
  return rules;
}
