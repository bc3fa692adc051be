import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { revisionOf } from "../../lib/revision";
import { type Settings } from "../../schema";
import { LogGroup } from "../logs/log-group";
import { attributesOf, postgresLogGroupName } from "./postgres-attributes";
import { PostgresParameters } from "./postgres-parameters";
import { ServiceRole } from "../iam/service-role";
import { StoredSecret } from "../secrets/stored-secret";

/** Properties of `Postgres`. */
export interface PostgresProps {
  /** Identifier of the instance: at most 63 characters, no two hyphens in a row. */
  readonly name: string;
  /** Database that is made with the instance. AWS cannot change it later. */
  readonly databaseName: string;
  /** Owner of that database. AWS cannot change it later. */
  readonly userName: string;
  /** ARN of the secret that holds the owner's password, taken from its version: there is a value to read (DEC-25). */
  readonly passwordSecretArn: string;
  /** Section `data.postgres`: version, size, backups, watching. */
  readonly options: Settings["data"]["postgres"];
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security group; it lets the cluster in on the port of PostgreSQL. */
  readonly securityGroupId: string;
  /** Customer managed key of data, backups, insights and log; its policy names `postgresLogGroupName(name)`. */
  readonly kmsKeyArn: string;
  /** Name of the role that sends metrics of the operating system. */
  readonly monitoringRoleName: string;
  readonly accountId: string;
  readonly partition: AwsPartition;
  /** Path and permissions boundary of that role. */
  readonly iam: Settings["iam"];
  /**
   * Keep the database when the stack is destroyed.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * RDS for PostgreSQL: encrypted, logged, watched, backed up, and reached over TLS only (INF-16, SEC-B44…B47, BAK-03).
 *
 * In us-east-1 a db.t4g.medium costs $47 a month, twice that with a standby; db.t4g.micro $12, small $23. The volume
 * costs $0.115 per GB and month, also twice with a standby (COST-P7).
 *
 * Metrics of the operating system go to `RDSOSMetrics`, a log group that all instances of an account share: not ours to
 * make, and left behind.
 */
export class Postgres extends Construct {
  /** Host, without the port. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const logs = this.createLogGroup(props);
    const monitoring = this.createMonitoringRole(props);
    const subnetGroup = this.createSubnetGroup(props);
    const parameters = new PostgresParameters(this, "parameters", {
      name: props.name,
      engineVersion: props.options.engineVersion,
    });
    const instance = new DbInstance(this, "Default", {
      identifier: props.name,
      dbName: props.databaseName,
      username: props.userName,
      ...this.password(props),
      dbSubnetGroupName: subnetGroup.name,
      parameterGroupName: parameters.groupName,
      vpcSecurityGroupIds: [props.securityGroupId],
      monitoringRoleArn: monitoring.arn,
      ...attributesOf(props),
      tags: { Name: props.name },
      // Without the log group RDS makes one, without key and retention (DEC-13). Rights go after their user (FAIL-05).
      dependsOn: [logs.resource, ...monitoring.rights],
    });
    this.host = instance.address;
  }

  private createLogGroup({
    name,
    options,
    kmsKeyArn,
  }: PostgresProps): LogGroup {
    return new LogGroup(this, "log-group", {
      name: postgresLogGroupName(name),
      retentionDays: options.logRetentionDays,
      kmsKeyArn,
    });
  }

  /** Lives with its service (DEC-10). */
  private createMonitoringRole(props: PostgresProps): ServiceRole {
    const { monitoringRoleName, accountId, partition, iam } = props;
    return new ServiceRole(this, "monitoring-role", {
      name: monitoringRoleName,
      description: "Metrics of the database's operating system.",
      service: "monitoring.rds.amazonaws.com",
      sourceAccountId: accountId,
      partition,
      iam,
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
   * not put right (DEC-24). Its number follows the stored version, so that a value an operator stores reaches the database
   * with the next deployment (DEC-26).
   */
  private password({ passwordSecretArn }: PostgresProps) {
    const stored = new StoredSecret(this, "password", passwordSecretArn);
    return {
      passwordWo: `\${${stored.value}}`,
      passwordWoVersion: revisionOf(stored.version),
    };
  }
}
