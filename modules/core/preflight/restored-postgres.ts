import { DataAwsDbInstances } from "@cdktf/provider-aws/lib/data-aws-db-instances";
import { DataAwsDbSnapshot } from "@cdktf/provider-aws/lib/data-aws-db-snapshot";
import { type TerraformResourceLifecycle, Token } from "cdktf";
import { type Construct } from "constructs";
import { RESTORED_FROM } from "../../aws/tags/made-of";
import { kebab } from "../../lib/names";
import {
  type Condition,
  type Expectation,
  addressOf,
  onlyIf,
  quoted,
} from "./expectation";

/** A database that is made of a snapshot, as the settings describe it. */
export interface RestoredPostgres {
  /** Section of the settings: `data.postgres`. */
  readonly path: string;
  /** Identifier of the instance. */
  readonly name: string;
  readonly restoreFrom: string;
  readonly engineVersion: string;
  readonly storageGiB: number;
}

/** Whether a database of the name stands, of a list of all of them. */
const stands = (databases: string, name: string): string =>
  `contains(${databases}.instance_identifiers, ${quoted(name)})`;

/** `data.postgres` → `data-postgres-restore-from`: Terraform prints it where RDS finds no such snapshot. */
const idOf = (path: string): string =>
  `${path.split(".").map(kebab).join("-")}-restore-from`;

/**
 * Where there is no database yet: the snapshot is there and can be used. Only then, because it may be deleted afterwards.
 *
 * @param databases Address of the list of all databases.
 */
export const snapshotExpectation = (
  postgres: RestoredPostgres,
  databases: string,
): Expectation => ({
  id: `${idOf(postgres.path)}-is-a-snapshot-of-this-region`,
  read: (scope, id, lifecycle) =>
    onlyIf(
      new DataAwsDbSnapshot(scope, id, {
        dbSnapshotIdentifier: postgres.restoreFrom,
        lifecycle,
      }),
      `!${stands(databases, postgres.name)}`,
    ),
  conditions: fits(postgres),
});

/** RDS restores the engine, the version, the volume and the encryption of the snapshot, whatever is asked. */
function fits({
  path,
  restoreFrom,
  engineVersion,
  storageGiB,
}: RestoredPostgres): Condition[] {
  const given = `${path}.restoreFrom is ${restoreFrom}`;
  const [major = "", minor] = engineVersion.split(".");
  const part = (index: number) =>
    `tonumber(split(".", self.engine_version)[${index}])`;
  const isPostgres = 'self.engine == "postgres"';
  const version = `${given}, which is of PostgreSQL \${self.engine_version}, and ${path}.engineVersion is ${engineVersion}. RDS restores the version of the snapshot: write "\${split(".", self.engine_version)[0]}", and raise it afterwards.`;
  return [
    {
      condition: 'self.status == "available"',
      otherwise: `${given}, which is \${self.status}: wait until it is available, or name another one.`,
    },
    {
      condition: isPostgres,
      otherwise: `${given}, a snapshot of \${self.engine}. Name one of PostgreSQL.`,
    },
    {
      condition: "self.encrypted",
      otherwise: `${given}, which is not encrypted, and nor would the database be. Name a copy that is: aws rds copy-db-snapshot with --kms-key-id.`,
    },
    {
      condition: `!(${isPostgres}) || ${part(0)} == ${major}`,
      otherwise: version,
    },
    ...(minor === undefined
      ? []
      : [
          {
            condition: `!(${isPostgres}) || ${part(0)} != ${major} || ${part(1)} <= ${minor}`,
            otherwise: version,
          },
        ]),
    {
      condition: `self.allocated_storage <= ${storageGiB}`,
      otherwise: `${given}, of a volume of \${self.allocated_storage} GiB, and ${path}.storageGiB is ${storageGiB}. RDS never shrinks one: write \${self.allocated_storage}, with room above it in maxStorageGiB.`,
    },
  ];
}

/** The database that stands was made of it; a key that did nothing would look like a restore. */
export const madeOfSnapshot = ({
  path,
  name,
  restoreFrom,
}: Pick<RestoredPostgres, "path" | "name" | "restoreFrom">): Condition => ({
  condition: `lookup(self.tags, ${quoted(RESTORED_FROM)}, "") == ${quoted(restoreFrom)}`,
  otherwise: `${path}.restoreFrom is ${restoreFrom}, but the database ${name} stands and was not made of it: the key counts where there is none yet. Take it out; to bring the past into a database that stands see Restore in docs/runbook.md.`,
});

/**
 * Before the database is made: the snapshot has the key that the database shall have. RDS keeps the snapshot's, and the next
 * plan would replace the database.
 */
export function keyOfSnapshot(
  scope: Construct,
  {
    path,
    name,
    restoreFrom,
    kmsKeyArn,
  }: Pick<RestoredPostgres, "path" | "name" | "restoreFrom"> & {
    readonly kmsKeyArn: string;
  },
): TerraformResourceLifecycle["precondition"] {
  const databases = new DataAwsDbInstances(scope, "databases");
  const snapshot = onlyIf(
    new DataAwsDbSnapshot(scope, idOf(path), {
      dbSnapshotIdentifier: restoreFrom,
    }),
    `!${stands(addressOf(databases), name)}`,
  );
  const keys = `${addressOf(snapshot)}[*].kms_key_id`;
  return [
    {
      condition: `\${alltrue([for key in ${keys} : key == ${inExpression(kmsKeyArn)}])}`,
      errorMessage: `${path}.restoreFrom is ${restoreFrom}, which is encrypted with another key than the one of this environment, and the database would keep it. Make a copy, and name that: aws rds copy-db-snapshot --source-db-snapshot-identifier ${restoreFrom} --target-db-snapshot-identifier ${name}-past --kms-key-id ${kmsKeyArn}`,
    },
  ];
}

/** A reference stands for itself: CDKTF writes it in its place. A literal is quoted. */
const inExpression = (text: string): string =>
  Token.isUnresolved(text) ? text : quoted(text);
