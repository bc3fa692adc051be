import {
  BackupClient,
  DescribeBackupVaultCommand,
  ListBackupJobsCommand,
  ListRecoveryPointsByBackupVaultCommand,
} from "@aws-sdk/client-backup";
import {
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { type Settings, hasWave } from "../../../modules/schema";
import { isClassic } from "../../../modules/wave/release/line";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { bucketNameOf } from "../../../modules/wave/stores/bucket-names";
import { SURREAL_EXPORTS_PREFIX } from "../../../modules/wave/stores/log-prefixes";
import { type AwsAccess } from "../aws/clients";
import { type Part, type Row, counted } from "./part";
import { type StackState, attributesOf, textsOf } from "./states";

type Aws = Pick<AwsAccess, "client">;

/** All of them are made once a day: older than that, one was missed. */
const LATE_HOURS = 36;
/** "usually within the last five minutes" (RDS user guide, point-in-time recovery). */
const BEHIND_HOURS = 1;
const FAILED_DAYS = 7;

const HOUR_MS = 3_600_000;

const hoursOld = (date: Date, now: Date): number =>
  Math.floor((now.getTime() - date.getTime()) / HOUR_MS);

/** What a daily backup is, by its newest. Before the first one is due nothing is late. */
export function newestRow(
  what: string,
  dates: readonly (Date | undefined)[],
  since: Date | undefined,
  now: Date,
): Row {
  const newest = Math.max(...dates.map((date) => date?.getTime() ?? 0), 0);
  if (newest > 0) {
    const hours = hoursOld(new Date(newest), now);
    return {
      what,
      found: `the last one is ${counted(hours, "hour")} old, of ${dates.length}`,
      standing: hours > LATE_HOURS ? "wrong" : "fine",
    };
  }
  const isYoung = since !== undefined && hoursOld(since, now) <= LATE_HOURS;
  return {
    what,
    found: isYoung ? "none yet: the first one is not due" : "there is none",
    standing: isYoung ? "know" : "wrong",
  };
}

/** One question for each kind of store, each asked beside the others. */
export const backupParts = (
  states: readonly StackState[],
  settings: Settings,
  aws: Aws,
  now: Date,
): Part[] => [
  {
    name: "backups of EFS",
    ask: () =>
      each(textsOf(states, "aws_backup_vault", "name"), (name) =>
        vaultRows(name, aws, now),
      ),
  },
  {
    name: "backups of PostgreSQL",
    ask: () =>
      each(textsOf(states, "aws_db_instance", "identifier"), (name) =>
        databaseRows(name, aws, now),
      ),
  },
  {
    name: "backups of Redis",
    ask: () =>
      each(attributesOf(states, "aws_elasticache_replication_group"), (group) =>
        redisRows(group, aws, now),
      ),
  },
  ...(hasWave(settings) && isClassic(settings)
    ? [
        {
          name: "exports of SurrealDB",
          ask: () => exportRows(settings, states, aws, now),
        },
      ]
    : []),
];

const each = async <T>(
  all: readonly T[],
  ask: (one: T) => Promise<Row[]>,
): Promise<Row[]> => (await Promise.all(all.map(ask))).flat();

async function vaultRows(
  BackupVaultName: string,
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const client = aws.client(BackupClient);
  const { CreationDate } = await client.send(
    new DescribeBackupVaultCommand({ BackupVaultName }),
  );
  const { RecoveryPoints = [] } = await client.send(
    new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }),
  );
  const { BackupJobs = [] } = await client.send(
    new ListBackupJobsCommand({
      ByBackupVaultName: BackupVaultName,
      ByCreatedAfter: new Date(now.getTime() - FAILED_DAYS * 24 * HOUR_MS),
    }),
  );
  const what = `recovery points of vault ${BackupVaultName}`;
  return [
    newestRow(
      what,
      RecoveryPoints.filter(({ Status }) => Status === "COMPLETED").map(
        ({ CreationDate: made }) => made,
      ),
      CreationDate,
      now,
    ),
    ...BackupJobs.filter(({ State = "" }) =>
      ["FAILED", "ABORTED", "EXPIRED"].includes(State),
    ).map(({ BackupJobId, State, StatusMessage }) => ({
      what: `backup job ${BackupJobId ?? ""}`,
      found: `${State ?? ""}: ${StatusMessage ?? "no message"}`,
      standing: "wrong" as const,
    })),
  ];
}

async function databaseRows(
  DBInstanceIdentifier: string,
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const { DBInstances: [database] = [] } = await aws
    .client(RDSClient)
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  const what = `point in time of database ${DBInstanceIdentifier}`;
  if (database?.BackupRetentionPeriod === 0)
    return [{ what, found: "backups are off", standing: "wrong" }];
  const latest = database?.LatestRestorableTime;
  if (latest === undefined)
    return [newestRow(what, [], database?.InstanceCreateTime, now)];
  const hours = hoursOld(latest, now);
  return [
    {
      what,
      found: `can be restored to ${latest.toISOString().slice(0, 16)}Z`,
      standing: hours > BEHIND_HOURS ? "wrong" : "fine",
    },
  ];
}

async function redisRows(
  group: Readonly<Record<string, unknown>>,
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const ReplicationGroupId = String(group.replication_group_id ?? group.id);
  const what = `snapshots of Redis ${ReplicationGroupId}`;
  if (group.snapshot_retention_limit === 0)
    return [{ what, found: "none is made", standing: "know" }];
  const client = aws.client(ElastiCacheClient);
  const { Snapshots = [] } = await client.send(
    new DescribeSnapshotsCommand({ ReplicationGroupId }),
  );
  const { ReplicationGroups: [found] = [] } = await client.send(
    new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
  );
  const dates = Snapshots.filter(
    ({ SnapshotStatus }) => SnapshotStatus === "available",
  ).flatMap(({ NodeSnapshots = [] }) =>
    NodeSnapshots.map(({ SnapshotCreateTime }) => SnapshotCreateTime),
  );
  return [newestRow(what, dates, found?.ReplicationGroupCreateTime, now)];
}

/** A file of the logs bucket each day. */
async function exportRows(
  settings: Settings & WaveSettings,
  states: readonly StackState[],
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const Bucket = bucketNameOf(settings, "logs");
  const { Contents = [] } = await aws.client(S3Client).send(
    new ListObjectsV2Command({
      Bucket,
      Prefix: `${SURREAL_EXPORTS_PREFIX}/`,
    }),
  );
  // The bucket does not say since when it is there; the vault of the same stack does.
  const [BackupVaultName] = textsOf(states, "aws_backup_vault", "name");
  const { CreationDate } = await aws
    .client(BackupClient)
    .send(new DescribeBackupVaultCommand({ BackupVaultName }));
  return [
    newestRow(
      "exports of SurrealDB",
      Contents.map(({ LastModified }) => LastModified),
      CreationDate,
      now,
    ),
  ];
}
