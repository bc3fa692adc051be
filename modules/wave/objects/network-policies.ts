import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type NetworkFacts, loadBalancerCidrs } from "../../core/network-facts";
import { proxyPorts } from "../../core/proxy";
import { type WaveEnvironment } from "../release/release";
import {
  denyAll,
  dnsEgress,
  podEgress,
  ranges,
  tcp,
  webEgress,
} from "../../kubernetes/network-policy";
import { WAVE, WAVE_PORT } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { hasBuilds } from "../release/line";
import { type WaveInputs } from "./objects";
import { registryPorts } from "../registry-ports";
import { SURREAL_LABELS, SURREAL_PORT } from "./surrealdb";

/** Registries and package servers still answer on port 80 too. */
const WEB = [80, 443];

/** Label of a namespace whose pods may read Wave's metrics, with `wave.metrics`. */
const METRICS_READER = { "wave/metrics": "read" };

type Inputs = Pick<WaveInputs, "data" | "network">;

/** Every namespace closed, and then what Wave and its builds need; keyed by name. */
export function networkPolicies(
  settings: WaveEnvironment,
  inputs: Inputs,
): Record<string, NetworkPolicyV1Config> {
  const { namespace, buildNamespace } = settings.wave;
  if (!hasBuilds(settings))
    return {
      "wave-default-deny": denyAll("wave-default-deny", namespace),
      [WAVE]: serverPolicy(settings, inputs),
    };
  return {
    "wave-default-deny": denyAll("wave-default-deny", namespace),
    "wave-build-default-deny": denyAll(
      "wave-build-default-deny",
      buildNamespace,
    ),
    [WAVE]: serverPolicy(settings, inputs),
    "wave-build": buildPolicy(settings, inputs.network),
  };
}

/**
 * In: the load balancer, and who reads metrics. Out: DNS, the web (registries, Platform, AWS, and the Kubernetes API,
 * whose addresses answer on 443 too), Redis and the database; not the node's credentials.
 */
function serverPolicy(
  settings: WaveEnvironment,
  inputs: Inputs,
): NetworkPolicyV1Config {
  const { wave } = settings;
  const metricsReaders = wave.metrics
    ? [{ namespaceSelector: { matchLabels: METRICS_READER } }]
    : [];
  return {
    metadata: {
      name: WAVE,
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
    },
    spec: {
      podSelector: { matchLabels: { app: WAVE_APP } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [
            ...ranges(loadBalancerCidrs(inputs.network, wave.ingress.scheme)),
            ...metricsReaders,
          ],
          ports: [tcp(WAVE_PORT)],
        },
      ],
      egress: [
        dnsEgress,
        webEgress(webPorts(settings)),
        ...storeEgress(settings, inputs),
      ],
    },
  };
}

/** Registries, and where Platform and the licence server are by their addresses. */
function webPorts(settings: WaveEnvironment): number[] {
  const { wave } = settings;
  const ports = [wave.platform.apiUrl, wave.licenseServerUrl]
    .filter((url) => url !== undefined)
    .map((url) => Number(new URL(url).port))
    // The usual one of the scheme is written as none.
    .filter((port) => port !== 0);
  return [
    ...new Set([
      ...WEB,
      ...registryPorts(settings),
      ...proxyPorts(settings),
      ...ports,
    ]),
  ];
}

/** Redis and PostgreSQL answer in the private subnets, SurrealDB in the cluster. */
function storeEgress(
  settings: WaveEnvironment,
  { data, network }: Inputs,
): NetworkPolicyV1SpecEgress[] {
  const to = ranges(Object.values(network.privateCidrs));
  return settings.release.isClassic
    ? [
        { to, ports: [tcp(data.redisPort)] },
        podEgress(SURREAL_LABELS, SURREAL_PORT),
      ]
    : [{ to, ports: [tcp(data.redisPort), tcp(data.postgresPort)] }];
}

/**
 * Builds run what users write: out to the web, but to nothing of ours, the Kubernetes API included. The
 * policy selects every pod of the namespace, because Wave chooses the labels. The file system is mounted by the node. From
 * stores and other nodes the security group of the build nodes keeps them too (`NodeSecurityGroup`), whatever comes of a policy.
 */
function buildPolicy(
  settings: WaveEnvironment,
  network: NetworkFacts,
): NetworkPolicyV1Config {
  const { wave } = settings;
  const ports = [...new Set([...WEB, ...registryPorts(settings)])];
  const egress = [
    dnsEgress,
    webEgress(ports, [...network.vpcCidrs, network.serviceCidr]),
  ];
  // ECR and STS may be inside: their endpoints answer in subnets of their own, or in the private ones.
  const endpoints = network.endpointCidrs;
  if (endpoints.length > 0)
    egress.push({ to: ranges(endpoints), ports: [tcp(443)] });
  if (wave.egress.cidrs.length > 0)
    egress.push({ to: ranges(wave.egress.cidrs), ports: ports.map(tcp) });
  return {
    metadata: {
      name: "wave-build",
      namespace: wave.buildNamespace,
      labels: labelsOf(WAVE_APP, "build"),
    },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], egress },
  };
}
