import { type Construct } from "constructs";
import { Certificate } from "../../aws/acm/certificate";
import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";

/**
 * ARN of the load balancer's certificate: the operator's own, or one that is requested and validated here.
 *
 * @throws Error without hosted zone and without certificate; rules over the settings say so earlier.
 */
export function createCertificate(
  scope: Construct,
  settings: WaveSettings,
): string {
  const { hostedZoneId, certificateArn, certificateDomains } = settings.dns;
  if (certificateArn !== undefined) return certificateArn;
  if (hostedZoneId === undefined)
    throw new Error(
      "dns: neither hostedZoneId nor certificateArn; set one of them.",
    );
  return new Certificate(scope, "certificate", {
    name: namesOf(settings).of("certificate"),
    domains: certificateDomains ?? [settings.wave.hostname],
    hostedZoneId,
  }).arn;
}
