import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1Spec,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { REDIS_PORT } from "../aws/elasticache/redis";
import { loadBalancerCidrs, networkFactsOf } from "../core/network-facts";
import { proxyPorts } from "../core/proxy";
import {
  apiEgress,
  denyAll,
  namesEgress,
  ranges,
  tcp,
  webEgress,
} from "../kubernetes/network-policy";
import { DELIVERY_LABEL, labelsOf } from "./names";
import {
  type DeliverySettings,
  type FluxSettings,
  type ServiceSettings,
} from "./settings/schema";

/** Port of the pods of the source-controller. */
const SOURCE_PORT = 9090;

/**
 * A namespace of a service closed, and then what every pod of it needs; keyed by name. The ports of the service are open
 * in the VPC too: a database, an endpoint of AWS and the Kubernetes API answer there.
 */
export function networkPolicies(
  settings: DeliverySettings,
  { egressPorts }: Pick<ServiceSettings, "egressPorts">,
  namespace: string,
): Record<string, NetworkPolicyV1Config> {
  const { ingress, stores } = settings.delivery;
  const network = networkFactsOf(settings);
  const services = { namespaceSelector: { matchLabels: DELIVERY_LABEL } };
  const ports = [...new Set([...egressPorts, ...proxyPorts(settings)])];
  return {
    "default-deny": denyAll("default-deny", namespace),
    delivery: {
      metadata: { name: "delivery", namespace, labels: labelsOf("network") },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [
              services,
              // NGINX stands in a namespace with the label.
              ...(ingress.class === "nginx"
                ? []
                : ranges(loadBalancerCidrs(network, ingress.scheme))),
            ],
          },
        ],
        egress: [
          ...namesEgress(network.serviceCidr),
          { to: [services] },
          // A rule without ports would open all of them.
          ...(ports.length > 0 ? [webEgress(ports)] : []),
          ...(network.endpointCidrs.length > 0
            ? [{ to: ranges(network.endpointCidrs), ports: [tcp(443)] }]
            : []),
          ...(stores.redis === undefined
            ? []
            : [
                {
                  to: ranges(Object.values(network.privateCidrs)),
                  ports: [tcp(REDIS_PORT)],
                },
              ]),
        ],
      },
    },
  };
}

/**
 * What Flux takes and reaches, in place of the chart's policies, which come after its first job and let every namespace in:
 * Git, registries and the Kubernetes API, and among its controllers what the source-controller serves.
 */
export function fluxTraffic(
  settings: DeliverySettings,
  { url }: Pick<FluxSettings, "url">,
): Pick<NetworkPolicyV1Spec, "ingress" | "egress"> {
  const network = networkFactsOf(settings);
  const { protocol, port } = new URL(url);
  const git = port === "" ? (protocol === "ssh:" ? 22 : 443) : Number(port);
  const among = [{ podSelector: {} }];
  const ports = [tcp(SOURCE_PORT)];
  return {
    ingress: [{ from: among, ports }],
    egress: [
      ...namesEgress(network.serviceCidr),
      { to: among, ports },
      apiEgress(network),
      webEgress([...new Set([443, git, ...proxyPorts(settings)])]),
    ],
  };
}
