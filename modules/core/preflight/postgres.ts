import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsDbInstances } from "@cdktf/provider-aws/lib/data-aws-db-instances";
import { DataAwsRdsOrderableDbInstance } from "@cdktf/provider-aws/lib/data-aws-rds-orderable-db-instance";
import {
  type Condition,
  type Expectation,
  onlyIf,
  quoted,
} from "./expectation";
import {
  type RestoredPostgres,
  madeOfSnapshot,
  snapshotExpectation,
} from "./restored-postgres";

/** A database in RDS for PostgreSQL, as the settings describe it. */
interface ExpectedPostgres {
  /** Section of the settings: `data.postgres`. */
  readonly path: string;
  /** Identifier of the instance. */
  readonly name: string;
  /** Before the ids of the data sources, where another platform has the plain ones. @default none */
  readonly idPrefix?: string;
  readonly engineVersion: string;
  readonly storageGiB: number;
  readonly maxStorageGiB: number;
  /** Snapshot that it is made of. @default an empty database */
  readonly restoreFrom?: string;
}

/**
 * The class of the database can be had in the region.
 *
 * @param id Terraform prints it when there is none.
 */
export const databaseClassExpectation = (
  id: string,
  instanceClass: string,
): Expectation => ({
  id,
  read: (scope, construct) =>
    new DataAwsRdsOrderableDbInstance(scope, construct, {
      engine: "postgres",
      instanceClass,
      // Of the many versions and volumes that it goes with, the first.
      preferredInstanceClasses: [instanceClass],
    }),
  conditions: [],
});

/**
 * What RDS never does to a database that runs: go back, shrink, or become another one. All databases of the region are listed: a filter by a name
 * that RDS does not know may fail.
 */
export const runningPostgresExpectation = (
  postgres: ExpectedPostgres,
): Expectation => {
  const { name, idPrefix = "" } = postgres;
  return {
    id: `${idPrefix}databases`,
    read: (scope, id) => new DataAwsDbInstances(scope, id),
    conditions: [],
    then: (databases) => [
      {
        id: `${idPrefix}running-postgres`,
        read: (scope, id, lifecycle) =>
          onlyIf(
            new DataAwsDbInstance(scope, id, {
              dbInstanceIdentifier: name,
              lifecycle,
            }),
            `contains(${databases}.instance_identifiers, ${quoted(name)})`,
          ),
        conditions: [
          ...versionConditions(postgres),
          ...storage(postgres),
          ...(isRestored(postgres) ? [madeOfSnapshot(postgres)] : []),
        ],
      },
      ...(isRestored(postgres)
        ? [snapshotExpectation(postgres, databases)]
        : []),
    ],
  };
};

const isRestored = (
  postgres: ExpectedPostgres,
): postgres is ExpectedPostgres & RestoredPostgres =>
  postgres.restoreFrom !== undefined;

/** RDS goes back neither to an older major nor to an older minor. */
function versionConditions({
  path,
  engineVersion,
}: ExpectedPostgres): Condition[] {
  const [major = "", minor] = engineVersion.split(".");
  const running = (part: number) =>
    `tonumber(split(".", self.engine_version)[${part}])`;
  const otherwise = `${path}.engineVersion is ${engineVersion}, but the database runs \${self.engine_version}, and RDS never goes back. Write "\${self.engine_version}", or "\${split(".", self.engine_version)[0]}" to let AWS choose the minor.`;
  const conditions = [{ condition: `${running(0)} <= ${major}`, otherwise }];
  if (minor !== undefined)
    conditions.push({
      condition: `${running(0)} != ${major} || ${running(1)} <= ${minor}`,
      otherwise,
    });
  return conditions;
}

/** A volume never shrinks. While it may grow by itself, the provider leaves a larger one as it is. */
const storage = ({
  path,
  storageGiB,
  maxStorageGiB,
}: ExpectedPostgres): Condition[] =>
  maxStorageGiB > storageGiB
    ? []
    : [
        {
          condition: `self.allocated_storage <= ${storageGiB}`,
          otherwise: `${path}.storageGiB is ${storageGiB}, but the volume of the database has \${self.allocated_storage} GiB, and RDS never shrinks one. Write \${self.allocated_storage}, and at least as much in maxStorageGiB.`,
        },
      ];
