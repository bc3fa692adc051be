import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { type NamedFact } from "../facts";
import { type CoreSettings } from "../settings/schema";
import { type Expectation } from "./expectation";

/** The hosted zone is public, and holds every name that gets a record in it. */
export function hostedZoneExpectations(
  { dns: { hostedZoneId } }: CoreSettings,
  records: readonly NamedFact[],
): Expectation[] {
  if (hostedZoneId === undefined) return [];
  return [
    {
      id: "hosted-zone",
      read: (scope, id, lifecycle) =>
        new DataAwsRoute53Zone(scope, id, { zoneId: hostedZoneId, lifecycle }),
      conditions: [
        {
          condition: "!self.private_zone",
          otherwise: `dns.hostedZoneId ${hostedZoneId} (\${self.name}) is a private zone: the internet, and with it certificate validation, would not see its records. Write the id of the public zone.`,
        },
        ...records.map(({ path, name }) => ({
          // With a dot in front, so that example.com does not hold notexample.com.
          condition: `endswith(".${name}", ".\${trimsuffix(self.name, ".")}")`,
          otherwise: `${path} is ${name}, which is not in the zone \${self.name} (dns.hostedZoneId ${hostedZoneId}). Write the id of the zone that holds it, or correct the name.`,
        })),
      ],
    },
  ];
}
