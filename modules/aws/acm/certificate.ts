import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

/** Properties of `Certificate`. */
export interface CertificateProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Names the certificate holds, the first one as its subject; `*.example.com` is allowed. At least one. */
  readonly domains: readonly string[];
  /** Public zone that answers for all of them. */
  readonly hostedZoneId: string;
  /**
   * Whether all names but the first may go some day. Terraform takes names that are set nowhere for those that the certificate
   * has: so the subject is named once more.
   * @default false
   */
  readonly namesMayGo?: boolean;
}

/**
 * Public certificate, validated by DNS. Free of charge, renewed by AWS while the records stay.
 * A proof that stands in the zone already is taken over: it is the same one, and goes with this certificate.
 */
export class Certificate extends Construct {
  /** ARN of the certificate, known once it is issued: a load balancer never meets a pending one. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const certificate = this.createCertificate(props);
    const records = this.createRecords(certificate, props);
    this.arn = this.waitUntilIssued(certificate, records);
  }

  private createCertificate(props: CertificateProps) {
    const { name, domains, namesMayGo = false } = props;
    const [subject, ...others] = domains;
    const names = others.length === 0 && namesMayGo ? domains : others;
    return new AcmCertificate(this, "Default", {
      domainName: subject,
      subjectAlternativeNames: names.length > 0 ? [...names] : undefined,
      validationMethod: "DNS",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      tags: { Name: name },
      // The load balancer holds the old one until the new one is issued.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** One record per name. `*.example.com` and `example.com` are proved by the same record. */
  private createRecords(
    certificate: AcmCertificate,
    { domains, hostedZoneId }: CertificateProps,
  ): Route53Record[] {
    const proofs = new Map(
      domains.map((domain) => [domain.replace(/^\*\./, ""), domain]),
    );
    return [...proofs].map(
      ([key, domain]) =>
        new Route53Record(this, `proof-${key.replaceAll(".", "-")}`, {
          zoneId: hostedZoneId,
          name: validationOption(certificate, domain, "resource_record_name"),
          type: "CNAME",
          records: [
            validationOption(certificate, domain, "resource_record_value"),
          ],
          ttl: 300,
          // ACM gives a name of one account the same proof for ever: the record may be left from an earlier certificate, or
          // stand there for another one of the same name.
          allowOverwrite: true,
        }),
    );
  }

  private waitUntilIssued(
    certificate: AcmCertificate,
    records: readonly Route53Record[],
  ): string {
    // The id is the only text of ours that Terraform prints when the wait ends: nearly always the zone's name servers
    // are not those of the parent domain. ACM documents 30 minutes; the provider would wait 75.
    const validation = new AcmCertificateValidation(
      this,
      "issued-if-zone-is-delegated",
      {
        certificateArn: certificate.arn,
        validationRecordFqdns: records.map((record) => record.fqdn),
        timeouts: { create: "30m" },
      },
    );
    return validation.certificateArn;
  }
}

/**
 * One field of the proof of one name. ACM gives a set, which has no positions: it is searched by name. Keys and number
 * of the records come from the settings, so that the plan knows them before the certificate exists.
 */
function validationOption(
  certificate: AcmCertificate,
  domain: string,
  field: "resource_record_name" | "resource_record_value",
): string {
  const address = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}`;
  return `\${one([for option in ${address}.domain_validation_options : option.${field} if option.domain_name == "${domain}"])}`;
}
