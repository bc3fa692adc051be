import { type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { type PostgresProps } from "./postgres";

/** Port of PostgreSQL. */
export const POSTGRES_PORT = 5432;

/** What RDS exports to CloudWatch; part of the log group's name (SEC-B46). */
const LOG_TYPE = "postgresql";

/** Name that RDS gives the log group of an instance. */
export function postgresLogGroupName(instance: string): string {
  return `/aws/rds/instance/${instance}/${LOG_TYPE}`;
}

/** Attributes of the instance that need no other resource: what runs, on what, watched how, kept how long. */
export function attributesOf(props: PostgresProps): DbInstanceConfig {
  return {
    ...engine(props),
    ...storage(props),
    ...CONNECTIONS,
    ...watching(props),
    ...keeping(props),
  };
}

/** Who connects, and how (SEC-B44…B46). */
const CONNECTIONS = {
  port: POSTGRES_PORT,
  publiclyAccessible: false,
  iamDatabaseAuthenticationEnabled: true,
  caCertIdentifier: "rds-ca-rsa2048-g1",
};

/** What runs, where, and when it may be upgraded (INF-16, SEC-B45). */
function engine({ options }: PostgresProps) {
  return {
    engine: "postgres",
    engineVersion: options.engineVersion,
    instanceClass: options.instanceClass,
    multiAz: options.multiAz,
    autoMinorVersionUpgrade: true,
    // Raising the major in the settings is the permission.
    allowMajorVersionUpgrade: true,
    // As the cluster's: no silent move to paid extended support. AWS cannot change it later.
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    // What a plan shows happens in its apply, and the next plan is empty.
    applyImmediately: true,
    maintenanceWindow: "sun:03:30-sun:04:30",
  };
}

/** The volume (SEC-B44). */
function storage({ options, kmsKeyArn }: PostgresProps) {
  const { storageGiB, maxStorageGiB } = options;
  return {
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId: kmsKeyArn,
    allocatedStorage: storageGiB,
    // 0: never grows.
    maxAllocatedStorage: maxStorageGiB > storageGiB ? maxStorageGiB : 0,
  };
}

/** Log, metrics of the operating system, and what statements wait for (SEC-B46, SEC-B47). */
function watching({ options, kmsKeyArn }: PostgresProps) {
  return {
    enabledCloudwatchLogsExports: [LOG_TYPE],
    monitoringInterval: options.monitoringSeconds,
    performanceInsightsEnabled: options.performanceInsights,
    performanceInsightsKmsKeyId: options.performanceInsights
      ? kmsKeyArn
      : undefined,
  };
}

/** Backups, and what a destroy leaves (BAK-03, DEC-01, DEC-03). */
function keeping({
  name,
  options,
  securityGroupId,
  retain = true,
}: PostgresProps) {
  return {
    backupRetentionPeriod: options.backupRetentionDays,
    backupWindow: "02:00-03:00",
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !retain,
    skipFinalSnapshot: !retain,
    // Unique per instance, as the security group is: a second retirement finds its name free.
    finalSnapshotIdentifier: retain
      ? `${name}-final-${securityGroupId}`
      : undefined,
    // API and Terraform refuse together: the API alone would let the dependants be deleted first (DEC-01).
    deletionProtection: retain,
    lifecycle: { preventDestroy: retain },
  };
}
