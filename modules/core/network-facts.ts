import { type ZoneSubnets, subnetsOf } from "../lib/subnets";
import { type CoreSettings } from "./settings/schema";

/**
 * Ranges of the environment's network as literals, so that policies and the audit show addresses and not references.
 * They never cross between stacks as outputs: each stack gets them as props.
 */
export interface NetworkFacts {
  /** Ranges of the VPC, the second one of pods included. */
  readonly vpcCidrs: readonly string[];
  /** Range of the private subnet of each zone letter. */
  readonly privateCidrs: Readonly<Record<string, string>>;
  /** Range of the public subnet of each zone letter. */
  readonly publicCidrs: Readonly<Record<string, string>>;
  /** Range of the Kubernetes services. */
  readonly serviceCidr: string;
  /** Range of the subnet of each zone letter in which interface endpoints of AWS services answer. None without them. */
  readonly endpointCidrs: Readonly<Record<string, string>>;
}

/** The ranges of a network that the settings describe. */
export function networkFactsOf({
  cluster,
  network,
}: CoreSettings): NetworkFacts {
  const zones = Object.entries(subnetsOf(network.cidr, network.zones));
  const rangesOf = (kind: keyof ZoneSubnets) =>
    Object.fromEntries(zones.map(([zone, subnets]) => [zone, subnets[kind]]));
  return {
    vpcCidrs: [
      network.cidr,
      ...(network.podCidr === undefined ? [] : [network.podCidr]),
    ],
    privateCidrs: rangesOf("private"),
    publicCidrs: network.internet ? rangesOf("public") : {},
    serviceCidr: cluster.serviceCidr,
    endpointCidrs: !network.internet
      ? rangesOf("endpoints")
      : network.interfaceEndpoints.length > 0
        ? rangesOf("private")
        : {},
  };
}
