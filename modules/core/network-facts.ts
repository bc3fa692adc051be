import { type ZoneSubnets, subnetsOf } from "../lib/subnets";
import {
  type CreatedNetworkSettings,
  type ExistingNetworkSettings,
  isCreatedNetwork,
} from "./kinds";
import { type CoreSettings } from "./settings/schema";

/**
 * Ranges of the environment's network as literals, so that policies and the audit show addresses and not references.
 * They never cross between stacks as outputs: each stack gets them as props. Those of a VPC that exists stand in the
 * settings, and are compared with AWS at plan.
 */
export interface NetworkFacts {
  /** Ranges of the VPC, those of pods included. */
  readonly vpcCidrs: readonly string[];
  /** Range of the private subnet of each zone letter. */
  readonly privateCidrs: Readonly<Record<string, string>>;
  /** Range of the public subnet of each zone letter. */
  readonly publicCidrs: Readonly<Record<string, string>>;
  /** Range of the Kubernetes services. */
  readonly serviceCidr: string;
  /** Ranges of the subnets in which interface endpoints of AWS services answer. None without them. */
  readonly endpointCidrs: readonly string[];
}

/** The ranges of a network that the settings describe. */
export const networkFactsOf = (settings: CoreSettings): NetworkFacts =>
  isCreatedNetwork(settings)
    ? factsOfCreated(settings)
    : factsOfExisting(settings as ExistingNetworkSettings);

/** Ranges of the subnets that a load balancer stands in, and sends from. */
export const loadBalancerCidrs = (
  { privateCidrs, publicCidrs }: NetworkFacts,
  scheme: "internal" | "internet-facing",
): string[] =>
  Object.values(scheme === "internal" ? privateCidrs : publicCidrs);

/** Ranges of the subnets of one kind, by zone letter, in a VPC that is made here. */
export const subnetRanges = (
  { network: { cidr, zones } }: CreatedNetworkSettings,
  kind: keyof ZoneSubnets,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(subnetsOf(cidr, zones)).map(([zone, subnets]) => [
      zone,
      subnets[kind],
    ]),
  );

function factsOfCreated(settings: CreatedNetworkSettings): NetworkFacts {
  const { cluster, network } = settings;
  const rangesOf = (kind: keyof ZoneSubnets) => subnetRanges(settings, kind);
  return {
    vpcCidrs: [
      network.cidr,
      ...(network.podCidr === undefined ? [] : [network.podCidr]),
    ],
    privateCidrs: rangesOf("private"),
    publicCidrs: network.internet ? rangesOf("public") : {},
    serviceCidr: cluster.serviceCidr,
    endpointCidrs: !network.internet
      ? Object.values(rangesOf("endpoints"))
      : network.interfaceEndpoints.length > 0
        ? Object.values(rangesOf("private"))
        : [],
  };
}

const factsOfExisting = ({
  cluster,
  network,
}: ExistingNetworkSettings): NetworkFacts => ({
  vpcCidrs: network.cidrs,
  privateCidrs: cidrsOf(network.subnets.private),
  publicCidrs: cidrsOf(network.subnets.public),
  serviceCidr: cluster.serviceCidr,
  endpointCidrs: network.endpointCidrs,
});

const cidrsOf = (
  subnets: ExistingNetworkSettings["network"]["subnets"]["private"],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(subnets).map(([zone, { cidr }]) => [zone, cidr]),
  );

/** Zone letters of the private subnets. */
export const zonesOf = ({ network }: CoreSettings): string[] =>
  network.kind === "created"
    ? network.zones
    : Object.keys(network.subnets.private);

/** Zone letters of the public subnets; none where no load balancer can face the internet. */
export const publicZonesOf = ({ network }: CoreSettings): string[] => {
  if (network.kind === "existing") return Object.keys(network.subnets.public);
  return network.internet ? network.zones : [];
};
