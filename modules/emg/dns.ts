import { type Construct } from "constructs";
import { Certificate } from "../aws/acm/certificate";
import { aliasTarget, createDnsAlias } from "../aws/route53/dns-alias";
import { hostsOf, storageName, zoneIdOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/** ARN of the certificate for the hosts: the one of the settings, or one that is requested and proved in the zone. */
export function createCertificate(
  scope: Construct,
  settings: EmgSettings,
): string {
  const { certificateArn } = settings.emg;
  if (certificateArn !== undefined) return certificateArn;
  const hostedZoneId = zoneIdOf(settings);
  if (hostedZoneId === undefined)
    throw new Error("A certificate is proved in a hosted zone.");
  return new Certificate(scope, "certificate", {
    name: storageName(settings),
    domains: hostsOf(settings),
    hostedZoneId,
    namesMayGo: true,
  }).arn;
}

/**
 * Alias records of the hosts, where there is a zone.
 *
 * @returns Records to make by hand, where there is none.
 */
export function createRecords(
  scope: Construct,
  settings: EmgSettings,
  dnsName: string,
): Record<string, string> {
  const { emg } = settings;
  const zoneId = zoneIdOf(settings);
  if (zoneId === undefined)
    return Object.fromEntries(
      hostsOf(settings).map((host) => [host, `CNAME ${dnsName}`]),
    );
  const loadBalancer = aliasTarget(
    scope,
    "load-balancer-zone",
    "application",
    dnsName,
  );
  for (const [key, hostname] of Object.entries({
    prefect: emg.prefect.host,
    ...(emg.api && { api: emg.api.host }),
  }))
    createDnsAlias(scope, `record-${key}`, { zoneId, hostname, loadBalancer });
  return {};
}
