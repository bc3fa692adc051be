import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { type Construct } from "constructs";

/** Properties of `createDnsAlias`. */
export interface DnsAliasProps {
  /** Hosted zone that holds the name. */
  readonly zoneId: string;
  /** Full host name, such as `wave.example.com`. */
  readonly hostname: string;
  /** Load balancer the name leads to: its DNS name, and the zone of such names in the region. */
  readonly loadBalancer: {
    readonly dnsName: string;
    readonly zoneId: string;
  };
}

/** Alias record of a load balancer. An existing record is never overwritten: the apply fails. */
export function createDnsAlias(
  scope: Construct,
  id: string,
  { zoneId, hostname, loadBalancer }: DnsAliasProps,
): Route53Record {
  return new Route53Record(scope, id, {
    zoneId,
    name: hostname,
    type: "A",
    alias: {
      name: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      evaluateTargetHealth: true,
    },
  });
}
