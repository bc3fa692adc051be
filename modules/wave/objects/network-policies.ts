import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type DataOutputs } from "../../contracts/data";
import { subnetsOf } from "../../lib/subnets";
import { type WaveSettings } from "../settings/schema";
import { dnsEgress, podEgress, tcp, webEgress } from "./egress";
import { WAVE, WAVE_PORT } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { hasBuilds, isClassic } from "../release/line";
import { SURREAL_LABELS, SURREAL_PORT } from "./surrealdb";

/** Registries and package servers still answer on port 80 too. */
const WEB = [80, 443];

/** Label of a namespace whose pods may read Wave's metrics, with `wave.metrics`. */
const METRICS_READER = { "wave/metrics": "read" };

/** Every namespace closed, and then what Wave and its builds need (K8S-21, K8S-23, DEC-31); keyed by name. */
export function networkPolicies(
  settings: WaveSettings,
  data: DataOutputs,
): Record<string, NetworkPolicyV1Config> {
  const { namespace, buildNamespace } = settings.wave;
  if (!hasBuilds(settings))
    return {
      "wave-default-deny": denyAll("wave-default-deny", namespace),
      [WAVE]: serverPolicy(settings, data),
    };
  return {
    "wave-default-deny": denyAll("wave-default-deny", namespace),
    "wave-build-default-deny": denyAll(
      "wave-build-default-deny",
      buildNamespace,
    ),
    [WAVE]: serverPolicy(settings, data),
    "wave-build": buildPolicy(settings),
  };
}

function denyAll(name: string, namespace: string): NetworkPolicyV1Config {
  return {
    metadata: { name, namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/**
 * In: the load balancer, and who reads metrics. Out: DNS, the web (registries, Platform, AWS, and the Kubernetes API,
 * whose addresses answer on 443 too), Redis and the database; not the node's credentials.
 */
function serverPolicy(
  settings: WaveSettings,
  data: DataOutputs,
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
          from: [...ranges(loadBalancerSubnets(settings)), ...metricsReaders],
          ports: [tcp(WAVE_PORT)],
        },
      ],
      egress: [dnsEgress, webEgress(WEB), ...storeEgress(settings, data)],
    },
  };
}

/** Redis and PostgreSQL answer in the private subnets, SurrealDB in the cluster. */
function storeEgress(
  settings: WaveSettings,
  { postgresPort, redisPort }: DataOutputs,
): NetworkPolicyV1SpecEgress[] {
  const to = ranges(privateSubnets(settings));
  return isClassic(settings)
    ? [{ to, ports: [tcp(redisPort)] }, podEgress(SURREAL_LABELS, SURREAL_PORT)]
    : [{ to, ports: [tcp(redisPort), tcp(postgresPort)] }];
}

/**
 * Builds run what users write: out to the web, but to nothing of ours, the Kubernetes API included (HARD-15). The
 * policy selects every pod of the namespace, because Wave chooses the labels. The file system is mounted by the node.
 */
function buildPolicy(settings: WaveSettings): NetworkPolicyV1Config {
  const { cluster, network, wave } = settings;
  const egress = [
    dnsEgress,
    webEgress(WEB, [network.cidr, cluster.serviceCidr]),
  ];
  // ECR, STS and S3 may be inside: their endpoints answer in the private subnets.
  if (network.interfaceEndpoints.length > 0)
    egress.push({ to: ranges(privateSubnets(settings)), ports: [tcp(443)] });
  return {
    metadata: {
      name: "wave-build",
      namespace: wave.buildNamespace,
      labels: labelsOf(WAVE_APP, "build"),
    },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], egress },
  };
}

/** The load balancer sends from its own subnets (ING-11, ING-14). */
const loadBalancerSubnets = (settings: WaveSettings): string[] =>
  settings.wave.ingress.scheme === "internal"
    ? privateSubnets(settings)
    : zonesOf(settings).map((zone) => zone.public);

const privateSubnets = (settings: WaveSettings): string[] =>
  zonesOf(settings).map((zone) => zone.private);

const zonesOf = ({ network }: WaveSettings) =>
  Object.values(subnetsOf(network.cidr, network.zones));

const ranges = (cidrs: readonly string[]) =>
  cidrs.map((cidr) => ({ ipBlock: { cidr } }));
