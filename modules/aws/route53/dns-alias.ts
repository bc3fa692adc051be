import { DataAwsLbHostedZoneId } from "@cdktf/provider-aws/lib/data-aws-lb-hosted-zone-id";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { type Construct } from "constructs";

/** A load balancer as an alias names it. */
export interface AliasTarget {
  /** Its DNS name. */
  readonly dnsName: string;
  /** The zone of such names in the region. */
  readonly zoneId: string;
}

/** A load balancer of this region by its DNS name, as an alias names it. */
export const aliasTarget = (
  scope: Construct,
  id: string,
  loadBalancerType: "application" | "network",
  dnsName: string,
): AliasTarget => ({
  dnsName,
  zoneId: new DataAwsLbHostedZoneId(scope, id, { loadBalancerType }).id,
});

/** Properties of `createDnsAlias`. */
export interface DnsAliasProps {
  /** Hosted zone that holds the name. */
  readonly zoneId: string;
  /** Full host name, such as `wave.example.com`. */
  readonly hostname: string;
  /** Load balancer the name leads to. */
  readonly loadBalancer: AliasTarget;
  /**
   * `AAAA` for a load balancer with IPv6.
   * @default "A"
   */
  readonly type?: "A" | "AAAA";
  /**
   * One of several records of the name: what tells it from the others, and its share of the answers, 0 to 255.
   * @default the only one
   */
  readonly weighted?: {
    readonly setIdentifier: string;
    readonly weight: number;
  };
}

/** Alias record of a load balancer. An existing record is never overwritten: the apply fails. */
export function createDnsAlias(
  scope: Construct,
  id: string,
  { zoneId, hostname, loadBalancer, type = "A", weighted }: DnsAliasProps,
): Route53Record {
  return new Route53Record(scope, id, {
    zoneId,
    name: hostname,
    type,
    setIdentifier: weighted?.setIdentifier,
    weightedRoutingPolicy: weighted && { weight: weighted.weight },
    alias: {
      name: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      evaluateTargetHealth: true,
    },
  });
}
