import { postgresNameOf } from "../core/postgres-store";
import { type Expectation } from "../core/preflight/expectation";
import {
  type HostedZone,
  hostedZoneExpectations,
} from "../core/preflight/hosted-zone";
import { FOUND, leftOutExpectations } from "../core/preflight/left-out";
import {
  databaseClassExpectation,
  runningPostgresExpectation,
} from "../core/preflight/postgres";
import { emgFacts } from "./facts";
import { POSTGRES, storageName, zoneIdOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/** What the account must have before anything of the platform is made. */
export function emgExpectations(settings: EmgSettings): Expectation[] {
  const { database } = settings.emg;
  const zone = hostedZoneExpectations(emgZone(settings));
  if (database.kind === "external") return zone;
  return [
    ...zone,
    databaseClassExpectation(
      "emg-database-instance-class-in-this-region",
      database.instanceClass,
    ),
    runningPostgresExpectation({
      ...database,
      path: "emg.database",
      name: postgresNameOf(settings, POSTGRES),
      idPrefix: "emg-",
    }),
  ];
}

/** The zone of its hosts. */
export function emgZone(settings: EmgSettings): HostedZone {
  const { certificateArn, hostedZoneId, ingress } = settings.emg;
  const publicFor =
    certificateArn === undefined
      ? "a certificate is requested, and validated by it"
      : ingress.scheme === "internet-facing"
        ? "the load balancer is internet-facing"
        : undefined;
  return {
    id: "emg-hosted-zone",
    path: hostedZoneId === undefined ? "dns.hostedZoneId" : "emg.hostedZoneId",
    zoneId: zoneIdOf(settings),
    privateIsEnough:
      "for an internal load balancer (emg.ingress.scheme: internal) with a certificate of your own (emg.certificateArn)",
    records: emgFacts(settings).hosts.map((host) => ({ ...host, publicFor })),
  };
}

/** With `retain`: in the stack that would delete them, which can be deployed alone, no data is left out of the settings. */
export const retainedExpectations = (settings: EmgSettings): Expectation[] =>
  settings.retain
    ? leftOutExpectations(
        "retained-data",
        ["elasticfilesystem:file-system", "rds:db"],
        [
          ...(settings.emg.api ? [] : [storageName(settings)]),
          ...(settings.emg.database.kind === "rds"
            ? []
            : [postgresNameOf(settings, POSTGRES)]),
        ],
        `The section emg makes no ${FOUND}, which this environment has, and retain is true: its data would be deleted. Put emg.api back, or emg.database.kind: rds; or, to give the data up, set retain to false, deploy emg with them, and then take them out.`,
      )
    : [];
