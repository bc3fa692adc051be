import { hasBuilds } from "../release/line";
import { firstNameProblems } from "../../core/rules/certificate";
import { partitionOf } from "../../lib/aws-partition";
import { REGIONS_WITHOUT_SES, hasService } from "../../lib/aws-services";
import { type WaveSettings } from "../settings/schema";
import { type Rule, type Warning, eachOnce, when } from "../../settings/rule";

const isBelow = (name: string, domain: string): boolean =>
  name.endsWith(`.${domain}`);

/** A wildcard stands for exactly one label: *.example.com holds a.example.com, not a.b.example.com. */
const covers = (domain: string, name: string): boolean =>
  domain === name ||
  (domain.startsWith("*.") && name.replace(/^[^.]+/, "*") === domain);

/** The last two labels: names that differ in them never share a hosted zone. */
const registered = (name: string): string =>
  name.split(".").slice(-2).join(".");

/** Reported here and not by a certificate that stays pending. */
const certificateOrZone: Rule<WaveSettings> = ({ dns }) =>
  when(
    dns.hostedZoneId === undefined && dns.certificateArn === undefined,
    () => ({
      path: "dns",
      given: "neither hostedZoneId nor certificateArn",
      allowed: "one of them, or both",
      fix: "write the hosted zone of wave.hostname (a certificate is then requested and validated), or the ARN of a certificate that exists",
    }),
  );

/** Clients refuse a certificate that does not hold the host name. */
const certificateCoversHost: Rule<WaveSettings> = ({
  dns,
  wave: { hostname },
}) => {
  const domains = dns.certificateDomains;
  if (domains === undefined || domains.some((name) => covers(name, hostname)))
    return [];
  return [
    {
      path: "wave.hostname",
      given: `"${hostname}", which the certificate (${domains.join(", ")}) does not cover`,
      allowed: "a name in dns.certificateDomains, or one label below a *. name",
      fix: `add ${hostname} to dns.certificateDomains, or change the host name`,
    },
  ];
};

/** "RequestCertificate" of ACM: ten names, unless the quota was raised to 100. */
const MOST_NAMES = 100;
const USUAL_NAMES = 10;

const certificateNames: Rule<WaveSettings> = ({ dns, wave: { hostname } }) => {
  if (dns.certificateArn !== undefined) return [];
  const names = dns.certificateDomains ?? [hostname];
  const first = names.at(0) ?? "";
  return [
    ...firstNameProblems(
      dns.certificateDomains === undefined
        ? "wave.hostname"
        : "dns.certificateDomains[0]",
      first,
      "for the first name of a certificate that is requested here",
      "put a shorter name first in dns.certificateDomains, such as the wildcard *. of the domain above, or write the ARN of a certificate of your own to dns.certificateArn",
    ),
    ...when(names.length > MOST_NAMES, () => ({
      path: "dns.certificateDomains",
      given: `${names.length} names`,
      allowed: `at most ${MOST_NAMES}, the most that ACM puts into one certificate`,
      fix: "use wildcards",
    })),
    ...eachOnce("dns.certificateDomains", names),
  ];
};

const manyNames: Warning<WaveSettings> = ({ dns }) => {
  const length = dns.certificateDomains?.length ?? 0;
  return dns.certificateArn === undefined && length > USUAL_NAMES
    ? [
        `dns.certificateDomains has ${length} names: ACM takes ${USUAL_NAMES} unless the account's quota was raised.`,
      ]
    : [];
};

/** Our zone is that of the host name; records for other domains cannot go into it. */
const certificateInZone: Rule<WaveSettings> = ({ dns, wave: { hostname } }) =>
  dns.certificateArn !== undefined || dns.hostedZoneId === undefined
    ? []
    : (dns.certificateDomains ?? []).flatMap((name, index) =>
        when(registered(name) !== registered(hostname), () => ({
          path: `dns.certificateDomains[${index}]`,
          given: `"${name}"`,
          allowed: `names in the hosted zone of ${hostname}`,
          fix: "remove it, or make a certificate yourself and write its ARN to dns.certificateArn",
        })),
      );

/** SES refuses mail from an address outside the verified domain. */
const senderInDomain: Rule<WaveSettings> = ({ wave: { mail } }) => {
  if (mail === undefined) return [];
  const host = mail.sender.split("@").at(-1)?.toLowerCase() ?? "";
  return when(host !== mail.domain && !isBelow(host, mail.domain), () => ({
    path: "wave.mail.sender",
    given: `"${mail.sender}"`,
    allowed: `an address in ${mail.domain} (wave.mail.domain)`,
    fix: `write an address such as wave@${mail.domain}, or change wave.mail.domain: SES sends for the verified domain only`,
  }));
};

/** SES takes a MAIL FROM domain below the verified one only. */
const mailFromBelowDomain: Rule<WaveSettings> = ({ wave: { mail } }) => {
  const name = mail?.mailFromDomain;
  if (mail === undefined || name === undefined) return [];
  return when(!isBelow(name, mail.domain), () => ({
    path: "wave.mail.mailFromDomain",
    given: `"${name}"`,
    allowed: `a name below ${mail.domain}, used for nothing else`,
    fix: `write a name such as bounce.${mail.domain}, or remove the key`,
  }));
};

/** Records for a domain of another zone would answer nobody. */
const mailInZone: Rule<WaveSettings> = (settings) => {
  const { mail, hostname } = settings.wave;
  if (mail === undefined || mail.existingIdentity) return [];
  if (settings.dns.hostedZoneId === undefined) return [];
  return when(registered(mail.domain) !== registered(hostname), () => ({
    path: "wave.mail.domain",
    given: `"${mail.domain}"`,
    allowed: `a domain in the hosted zone of ${hostname}`,
    fix: "choose a domain of the zone, or verify this one yourself and set wave.mail.existingIdentity: true",
  }));
};

/** An identity that exists is left alone, and its records with it. */
const noRecordsForExisting: Rule<WaveSettings> = ({ wave: { mail } }) =>
  (["mailFromDomain", "dmarc"] as const).flatMap((key) =>
    when(mail?.existingIdentity === true && mail[key] !== undefined, () => ({
      path: `wave.mail.${key}`,
      given: `"${mail?.[key] ?? ""}", with existingIdentity: true`,
      allowed: "nothing: records of an existing identity are not managed",
      fix: "remove the key, or set existingIdentity: false",
    })),
  );

/** Without a zone Wave answers at a name that somebody else has to make. */
const noAlias: Warning<WaveSettings> = ({ dns, wave: { hostname } }) =>
  dns.hostedZoneId === undefined && dns.certificateArn !== undefined
    ? [
        `No dns.hostedZoneId: no records are made. The outputs name the load balancer to point ${hostname} at.`,
      ]
    : [];

/** The plan cannot look a certificate up by its ARN. */
const namesOfCertificate: Warning<WaveSettings> = ({ dns, wave }) =>
  dns.certificateArn !== undefined && dns.certificateDomains === undefined
    ? [
        `dns.certificateArn without dns.certificateDomains: nobody looks whether that certificate exists and holds ${wave.hostname} before the load balancer is made. Write its names, its own first, such as ["*.${wave.hostname.replace(/^[^.]+\./, "")}"].`,
      ]
    : [];

/** SES verifies a domain by its records. */
/** Mails are about builds. */
const mailWithoutBuilds: Warning<WaveSettings> = (settings) =>
  settings.wave.mail !== undefined && !hasBuilds(settings)
    ? [
        "wave.mail does nothing with wave.mode: lite, which builds nothing and sends no mails: no domain is verified, and one that was is removed.",
      ]
    : [];

const mailRecords: Warning<WaveSettings> = ({ dns, wave: { mail } }) =>
  dns.hostedZoneId === undefined && mail?.existingIdentity === false
    ? [
        `No dns.hostedZoneId: ${mail.domain} stays unverified, and mails are refused, until you make the records that the outputs of stack identity name.`,
      ]
    : [];

/** Without SES there is neither an identity to make nor one to use. */
const mailHasSes: Rule<WaveSettings> = ({ region, wave: { mail } }) =>
  when(mail !== undefined && !hasService("ses", region), () => ({
    path: "wave.mail",
    given: `a section, in ${region}`,
    allowed: `no mail: the partition ${partitionOf(region)} of AWS has no SES`,
    fix: "remove wave.mail; Wave then sends no mails about builds",
  }));

/** AWS adds regions to a service: what the table does not know is no refusal. */
const mailInRegion: Warning<WaveSettings> = ({ region, wave: { mail } }) =>
  mail !== undefined && REGIONS_WITHOUT_SES.includes(region)
    ? [
        `wave.mail in ${region}: the SDKs of AWS knew no SES in this region when this release was made. If it still has none, stack identity fails.`,
      ]
    : [];

export const domainRules = [
  certificateOrZone,
  certificateCoversHost,
  certificateNames,
  certificateInZone,
  senderInDomain,
  mailFromBelowDomain,
  mailInZone,
  noRecordsForExisting,
  mailHasSes,
];
export const domainWarnings = [
  noAlias,
  namesOfCertificate,
  mailWithoutBuilds,
  mailRecords,
  mailInRegion,
  manyNames,
];
