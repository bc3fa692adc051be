import { existsSync } from "node:fs";
import { type Aws, queryCall } from "../aws/client";
import { type Lab } from "../lab";
import { until } from "../system/process";
import { waveEks } from "./command";
import { planIsEmpty, recordOf, takeKey } from "./restore-record";

const cache = (
  aws: Aws,
  action: string,
  form: Readonly<Record<string, string>> = {},
): Promise<string> => queryCall(aws, "elasticache", "2015-02-02", action, form);

const KEPT = "lab-redis-kept";

/** A Redis of a line. */
export interface RedisOf {
  /** Name on the command line. */
  readonly store: string;
  /** Of the replication group. */
  readonly name: string;
  /** Where the settings say what it is made of. */
  readonly key: readonly string[];
}

/** A Redis that stands is kept, deleted, and made of a snapshot by the settings and a deploy. */
export async function checkRedis(
  lab: Lab,
  { store, name, key }: RedisOf,
): Promise<void> {
  const { aws, report } = lab;
  const nobody = await waveEks(lab, [
    ...["restore", store, "--from", "lab-nobody", "--yes"],
  ]);
  report.check(
    `restore ${store}: a snapshot that is none is refused`,
    nobody.code === 1 &&
      nobody.text.includes("ElastiCache does not know") &&
      !existsSync(recordOf(lab, store)),
    nobody.text.slice(-500),
  );
  await cache(aws, "CreateSnapshot", {
    ReplicationGroupId: name,
    SnapshotName: KEPT,
  });
  await until("the snapshot of Redis", 60, async () =>
    (await cache(aws, "DescribeSnapshots", { SnapshotName: KEPT })).includes(
      ">available<",
    )
      ? true
      : undefined,
  );
  const { code, text } = await waveEks(lab, [
    ...["restore", store, "--from", KEPT, "--yes"],
  ]);
  const groups = await cache(aws, "DescribeReplicationGroups");
  const snapshots = await cache(aws, "DescribeSnapshots");
  report.check(
    `restore ${store}: what was there is kept, and Redis is made of the snapshot, by ${key.join(".")} and a deploy`,
    code === 0 &&
      groups.includes(`<ReplicationGroupId>${name}<`) &&
      snapshots.includes(`<SnapshotName>${name}-before-`) &&
      !existsSync(recordOf(lab, store)),
    text.slice(-1500),
  );
  await planIsEmpty(lab, `restore ${store}: afterwards nothing is to do`);
  await takeKey(lab, key);
  await planIsEmpty(lab, `restore ${store}: nor without ${key.join(".")}`);
}

/** What restores keep would be found at the end of the line. */
export async function removeCacheSnapshots(aws: Aws): Promise<void> {
  const snapshots = await cache(aws, "DescribeSnapshots");
  for (const [, SnapshotName = ""] of snapshots.matchAll(
    /<SnapshotName>([^<]*)</g,
  ))
    await cache(aws, "DeleteSnapshot", { SnapshotName });
}
