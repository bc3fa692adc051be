import {
  type DBInstance,
  type DBSnapshot,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { errorName } from "../aws/errors";
import { type RecoveryPoint } from "./store";

/** The instance; undefined where there is none. */
export async function instanceOf(
  rds: RDSClient,
  name: string,
): Promise<DBInstance | undefined> {
  try {
    const { DBInstances = [] } = await rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }),
    );
    return DBInstances[0];
  } catch (error) {
    if (/^DBInstanceNotFound/.test(errorName(error))) return undefined;
    throw error;
  }
}

/** A snapshot of any instance; undefined where there is none. */
export async function snapshotOf(
  rds: RDSClient,
  name: string,
): Promise<DBSnapshot | undefined> {
  try {
    const { DBSnapshots = [] } = await rds.send(
      new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name }),
    );
    return DBSnapshots[0];
  } catch (error) {
    if (/^DBSnapshotNotFound/.test(errorName(error))) return undefined;
    throw error;
  }
}

/** Snapshots of an instance, also of one that is gone, newest first. */
export async function postgresPoints(
  rds: RDSClient,
  name: string,
): Promise<RecoveryPoint[]> {
  const found: DBSnapshot[] = [];
  let marker: string | undefined;
  do {
    const page = await rds.send(
      new DescribeDBSnapshotsCommand({
        DBInstanceIdentifier: name,
        Marker: marker,
      }),
    );
    found.push(...(page.DBSnapshots ?? []));
    marker = page.Marker;
  } while (marker !== undefined);
  return found.map(pointOf).sort((a, b) => b.at.getTime() - a.at.getTime());
}

const pointOf = (snapshot: DBSnapshot): RecoveryPoint => ({
  id: snapshot.DBSnapshotIdentifier ?? "",
  at: snapshot.SnapshotCreateTime ?? new Date(0),
  size: `${snapshot.AllocatedStorage ?? "?"} GiB`,
  state: snapshot.Status ?? "unknown",
  usable: snapshot.Status === "available",
});
