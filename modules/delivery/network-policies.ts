import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { networkFactsOf } from "../core/network-facts";
import { proxyPorts } from "../core/proxy";
import {
  apiEgress,
  denyAll,
  dnsEgress,
  ranges,
  tcp,
  webEgress,
} from "../kubernetes/network-policy";
import {
  DELIVERY_LABEL,
  FLUX_NAMESPACE,
  INGRESS_NAMESPACE,
  labelsOf,
} from "./names";
import {
  type DeliverySettings,
  type FluxSettings,
  type ServiceSettings,
} from "./settings/schema";

/** Port of the Redis of the stores. */
const REDIS_PORT = 6379;

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
  const namespacesWith = (matchLabels: Record<string, string>) => ({
    namespaceSelector: { matchLabels },
  });
  const services = namespacesWith(DELIVERY_LABEL);
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
              ...(ingress.class === "nginx"
                ? [
                    namespacesWith({
                      "kubernetes.io/metadata.name": INGRESS_NAMESPACE,
                    }),
                  ]
                : // The load balancer sends from the subnets it stands in.
                  ranges(
                    Object.values(
                      ingress.scheme === "internal"
                        ? network.privateCidrs
                        : network.publicCidrs,
                    ),
                  )),
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

/** CoreDNS, also where it is no pod of the cluster, as on nodes of EKS Auto Mode. */
const namesEgress = (serviceCidr: string): NetworkPolicyV1SpecEgress[] => [
  dnsEgress,
  { to: ranges([serviceCidr]), ports: dnsEgress.ports },
];

/**
 * The namespace of Flux, keyed by name: in place of the chart's policies, which come after its first job and let every
 * namespace in. Out go Git, registries and the Kubernetes API, and among themselves what the source-controller serves.
 */
export function fluxPolicies(
  settings: DeliverySettings,
  { url }: Pick<FluxSettings, "url">,
): Record<string, NetworkPolicyV1Config> {
  const network = networkFactsOf(settings);
  const { protocol, port } = new URL(url);
  const git = port === "" ? (protocol === "ssh:" ? 22 : 443) : Number(port);
  const ports = [...new Set([443, git, ...proxyPorts(settings)])];
  const among = { podSelector: {} };
  const served = [tcp(SOURCE_PORT)];
  return {
    "default-deny": denyAll("default-deny", FLUX_NAMESPACE),
    flux: {
      metadata: {
        name: "flux",
        namespace: FLUX_NAMESPACE,
        labels: labelsOf("flux"),
      },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [among], ports: served }],
        egress: [
          ...namesEgress(network.serviceCidr),
          { to: [among], ports: served },
          apiEgress(network),
          webEgress(ports),
        ],
      },
    },
  };
}
