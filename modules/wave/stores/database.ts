import { type Construct } from "constructs";
import { GeneratedSecret } from "../../aws/secrets/secret";
import { type DataOutputs } from "../../contracts/data";
import { namesOf } from "../../lib/names";
import { PostgresStore, type PostgresStoreProps } from "./postgres-store";

/**
 * Where Wave keeps its records: PostgreSQL on the current line; on the classic one the password of SurrealDB,
 * which itself runs in the cluster.
 */
export function createDatabase(
  scope: Construct,
  props: PostgresStoreProps,
): Partial<DataOutputs> {
  if (props.settings.release.isClassic)
    return createSurrealPassword(scope, props);
  const postgres = new PostgresStore(scope, "postgres", props);
  return {
    postgresHost: postgres.host,
    postgresPort: postgres.port,
    postgresSecretArn: postgres.secretArn,
  };
}

function createSurrealPassword(
  scope: Construct,
  { settings, secretsKeyArn }: PostgresStoreProps,
): Partial<DataOutputs> {
  const password = new GeneratedSecret(scope, "surreal-password", {
    name: namesOf(settings).of("surrealdb"),
    description: "Password of SurrealDB",
    kmsKeyArn: secretsKeyArn,
    version: settings.wave.classic.surrealPasswordVersion,
    retain: settings.retain,
  });
  return { surrealSecretArn: password.arn };
}
