import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { type RecordFact } from "../facts";
import { type Expectation } from "./expectation";

/** A hosted zone of the settings, and what is written into it. */
export interface HostedZone {
  /** Id of the data source. */
  readonly id: string;
  /** Setting that names it. */
  readonly path: string;
  /** Unset: nobody writes into one. */
  readonly zoneId: string | undefined;
  /** When a private one is enough: the end of a sentence. */
  readonly privateIsEnough: string;
  /** None: nobody writes into it. */
  readonly records: readonly RecordFact[];
}

/** Where somebody writes into it, the hosted zone holds every name that gets a record in it, and is public if one of them has to be. */
export function hostedZoneExpectations({
  id,
  path: zonePath,
  zoneId,
  privateIsEnough,
  records,
}: HostedZone): Expectation[] {
  if (zoneId === undefined || records.length === 0) return [];
  return [
    {
      id,
      read: (scope, construct, lifecycle) =>
        new DataAwsRoute53Zone(scope, construct, { zoneId, lifecycle }),
      conditions: [
        ...publicRecords(records).map(({ path, name, publicFor }) => ({
          condition: "!self.private_zone",
          otherwise: `${zonePath} ${zoneId} (\${self.name}) is a private zone, but the internet has to see the record of ${path} (${name}): ${publicFor}. Write the id of the public zone. A private one is enough ${privateIsEnough}.`,
        })),
        ...records.map(({ path, name }) => ({
          // With a dot in front, so that example.com does not hold notexample.com.
          condition: `endswith(".${name}", ".\${trimsuffix(self.name, ".")}")`,
          otherwise: `${path} is ${name}, which is not in the zone \${self.name} (${zonePath} ${zoneId}). Write the id of the zone that holds it, or correct the name.`,
        })),
      ],
    },
  ];
}

/** One is enough to say it. */
const publicRecords = (records: readonly RecordFact[]): RecordFact[] =>
  records.filter(({ publicFor }) => publicFor !== undefined).slice(0, 1);
