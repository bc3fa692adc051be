import { type Construct } from "constructs";
import { GeneratedSecret } from "../../aws/secrets/secret";
import { type DataOutputs } from "../../contracts/data";
import { type NetworkOutputs } from "../../contracts/network";
import { PostgresStore } from "../../core/postgres-store";
import { namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import { POSTGRES, POSTGRES_DATABASE, POSTGRES_USER } from "./postgres-names";

/** What the records stand on. */
interface DatabaseProps {
  readonly settings: WaveEnvironment;
  readonly network: NetworkOutputs;
  /** Key of data and log; its policy names `postgresLogGroups(settings)`. */
  readonly kmsKeyArn: string;
  /** Key of the secrets of passwords. */
  readonly secretsKeyArn: string;
}

/**
 * Where Wave keeps its records: PostgreSQL on the current line; on the classic one the passwords of SurrealDB,
 * which itself runs in the cluster.
 */
export function createDatabase(
  scope: Construct,
  props: DatabaseProps,
): Partial<DataOutputs> {
  if (props.settings.release.isClassic)
    return createSurrealPasswords(scope, props);
  const postgres = new PostgresStore(scope, "postgres", {
    ...props,
    database: props.settings.data.postgres,
    path: "data.postgres",
    what: POSTGRES,
    databaseName: POSTGRES_DATABASE,
    userName: POSTGRES_USER,
    monitoringRole: "rds-monitoring",
  });
  return {
    postgresHost: postgres.host,
    postgresPort: postgres.port,
    postgresSecretArn: postgres.secretArn,
  };
}

/** One password for the root user, which makes the other one and exports, and one for the user that Wave is. */
function createSurrealPasswords(
  scope: Construct,
  { settings, secretsKeyArn }: DatabaseProps,
): Partial<DataOutputs> {
  const create = (id: string, name: string, description: string): string =>
    new GeneratedSecret(scope, id, {
      name: namesOf(settings).of(name),
      description,
      kmsKeyArn: secretsKeyArn,
      version: settings.wave.classic.surrealPasswordVersion,
      retain: settings.retain,
    }).arn;
  return {
    surrealSecretArn: create(
      "surreal-password",
      "surrealdb",
      "Password of SurrealDB",
    ),
    surrealWaveSecretArn: create(
      "surreal-wave-password",
      "surrealdb-wave",
      "Password of Wave's user in SurrealDB",
    ),
  };
}
