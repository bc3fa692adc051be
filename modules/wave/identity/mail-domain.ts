import { mailOf } from "../release/line";
import { type Construct } from "constructs";
import { EmailIdentity } from "../../aws/ses/email-identity";
import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";

/** Name of the SES configuration set that every mail of the domain goes through. At most 64 characters. */
export function mailConfigurationSetName(settings: WaveSettings): string {
  return namesOf(settings).of("mail", 64);
}

/**
 * Verifies `wave.mail.domain` in SES and returns the DNS records that are left to the operator. Nothing is
 * managed without `wave.mail`, and nothing of an identity that exists already.
 */
export function createMailDomain(
  scope: Construct,
  settings: WaveSettings,
): Readonly<Record<string, string>> {
  const mail = mailOf(settings);
  if (mail === undefined || mail.existingIdentity) return {};
  return new EmailIdentity(scope, "mail", {
    domain: mail.domain,
    mailFromDomain: mail.mailFromDomain,
    dmarc: mail.dmarc,
    region: settings.region,
    configurationSetName: mailConfigurationSetName(settings),
    hostedZoneId: settings.dns.hostedZoneId,
    retain: settings.retain,
  }).recordsToMake;
}
