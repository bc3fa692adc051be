import { subnetsOf } from "../lib/subnets";
import { type CoreSettings } from "./settings/schema";

/**
 * Ranges of the environment's network as literals, so that policies and the audit show addresses and not references.
 * They never cross between stacks as outputs: each stack gets them as props.
 */
export interface NetworkFacts {
  /** Ranges of the VPC. */
  readonly vpcCidrs: readonly string[];
  /** Range of the private subnet of each zone letter. */
  readonly privateCidrs: Readonly<Record<string, string>>;
  /** Range of the public subnet of each zone letter. */
  readonly publicCidrs: Readonly<Record<string, string>>;
  /** Range of the Kubernetes services. */
  readonly serviceCidr: string;
  /** Whether interface endpoints of AWS services answer in the private subnets. */
  readonly hasInterfaceEndpoints: boolean;
}

/** The ranges of a network that the settings describe. */
export function networkFactsOf({
  cluster,
  network,
}: CoreSettings): NetworkFacts {
  const zones = Object.entries(subnetsOf(network.cidr, network.zones));
  return {
    vpcCidrs: [network.cidr],
    privateCidrs: Object.fromEntries(
      zones.map(([zone, subnets]) => [zone, subnets.private]),
    ),
    publicCidrs: Object.fromEntries(
      zones.map(([zone, subnets]) => [zone, subnets.public]),
    ),
    serviceCidr: cluster.serviceCidr,
    hasInterfaceEndpoints: network.interfaceEndpoints.length > 0,
  };
}
