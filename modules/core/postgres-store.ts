import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type z } from "zod";
import { StoreSecurityGroup } from "../aws/network/store-security-group";
import { Postgres } from "../aws/rds/postgres";
import { POSTGRES_PORT } from "../aws/rds/postgres-instance";
import { GeneratedSecret } from "../aws/secrets/secret";
import { postgresAlarms } from "../aws/cloudwatch/store-alarms";
import { type NetworkOutputs } from "../contracts/network";
import { partitionOf } from "../lib/aws-partition";
import { memoryMiOf } from "../lib/instance-type";
import { type NameParts, namesOf } from "../lib/names";
import { clientSecurityGroupsOf } from "./controllers/given";
import { keyOfSnapshot } from "./preflight/restored-postgres";
import { createAlarms } from "./observability/alarms";
import { type postgresFields } from "./settings/postgres-fields";
import { type CoreSettings } from "./settings/schema";

/** Properties of `PostgresStore`. */
export interface PostgresStoreProps {
  readonly settings: CoreSettings;
  readonly network: NetworkOutputs;
  /** Fields of the settings that size it. */
  readonly database: Readonly<z.output<z.ZodObject<typeof postgresFields>>>;
  /** Section of the settings that sizes it: `data.postgres`. */
  readonly path: string;
  /** Last part of the instance's name: `postgres`. */
  readonly what: string;
  /**
   * Last part of the name of the password's secret.
   * @default `what`
   */
  readonly passwordOf?: string;
  /**
   * Database that is made with the instance.
   * @default `postgres` only
   */
  readonly databaseName?: string;
  /** Master user, and owner of that database. */
  readonly userName: string;
  /** Last part of the name of the role that sends metrics. */
  readonly monitoringRole: string;
  /** Key of data and log; its policy names the log group of the instance. */
  readonly kmsKeyArn: string;
  /** Key of the password's secret. */
  readonly secretsKeyArn: string;
}

/** Identifiers of instances end at 63 characters. */
const NAME_LIMIT = 63;

/** Identifier of the instance. */
export const postgresNameOf = (parts: NameParts, what: string): string =>
  namesOf(parts).of(what, NAME_LIMIT);

/** Memory of a class of instances, in MiB; undefined of one that is not known. */
export const memoryOfClass = (instanceClass: string): number | undefined =>
  memoryMiOf(instanceClass.replace(/^db\./, ""));

/** A PostgreSQL of RDS, who may connect, and the password of its master user. */
export class PostgresStore extends Construct {
  readonly host: string;
  readonly port = POSTGRES_PORT;
  /** ARN of the password's secret, taken from its version. */
  readonly secretArn: string;
  /** What a client needs: the instance, and the way to it. */
  readonly dependsOn: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PostgresStoreProps) {
    super(scope, id);
    const { settings, network, database, what } = props;
    const { accountId, iam, region, retain } = settings;
    const name = postgresNameOf(settings, what);
    this.secretArn = new GeneratedSecret(this, "password", {
      name: postgresNameOf(settings, props.passwordOf ?? what),
      description: "Password of PostgreSQL",
      kmsKeyArn: props.secretsKeyArn,
      version: database.passwordVersion,
      retain,
    }).arn;
    const { securityGroupId, rules } = new StoreSecurityGroup(this, "access", {
      name,
      description: "PostgreSQL",
      vpcId: network.vpcId,
      port: POSTGRES_PORT,
      sourceSecurityGroupId: network.clusterSecurityGroupId,
      clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    });
    const { restoreFrom } = database;
    const { host, identifier, resource } = new Postgres(this, "instance", {
      ...props,
      ...database,
      name,
      preconditions:
        restoreFrom === undefined
          ? undefined
          : keyOfSnapshot(this, { ...props, name, restoreFrom }),
      passwordSecretArn: this.secretArn,
      subnetIds: Object.values(network.privateSubnetIds),
      securityGroupId,
      monitoringRoleName: namesOf(settings).iam(props.monitoringRole),
      accountId,
      partition: partitionOf(region),
      iam,
      retain,
    });
    const alarms = postgresAlarms({
      identifier,
      storageGiB: database.storageGiB,
      memoryMi: memoryOfClass(database.instanceClass),
    });
    createAlarms(this, settings, network, what, alarms);
    this.host = host;
    this.dependsOn = [resource, ...rules];
  }
}
