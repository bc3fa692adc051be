import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { DataAwsSesv2EmailIdentity } from "@cdktf/provider-aws/lib/data-aws-sesv2-email-identity";
import { type Construct } from "constructs";
import { type Settings, hasWave } from "../../schema";
import { expecting, quoted } from "./expectation";

/** The hosted zone is public, and holds every name that gets a record in it (DEC-40). */
export function checkHostedZone(scope: Construct, settings: Settings): void {
  const { hostedZoneId } = settings.dns;
  if (hostedZoneId === undefined) return;
  new DataAwsRoute53Zone(scope, "hosted-zone", {
    zoneId: hostedZoneId,
    lifecycle: expecting(
      {
        condition: "!self.private_zone",
        otherwise: `dns.hostedZoneId ${hostedZoneId} (\${self.name}) is a private zone: the internet, and with it certificate validation, would not see its records. Write the id of the public zone.`,
      },
      ...recordsOf(settings).map(({ path, name }) => ({
        // With a dot in front, so that example.com does not hold notexample.com.
        condition: `endswith(".${name}", ".\${trimsuffix(self.name, ".")}")`,
        otherwise: `${path} is ${name}, which is not in the zone \${self.name} (dns.hostedZoneId ${hostedZoneId}). Write the id of the zone that holds it, or correct the name.`,
      })),
    ),
  });
}

/** Names that other stacks write into the zone, by their settings path. */
function recordsOf(settings: Settings): { path: string; name: string }[] {
  if (!hasWave(settings)) return [];
  const { dns, wave } = settings;
  const requestsCertificate = dns.certificateArn === undefined;
  const host = { path: "wave.hostname", name: wave.hostname };
  const names = dns.existingAlias && !requestsCertificate ? [] : [host];
  if (requestsCertificate)
    for (const name of dns.certificateDomains ?? [])
      names.push({
        path: "dns.certificateDomains",
        name: name.replace(/^\*\./, ""),
      });
  if (wave.mail?.existingIdentity === false)
    names.push({ path: "wave.mail.domain", name: wave.mail.domain });
  return names;
}

/** Every key type that a load balancer takes; unset, ACM lists RSA 2048 only. */
const KEY_TYPES = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
];

/**
 * With `dns.certificateArn`: an issued certificate for the first of `dns.certificateDomains` exists in the region
 * (DEC-40). ACM can be searched by name only, so a second certificate of the same name hides a mistyped ARN.
 */
export function checkCertificate(
  scope: Construct,
  { dns, wave }: Settings,
): void {
  if (dns.certificateArn === undefined || wave === undefined) return;
  // The id is what Terraform prints when there is none.
  new DataAwsAcmCertificate(scope, "issued-certificate-in-this-region", {
    domain: dns.certificateDomains?.[0] ?? wave.hostname,
    statuses: ["ISSUED"],
    keyTypes: KEY_TYPES,
    mostRecent: true,
  });
}

/** With `wave.mail.existingIdentity`: SES has verified the domain (DEC-40, INF-09). */
export function checkMailIdentity(scope: Construct, { wave }: Settings): void {
  if (wave?.mail?.existingIdentity !== true) return;
  const { domain } = wave.mail;
  new DataAwsSesv2EmailIdentity(scope, "mail-identity", {
    emailIdentity: domain,
    lifecycle: expecting({
      condition: "self.verified_for_sending_status",
      otherwise: `wave.mail.existingIdentity is true, but SES has not verified ${quoted(domain)} in this region. Finish its DKIM records first, or set existingIdentity to false.`,
    }),
  });
}
