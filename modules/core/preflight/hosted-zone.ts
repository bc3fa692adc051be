import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { type RecordFact } from "../facts";
import { type CoreSettings } from "../settings/schema";
import { type Expectation } from "./expectation";

/** Where somebody writes into it, the hosted zone holds every name that gets a record in it, and is public if one of them has to be. */
export function hostedZoneExpectations(
  { dns: { hostedZoneId } }: CoreSettings,
  records: readonly RecordFact[],
): Expectation[] {
  if (hostedZoneId === undefined || records.length === 0) return [];
  return [
    {
      id: "hosted-zone",
      read: (scope, id, lifecycle) =>
        new DataAwsRoute53Zone(scope, id, { zoneId: hostedZoneId, lifecycle }),
      conditions: [
        ...publicRecords(records).map(({ path, name, publicFor }) => ({
          condition: "!self.private_zone",
          otherwise: `dns.hostedZoneId ${hostedZoneId} (\${self.name}) is a private zone, but the internet has to see the record of ${path} (${name}): ${publicFor}. Write the id of the public zone. A private one is enough for an internal load balancer (wave.ingress.scheme: internal) with a certificate of your own (dns.certificateArn) and without mail, or with wave.mail.existingIdentity.`,
        })),
        ...records.map(({ path, name }) => ({
          // With a dot in front, so that example.com does not hold notexample.com.
          condition: `endswith(".${name}", ".\${trimsuffix(self.name, ".")}")`,
          otherwise: `${path} is ${name}, which is not in the zone \${self.name} (dns.hostedZoneId ${hostedZoneId}). Write the id of the zone that holds it, or correct the name.`,
        })),
      ],
    },
  ];
}

/** One is enough to say it. */
const publicRecords = (records: readonly RecordFact[]): RecordFact[] =>
  records.filter(({ publicFor }) => publicFor !== undefined).slice(0, 1);
