import { type Construct } from "constructs";
import { type AliasTarget, createDnsAlias } from "../aws/route53/dns-alias";
import { recordSetId, zoneIdOf } from "./names";
import { type DeliverySettings } from "./settings/schema";

/** Zone that holds the domain. Who writes to it needs one, which rules ask for. */
export function hostedZoneOf(settings: DeliverySettings): string {
  const zoneId = zoneIdOf(settings);
  if (zoneId === undefined) throw new Error("Records need a hosted zone.");
  return zoneId;
}

/** Records of the domain and of every name below it. Their weights share it with other clusters, and move it without a gap. */
export function createRecords(
  scope: Construct,
  inputs: {
    readonly settings: DeliverySettings;
    readonly loadBalancer: AliasTarget;
  },
): void {
  const { settings, loadBalancer } = inputs;
  const { domain, dns } = settings.delivery;
  if (dns.owner !== "terraform") return;
  const names = { apex: domain, wildcard: `*.${domain}` };
  for (const [key, hostname] of Object.entries(names))
    for (const type of dns.ipv6 ? (["A", "AAAA"] as const) : (["A"] as const))
      createDnsAlias(scope, `record-${key}-${type.toLowerCase()}`, {
        zoneId: hostedZoneOf(settings),
        hostname,
        loadBalancer,
        type,
        weighted: {
          setIdentifier: recordSetId(settings),
          weight: dns.weight,
        },
      });
}
