import { DataAwsResourcegroupstaggingapiResources } from "@cdktf/provider-aws/lib/data-aws-resourcegroupstaggingapi-resources";
import { postgresNameOf } from "../core/postgres-store";
import { type Expectation } from "../core/preflight/expectation";
import { hostedZoneExpectations } from "../core/preflight/hosted-zone";
import {
  databaseClassExpectation,
  runningPostgresExpectation,
} from "../core/preflight/postgres";
import { emgFacts } from "./facts";
import { POSTGRES, storageName, zoneIdOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/** What the account must have before anything of the platform is made. */
export function emgExpectations(settings: EmgSettings): Expectation[] {
  const { certificateArn, database, hostedZoneId, ingress } = settings.emg;
  const publicFor =
    certificateArn === undefined
      ? "a certificate is requested, and validated by it"
      : ingress.scheme === "internet-facing"
        ? "the load balancer is internet-facing"
        : undefined;
  const zone = hostedZoneExpectations(
    {
      id: "emg-hosted-zone",
      path:
        hostedZoneId === undefined ? "dns.hostedZoneId" : "emg.hostedZoneId",
      zoneId: zoneIdOf(settings),
      privateIsEnough:
        "for an internal load balancer (emg.ingress.scheme: internal) with a certificate of your own (emg.certificateArn)",
    },
    emgFacts(settings).hosts.map((host) => ({ ...host, publicFor })),
  );
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

/**
 * With `retain`: nothing of the environment's data is left out of the settings. Terraform forgets `prevent_destroy` together
 * with the resource that has it. It stands in the stack that would delete them, which can be deployed alone. Needs
 * `tag:GetResources`.
 */
export function retainedExpectations(settings: EmgSettings): Expectation[] {
  const { api, database } = settings.emg;
  const left = [
    ...(api ? [] : [storageName(settings)]),
    ...(database.kind === "rds" ? [] : [postgresNameOf(settings, POSTGRES)]),
  ];
  if (!settings.retain || left.length === 0) return [];
  return [
    {
      id: "retained-data",
      read: (scope, id, lifecycle) =>
        new DataAwsResourcegroupstaggingapiResources(scope, id, {
          resourceTypeFilters: ["elasticfilesystem:file-system", "rds:db"],
          tagFilter: [{ key: "Name", values: left }],
          lifecycle,
        }),
      conditions: [
        {
          condition: "length(self.resource_tag_mapping_list) == 0",
          otherwise: `The section emg makes no \${join(", ", self.resource_tag_mapping_list[*].resource_arn)}, which this environment has, and retain is true: its data would be deleted. Put emg.api back, or emg.database.kind: rds; or, to give the data up, set retain to false, deploy emg with them, and then take them out.`,
        },
      ],
    },
  ];
}
