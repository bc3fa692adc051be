import {
  backupParts,
  newestRow,
} from "../../../../tools/operate/status/backups";
import { askAll } from "../../../../tools/operate/status/part";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { answering, hoursAgo, now, state } from "../../../support/status";

describe("backups", () => {
  test("are late after a missed day, and not due on the first one", () => {
    const row = (dates: Date[], since?: Date) =>
      newestRow("x", dates, since, now).standing;
    expect(row([hoursAgo(50), hoursAgo(20)])).toBe("fine");
    expect(row([hoursAgo(50)])).toBe("wrong");
    expect(row([], hoursAgo(10))).toBe("know");
    expect(row([], hoursAgo(100))).toBe("wrong");
    expect(row([])).toBe("wrong");
  });

  const data = state("data", {
    aws_backup_vault: [{ name: "vault" }],
    aws_db_instance: [{ identifier: "db" }],
    aws_elasticache_replication_group: [
      { replication_group_id: "redis", snapshot_retention_limit: 7 },
    ],
  });
  const right = {
    DescribeBackupVault: { CreationDate: hoursAgo(500) },
    ListRecoveryPointsByBackupVault: {
      RecoveryPoints: [{ Status: "COMPLETED", CreationDate: hoursAgo(9) }],
    },
    ListBackupJobs: { BackupJobs: [{ State: "COMPLETED" }] },
    DescribeDBInstances: {
      DBInstances: [
        { BackupRetentionPeriod: 7, LatestRestorableTime: hoursAgo(0.1) },
      ],
    },
    DescribeSnapshots: {
      Snapshots: [
        {
          SnapshotStatus: "available",
          NodeSnapshots: [{ SnapshotCreateTime: hoursAgo(9) }],
        },
      ],
    },
    DescribeReplicationGroups: { ReplicationGroups: [{}] },
  };
  const ask = async (change: object, settings = currentSettings()) =>
    askAll(
      backupParts([data], settings, answering({ ...right, ...change }), now),
      1000,
    );
  const wrong = async (change: object): Promise<string[]> =>
    (await ask(change)).flatMap(({ rows }) =>
      rows
        .filter(({ standing }) => standing === "wrong")
        .map(({ found }) => found),
    );

  test("that are there are fine", async () => {
    expect(await wrong({})).toEqual([]);
  });

  test.each([
    [
      "a failed job",
      {
        ListBackupJobs: {
          BackupJobs: [{ State: "FAILED", StatusMessage: "no space" }],
        },
      },
      "FAILED: no space",
    ],
    [
      "recovery points that did not end",
      {
        ListRecoveryPointsByBackupVault: {
          RecoveryPoints: [{ Status: "PARTIAL", CreationDate: hoursAgo(1) }],
        },
      },
      "there is none",
    ],
    [
      "a database without backups",
      { DescribeDBInstances: { DBInstances: [{ BackupRetentionPeriod: 0 }] } },
      "backups are off",
    ],
    [
      "a database that is behind",
      {
        DescribeDBInstances: {
          DBInstances: [{ LatestRestorableTime: hoursAgo(30) }],
        },
      },
      "can be restored to 2026-11-28T06:00Z",
    ],
    [
      "an old snapshot",
      {
        DescribeSnapshots: {
          Snapshots: [
            {
              SnapshotStatus: "available",
              NodeSnapshots: [{ SnapshotCreateTime: hoursAgo(72) }],
            },
          ],
        },
      },
      "the last one is 72 hours old, of 1",
    ],
  ])("%s is named", async (_what, change, found) => {
    expect(await wrong(change)).toEqual([found]);
  });

  test("exports of SurrealDB belong to the classic line, and one store that cannot be asked hides no other", async () => {
    const answers = await ask(
      { ListObjectsV2: { Contents: [] } },
      exampleSettings(),
    );
    expect(answers.at(-1)).toMatchObject({
      part: "exports of SurrealDB",
      rows: [{ found: "there is none", standing: "wrong" }],
    });
    const some = await ask({}, exampleSettings());
    expect(some.at(-1)?.notAsked).toContain("not allowed");
    expect(some.at(0)?.rows).toHaveLength(1);
  });
});
