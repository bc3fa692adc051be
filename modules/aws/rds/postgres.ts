import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { revisionOf } from "../../lib/revision";
import { type RoleOptions } from "../iam/role";
import { ServiceRole } from "../iam/service-role";
import { LogGroup } from "../logs/log-group";
import { StoredSecret } from "../secrets/stored-secret";
import { madeOf } from "../tags/made-of";
import {
  type PostgresInstanceProps,
  instanceAttributes,
  postgresLogGroupName,
} from "./postgres-instance";
import { PostgresParameters } from "./postgres-parameters";

/** Properties of `Postgres`. */
export interface PostgresProps extends PostgresInstanceProps {
  /**
   * Database that is made with the instance. AWS cannot change it later.
   * @default the instance has `postgres` only
   */
  readonly databaseName?: string;
  /** Master user, and owner of that database. AWS cannot change it later. */
  readonly userName: string;
  /** ARN of the secret that holds the owner's password. Of a `GeneratedSecret` its `arn`: there is a value to read. */
  readonly passwordSecretArn: string;
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Account of the database: it alone may use the role of the metrics. */
  readonly accountId: string;
  /**
   * Days to keep the log of the database.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Name of the role that sends metrics of the operating system: unique in the account, at most 64 characters.
   * @default `<name>-monitoring`
   */
  readonly monitoringRoleName?: string;
  /**
   * Path and permissions boundary of that role.
   * @default path "/", no boundary
   */
  readonly iam?: RoleOptions;
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
}

/**
 * RDS for PostgreSQL: encrypted, logged, watched, backed up, and reached over TLS only.
 *
 * In us-east-1 a db.t4g.medium costs $47 a month, twice that with a standby; db.t4g.micro $12, small $23. The volume
 * costs $0.115 per GB and month, also twice with a standby.
 *
 * Metrics of the operating system go to `RDSOSMetrics`, a log group that all instances of an account share: not ours to
 * make, and left behind.
 */
export class Postgres extends Construct {
  /** Host, without the port. */
  readonly host: string;
  /** Identifier of the instance, which metrics name. */
  readonly identifier: string;
  /** The instance, for `dependsOn`. */
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const logs = this.createLogGroup(props);
    const monitoring = this.createMonitoringRole(props);
    const subnetGroup = this.createSubnetGroup(props);
    const parameters = new PostgresParameters(this, "parameters", props);
    const instance = new DbInstance(this, "Default", {
      identifier: props.name,
      dbName: props.databaseName,
      username: props.userName,
      ...this.password(props),
      dbSubnetGroupName: subnetGroup.name,
      parameterGroupName: parameters.groupName,
      vpcSecurityGroupIds: [props.securityGroupId],
      monitoringRoleArn: monitoring.arn,
      ...instanceAttributes(props),
      tags: { Name: props.name, ...madeOf(props.restoreFrom) },
      // Without the log group RDS makes one, without key and retention. Permissions go after their user.
      dependsOn: [logs.resource, ...monitoring.permissions],
    });
    this.host = instance.address;
    this.identifier = instance.identifier;
    this.resource = instance;
  }

  private createLogGroup(props: PostgresProps): LogGroup {
    const { name, logRetentionDays, kmsKeyArn } = props;
    return new LogGroup(this, "log-group", {
      name: postgresLogGroupName(name),
      retentionDays: logRetentionDays,
      kmsKeyArn,
    });
  }

  private createMonitoringRole(props: PostgresProps): ServiceRole {
    const { name, accountId, iam, partition } = props;
    const { monitoringRoleName = `${name}-monitoring` } = props;
    return new ServiceRole(this, "monitoring-role", {
      ...iam,
      name: monitoringRoleName,
      description: "Metrics of the database's operating system.",
      service: "monitoring.rds.amazonaws.com",
      sourceAccountId: accountId,
      partition,
      managedPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
    });
  }

  private createSubnetGroup({ name, subnetIds }: PostgresProps): DbSubnetGroup {
    return new DbSubnetGroup(this, "subnets", {
      name,
      description: `Private subnets of ${name}`,
      subnetIds: [...subnetIds],
      tags: { Name: name },
    });
  }

  /**
   * The stored password, never the generator's: a run that is killed between the two leaves nothing that the next run does
   * not put right. Its number follows the stored version, so that a value an operator stores reaches the database with the
   * next deployment.
   */
  private password({ passwordSecretArn }: PostgresProps) {
    const stored = new StoredSecret(this, "password", passwordSecretArn);
    return {
      passwordWo: `\${${stored.value}}`,
      passwordWoVersion: revisionOf(stored.version),
    };
  }
}
