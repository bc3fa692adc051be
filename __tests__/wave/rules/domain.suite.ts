import { currentSettings, exampleSettings } from "../../support/settings";
import { type RefusedCase, testRefused } from "../../support/settings-rules";

const cases: readonly RefusedCase[] = [
  [
    "neither zone nor certificate",
    { dns: { hostedZoneId: undefined } },
    "dns",
    ["neither hostedZoneId nor certificateArn"],
  ],
  [
    "a host the certificate does not cover",
    { dns: { certificateDomains: ["example.com", "*.other.example.com"] } },
    "wave.hostname",
    ["does not cover", "add wave.example.com"],
  ],
  [
    "a wildcard covers one label only",
    {
      dns: { certificateDomains: ["*.example.com"] },
      wave: { hostname: "a.wave.example.com" },
    },
    "wave.hostname",
    ["one label"],
  ],
  [
    "a certificate for a domain of another zone",
    { dns: { certificateDomains: ["wave.example.com", "wave.example.org"] } },
    "dns.certificateDomains[1]",
    ["hosted zone"],
  ],
  [
    "a sender outside the mail domain",
    { wave: { mail: { sender: "wave@notexample.com" } } },
    "wave.mail.sender",
    ["an address in example.com", "wave@example.com"],
  ],
  [
    "a MAIL FROM domain outside the mail domain",
    { wave: { mail: { mailFromDomain: "bounce.example.org" } } },
    "wave.mail.mailFromDomain",
    ["bounce.example.com"],
  ],
  [
    "the mail domain itself as MAIL FROM",
    { wave: { mail: { mailFromDomain: "example.com" } } },
    "wave.mail.mailFromDomain",
    ["below example.com"],
  ],
  [
    "a mail domain of another zone",
    { wave: { mail: { domain: "example.org", sender: "a@example.org" } } },
    "wave.mail.domain",
    ["existingIdentity: true"],
  ],
  [
    "records for an identity that is left alone",
    { wave: { mail: { existingIdentity: true, dmarc: "v=DMARC1; p=none" } } },
    "wave.mail.dmarc",
    ["not managed"],
  ],
];

describe.each([
  ["classic", exampleSettings],
  ["current", currentSettings],
])("%s", (_, settingsOf) => {
  testRefused(cases, settingsOf);
});
