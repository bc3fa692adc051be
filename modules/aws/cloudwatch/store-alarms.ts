import { type AlarmDefinition } from "./alarm";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const GIB = 1024 ** 3;

/** Alarms by the last part of their name. */
export type Alarms = Readonly<Record<string, AlarmDefinition>>;

/**
 * Alarms of a Redis or Valkey of ElastiCache: memory and evictions of each node.
 *
 * "Metrics for Valkey and Redis OSS" of the ElastiCache user guide.
 *
 * @param nodeIds Ids of the nodes, the cache clusters of the replication group.
 */
export const redisAlarms = (nodeIds: readonly string[]): Alarms =>
  Object.fromEntries(
    nodeIds.flatMap((CacheClusterId, index): [string, AlarmDefinition][] => {
      const ofNode = {
        namespace: "AWS/ElastiCache",
        dimensions: { CacheClusterId },
        wrong: "above" as const,
      };
      return [
        [
          `memory-${index + 1}`,
          {
            ...ofNode,
            description:
              "Memory of a Redis node is over 90 % for a quarter of an hour, or the node is silent.",
            metricName: "DatabaseMemoryUsagePercentage",
            statistic: "Maximum",
            periodSeconds: 5 * MINUTE,
            periods: 3,
            threshold: 90,
            // A node reports every minute: one that does not is not there.
            withoutValues: "wrong",
          },
        ],
        [
          `evictions-${index + 1}`,
          {
            ...ofNode,
            description:
              "A Redis node has thrown keys away because its memory is full: what they held is lost.",
            metricName: "Evictions",
            statistic: "Sum",
            periodSeconds: 5 * MINUTE,
            periods: 1,
            threshold: 0,
            // The alarm of its memory tells of a node that is silent.
            withoutValues: "right",
          },
        ],
      ];
    }),
  );

/** What alarms of a PostgreSQL name. */
export interface WatchedPostgres {
  /** Identifier of the instance. */
  readonly identifier: string;
  /** Size that the volume starts with, in GiB. */
  readonly storageGiB: number;
  /** Memory of the class, in MiB; undefined where it is not known: no alarm of connections. */
  readonly memoryMi: number | undefined;
}

/**
 * Connections that RDS allows by default: memory in bytes by this number, and never more than 5000 ("Quotas and constraints for
 * Amazon RDS", maximum number of database connections).
 */
const BYTES_OF_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

/** RDS and the system keep a part of the memory for themselves, and how much is not documented: seven tenths of the whole. */
const SHARE = 0.7;

/**
 * Alarms of a PostgreSQL of RDS: free storage, processor, and connections.
 *
 * "Amazon CloudWatch metrics for Amazon RDS" of the RDS user guide.
 */
export function postgresAlarms({
  identifier,
  storageGiB,
  memoryMi,
}: WatchedPostgres): Alarms {
  const ofInstance = {
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: identifier },
    periodSeconds: 5 * MINUTE,
  };
  return {
    storage: {
      ...ofInstance,
      description:
        "The database has less than a tenth of its first size free for a quarter of an hour, or is silent. RDS grows a volume before, up to its limit and once in six hours.",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      periods: 3,
      wrong: "below",
      threshold: (storageGiB * GIB) / 10,
      // An instance reports every minute: one that does not is not there.
      withoutValues: "wrong",
    },
    cpu: {
      ...ofInstance,
      description:
        "The processor of the database is over 90 % for half an hour.",
      metricName: "CPUUtilization",
      statistic: "Average",
      periods: 6,
      wrong: "above",
      threshold: 90,
      // The alarm of its storage tells of an instance that is silent.
      withoutValues: "right",
    },
    ...(memoryMi !== undefined && {
      connections: {
        ...ofInstance,
        description:
          "The database has most of the connections open that its class allows.",
        metricName: "DatabaseConnections",
        statistic: "Maximum",
        periods: 3,
        wrong: "above",
        threshold: connectionsOf(memoryMi),
        withoutValues: "right",
      } satisfies AlarmDefinition,
    }),
  };
}

const connectionsOf = (memoryMi: number): number =>
  Math.floor(
    SHARE *
      Math.min(MOST_CONNECTIONS, (memoryMi * 1024 ** 2) / BYTES_OF_CONNECTION),
  );

/**
 * Alarm of the backups into a vault.
 *
 * "Monitoring AWS Backup metrics with CloudWatch" of the AWS Backup developer guide.
 *
 * @param vaultName Name of the vault.
 */
export const backupAlarms = (vaultName: string): Alarms => ({
  failed: {
    description: "A backup has failed. The next one is tried tomorrow.",
    namespace: "AWS/Backup",
    metricName: "NumberOfBackupJobsFailed",
    dimensions: { BackupVaultName: vaultName },
    statistic: "Sum",
    periodSeconds: HOUR,
    periods: 1,
    wrong: "above",
    threshold: 0,
    // Without a job there is nothing to report.
    withoutValues: "right",
  },
});
