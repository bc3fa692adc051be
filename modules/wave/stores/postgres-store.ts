import { Construct } from "constructs";
import { Postgres } from "../../aws/rds/postgres";
import {
  POSTGRES_PORT,
  postgresLogGroupName,
} from "../../aws/rds/postgres-instance";
import { GeneratedSecret } from "../../aws/secrets/secret";
import { StoreSecurityGroup } from "../../aws/network/store-security-group";
import { type NetworkOutputs } from "../../contracts/network";
import { clientSecurityGroupsOf } from "../../core/controllers/given";
import { partitionOf } from "../../lib/aws-partition";
import { type NameParts, namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import { POSTGRES_DATABASE, POSTGRES_USER } from "./postgres-names";

/** Properties of `PostgresStore`. */
export interface PostgresStoreProps {
  readonly settings: WaveEnvironment;
  readonly network: NetworkOutputs;
  /** Key of data and log; its policy names `postgresLogGroups(settings)`. */
  readonly kmsKeyArn: string;
  /** Key of the password's secret. */
  readonly secretsKeyArn: string;
}

/** Identifiers of instances end at 63 characters. */
const POSTGRES_NAME_LIMIT = 63;

/** Identifier of the instance. */
export const postgresName = (settings: NameParts): string =>
  namesOf(settings).of("postgres", POSTGRES_NAME_LIMIT);

/** Log groups of the database: none on the classic line, which has SurrealDB in its place. */
export function postgresLogGroups(settings: WaveEnvironment): string[] {
  return !settings.release.isClassic
    ? [postgresLogGroupName(postgresName(settings))]
    : [];
}

/** Wave's PostgreSQL, who may connect, and its password. */
export class PostgresStore extends Construct {
  readonly host: string;
  readonly port = POSTGRES_PORT;
  /** ARN of the password's secret, taken from its version. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: PostgresStoreProps) {
    super(scope, id);
    const password = this.createPassword(props);
    this.host = this.createPostgres(props, password).host;
    this.secretArn = password.arn;
  }

  private createPassword({
    settings,
    secretsKeyArn,
  }: PostgresStoreProps): GeneratedSecret {
    return new GeneratedSecret(this, "password", {
      name: postgresName(settings),
      description: "Password of PostgreSQL",
      kmsKeyArn: secretsKeyArn,
      version: settings.data.postgres.passwordVersion,
      retain: settings.retain,
    });
  }

  private createPostgres(
    { settings, network, kmsKeyArn }: PostgresStoreProps,
    password: GeneratedSecret,
  ): Postgres {
    const name = postgresName(settings);
    const { securityGroupId } = new StoreSecurityGroup(this, "access", {
      name,
      description: "PostgreSQL",
      vpcId: network.vpcId,
      port: POSTGRES_PORT,
      sourceSecurityGroupId: network.clusterSecurityGroupId,
      clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    });
    return new Postgres(this, "instance", {
      name,
      databaseName: POSTGRES_DATABASE,
      userName: POSTGRES_USER,
      passwordSecretArn: password.arn,
      ...settings.data.postgres,
      subnetIds: Object.values(network.privateSubnetIds),
      securityGroupId,
      kmsKeyArn,
      monitoringRoleName: namesOf(settings).iam("rds-monitoring"),
      accountId: settings.accountId,
      partition: partitionOf(settings.region),
      iam: settings.iam,
      retain: settings.retain,
    });
  }
}
