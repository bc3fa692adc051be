import { type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { type TerraformResourceLifecycle } from "cdktf";
import { MADE_OF } from "../tags/made-of";

/** Port of PostgreSQL. */
export const POSTGRES_PORT = 5432;

/** What RDS exports to CloudWatch; part of the log group's name. */
const LOG_TYPE = "postgresql";

/** Name that RDS gives the log group of an instance. */
export function postgresLogGroupName(instance: string): string {
  return `/aws/rds/instance/${instance}/${LOG_TYPE}`;
}

/** What runs, on what, watched how, kept how long. */
export interface PostgresInstanceProps {
  /** Identifier of the instance: at most 63 characters, no two hyphens in a row. */
  readonly name: string;
  /** Security group; it lets clients in on `POSTGRES_PORT`. */
  readonly securityGroupId: string;
  /** Customer managed key of data, backups, insights and log; its policy names `postgresLogGroupName(name)`. */
  readonly kmsKeyArn: string;
  /**
   * PostgreSQL version, such as `17` or `17.6`. A major alone lets AWS choose the minor, and raise it by itself.
   * @default "17"
   */
  readonly engineVersion?: string;
  /**
   * Class of the instance.
   * @default "db.t4g.medium"
   */
  readonly instanceClass?: string;
  /**
   * Size of the gp3 volume, in GiB.
   * @default 20
   */
  readonly storageGiB?: number;
  /**
   * Size up to which AWS grows the volume by itself, in GiB; not above `storageGiB`: never.
   * @default 100
   */
  readonly maxStorageGiB?: number;
  /**
   * A standby in a second zone, at twice the price.
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * Days to keep backups and the log for point-in-time recovery.
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Interval of the metrics of the operating system, in seconds: 1, 5, 10, 15, 30 or 60.
   * @default 60
   */
  readonly monitoringSeconds?: number;
  /**
   * Performance Insights. Off for a class that has none.
   * @default true
   */
  readonly performanceInsights?: boolean;
  /**
   * Snapshot that it is made of, encrypted with `kmsKeyArn`, and with the same major, user and database. It counts when the
   * instance is made, and one that stands stays as it is.
   * @default an empty one
   */
  readonly restoreFrom?: string;
  /**
   * What must be true before it is made or changed, such as of the snapshot.
   * @default nothing
   */
  readonly preconditions?: TerraformResourceLifecycle["precondition"];
  /**
   * Keep the database when the stack is destroyed.
   * @default true
   */
  readonly retain?: boolean;
}

/** Attributes of the instance that need no other resource. */
export function instanceAttributes(
  props: PostgresInstanceProps,
): DbInstanceConfig {
  return {
    ...engine(props),
    ...storage(props),
    ...CONNECTIONS,
    ...watching(props),
    ...keeping(props),
  };
}

/** Who connects, and how. */
const CONNECTIONS = {
  port: POSTGRES_PORT,
  publiclyAccessible: false,
  iamDatabaseAuthenticationEnabled: true,
  caCertIdentifier: "rds-ca-rsa2048-g1",
};

/** What runs, where, and when it may be upgraded. */
function engine({
  engineVersion = "17",
  instanceClass = "db.t4g.medium",
  multiAz = true,
}: PostgresInstanceProps) {
  return {
    engine: "postgres",
    engineVersion,
    instanceClass,
    multiAz,
    // After an automatic minor, a named one would be a downgrade, which RDS refuses in every later apply.
    autoMinorVersionUpgrade: !engineVersion.includes("."),
    // Raising the major is the permission.
    allowMajorVersionUpgrade: true,
    // As the cluster's: no silent move to paid extended support. AWS cannot change it later.
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    // What a plan shows happens in its apply, and the next plan is empty.
    applyImmediately: true,
    maintenanceWindow: "sun:03:30-sun:04:30",
  };
}

/** The volume. */
function storage({
  kmsKeyArn,
  storageGiB = 20,
  maxStorageGiB = 100,
}: PostgresInstanceProps) {
  return {
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId: kmsKeyArn,
    allocatedStorage: storageGiB,
    // 0: never grows.
    maxAllocatedStorage: maxStorageGiB > storageGiB ? maxStorageGiB : 0,
  };
}

/** Log, metrics of the operating system, and what statements wait for. */
function watching({
  kmsKeyArn,
  monitoringSeconds = 60,
  performanceInsights = true,
}: PostgresInstanceProps) {
  return {
    enabledCloudwatchLogsExports: [LOG_TYPE],
    monitoringInterval: monitoringSeconds,
    performanceInsightsEnabled: performanceInsights,
    performanceInsightsKmsKeyId: performanceInsights ? kmsKeyArn : undefined,
  };
}

/** Backups, and what a destroy leaves. */
function keeping({
  name,
  securityGroupId,
  backupRetentionDays = 7,
  restoreFrom,
  preconditions,
  retain = true,
}: PostgresInstanceProps) {
  return {
    snapshotIdentifier: restoreFrom,
    backupRetentionPeriod: backupRetentionDays,
    backupWindow: "02:00-03:00",
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !retain,
    skipFinalSnapshot: !retain,
    // Unique per instance, as the security group is: a second retirement finds its name free.
    finalSnapshotIdentifier: retain
      ? `${name}-final-${securityGroupId}`
      : undefined,
    // API and Terraform refuse together: the API alone would let the dependants be deleted first.
    deletionProtection: retain,
    lifecycle: {
      preventDestroy: retain,
      ignoreChanges: ["snapshot_identifier", ...MADE_OF],
      precondition: preconditions,
    },
    // A wait that ends leaves a new instance tainted, and `preventDestroy` then refuses the repair. The provider's own
    // 40 minutes are short for a standby, its 80 for a major.
    timeouts: { create: "90m", update: "180m", delete: "90m" },
  };
}
