import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Sesv2ConfigurationSet } from "@cdktf/provider-aws/lib/sesv2-configuration-set";
import { Sesv2EmailIdentity } from "@cdktf/provider-aws/lib/sesv2-email-identity";
import { Sesv2EmailIdentityMailFromAttributes } from "@cdktf/provider-aws/lib/sesv2-email-identity-mail-from-attributes";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { dkimDomainOf } from "../../lib/ses-hosts";

/** Properties of `EmailIdentity`. */
export interface EmailIdentityProps {
  /** Domain to send from. */
  readonly domain: string;
  /** Region of SES, such as `eu-central-1`. */
  readonly region: string;
  /** Name of the configuration set that becomes the domain's default. */
  readonly configurationSetName: string;
  /**
   * Public zone that answers for the domain.
   * @default no records are made; `recordsToMake` names them
   */
  readonly hostedZoneId?: string;
  /**
   * Domain below `domain` that bounces go to. Never guessed.
   * @default SES's own
   */
  readonly mailFromDomain?: string;
  /**
   * Value of the TXT record `_dmarc.<domain>`.
   * @default the record is left alone
   */
  readonly dmarc?: string;
  /**
   * Refuse to destroy the identity: a new one has other DKIM keys and starts unverified.
   * @default true
   */
  readonly retain?: boolean;
}

/** One DNS record, whoever makes it. */
interface MailRecord {
  readonly name: string;
  readonly type: "CNAME" | "MX" | "TXT";
  readonly value: string;
}

/**
 * Domain identity of SES with Easy DKIM (2048 bit), and a configuration set that insists on TLS. Records never
 * overwrite others. $0.10 per 1 000 mails.
 */
export class EmailIdentity extends Construct {
  /** Records the operator has to make, `<name> <type> <value>`, by a stable key; empty with a hosted zone. */
  readonly recordsToMake: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: EmailIdentityProps) {
    super(scope, id);
    const identity = this.createIdentity(props);
    this.setMailFrom(identity, props);
    const records = {
      ...dkimRecords(identity, props),
      ...mailFromRecords(props),
      ...dmarcRecords(props),
    };
    this.recordsToMake = this.createRecords(records, props);
  }

  private createIdentity({
    domain,
    configurationSetName,
    retain = true,
  }: EmailIdentityProps): Sesv2EmailIdentity {
    const configurationSet = new Sesv2ConfigurationSet(
      this,
      "configuration-set",
      {
        configurationSetName,
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        tags: { Name: configurationSetName },
      },
    );
    return new Sesv2EmailIdentity(this, "Default", {
      emailIdentity: domain,
      configurationSetName: configurationSet.configurationSetName,
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
      tags: { Name: domain },
      lifecycle: { preventDestroy: retain },
    });
  }

  private setMailFrom(
    identity: Sesv2EmailIdentity,
    { mailFromDomain }: EmailIdentityProps,
  ): void {
    if (mailFromDomain === undefined) return;
    new Sesv2EmailIdentityMailFromAttributes(this, "mail-from", {
      emailIdentity: identity.emailIdentity,
      mailFromDomain,
      // Mails still go out, from SES's own domain, while the records are not found.
      behaviorOnMxFailure: "USE_DEFAULT_VALUE",
    });
  }

  private createRecords(
    records: Readonly<Record<string, MailRecord>>,
    { hostedZoneId }: EmailIdentityProps,
  ): Record<string, string> {
    const entries = Object.entries(records);
    if (hostedZoneId === undefined)
      return Object.fromEntries(
        entries.map(([key, { name, type, value }]) => [
          key,
          `${name} ${type} ${value}`,
        ]),
      );
    for (const [key, { name, type, value }] of entries) {
      new Route53Record(this, key, {
        zoneId: hostedZoneId,
        name,
        type,
        records: [value],
        ttl: 300,
        allowOverwrite: false,
      });
    }
    return {};
  }
}

/** Easy DKIM always has three tokens. */
function dkimRecords(
  identity: Sesv2EmailIdentity,
  { domain, region }: EmailIdentityProps,
): Record<string, MailRecord> {
  const record = (index: number): MailRecord => {
    const token = Fn.element(
      identity.dkimSigningAttributes.tokens,
      index,
    ) as string;
    return {
      name: `${token}._domainkey.${domain}`,
      type: "CNAME",
      value: `${token}.${dkimDomainOf(region)}`,
    };
  };
  return { "dkim-1": record(0), "dkim-2": record(1), "dkim-3": record(2) };
}

function mailFromRecords({
  mailFromDomain,
  region,
}: EmailIdentityProps): Record<string, MailRecord> {
  if (mailFromDomain === undefined) return {};
  return {
    "mail-from-mx": {
      name: mailFromDomain,
      type: "MX",
      value: `10 feedback-smtp.${region}.amazonses.com`,
    },
    "mail-from-spf": {
      name: mailFromDomain,
      type: "TXT",
      value: "v=spf1 include:amazonses.com ~all",
    },
  };
}

function dmarcRecords({
  domain,
  dmarc,
}: EmailIdentityProps): Record<string, MailRecord> {
  if (dmarc === undefined) return {};
  return { dmarc: { name: `_dmarc.${domain}`, type: "TXT", value: dmarc } };
}
