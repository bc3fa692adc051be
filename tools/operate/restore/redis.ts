import {
  CreateSnapshotCommand,
  DeleteReplicationGroupCommand,
  DescribeReplicationGroupsCommand,
  DescribeSnapshotsCommand,
  ElastiCacheClient,
  type ReplicationGroup,
  type Snapshot,
} from "@aws-sdk/client-elasticache";
import { ProblemReport } from "../../../modules/lib/problem";
import { type AwsAccess } from "../aws/clients";
import { errorName } from "../aws/errors";
import { type Step } from "./steps";
import { type RecoveryPoint, type RestorePlan, type Store } from "./store";
import { waitFor } from "./wait";
import { type Workload, startStep, stopStep } from "./workload";

/** A replication group, and who uses it. */
export interface RedisInputs {
  /** Name on the command line. */
  readonly store: string;
  readonly aws: AwsAccess;
  /** Id of the group. */
  readonly name: string;
  /** Undefined: services of others use it, and nobody is stopped. */
  readonly users?: Workload;
  /** What is lost with today's content, as a sentence. */
  readonly holds: string;
  /** The steps that make it of a snapshot. */
  readonly anew: (snapshot: string) => Step[];
}

/**
 * ElastiCache fills a group when it makes it, and never afterwards: a group that stands is kept as a snapshot, deleted, and made
 * again of the one that is wanted, under the same name.
 */
export function redisStore(inputs: RedisInputs): Store {
  const cache = inputs.aws.client(ElastiCacheClient);
  return {
    name: inputs.store,
    what: `Redis ${inputs.name}`,
    points: async () =>
      (await snapshotsOf(cache, { ReplicationGroupId: inputs.name }))
        .map(pointOf)
        .sort((a, b) => b.at.getTime() - a.at.getTime()),
    plan: async ({ from, stamp }) => {
      const [snapshot] = await snapshotsOf(cache, { SnapshotName: from });
      if (snapshot?.SnapshotStatus !== "available")
        throw new ProblemReport("restore", [
          {
            path: "--from",
            given:
              snapshot === undefined
                ? `${from}, which ElastiCache does not know`
                : `${from}, which is ${snapshot.SnapshotStatus ?? "unknown"}`,
            allowed: "a snapshot of this region that is available",
            fix: "name one that --list shows",
          },
        ]);
      return planOf(inputs, cache, from, stamp);
    },
  };
}

async function planOf(
  { name, users, holds, anew }: RedisInputs,
  cache: ElastiCacheClient,
  from: string,
  stamp: string,
): Promise<RestorePlan> {
  const kept = `${name}-before-${stamp}`;
  const stands = (await groupOf(cache, name)) !== undefined;
  return {
    interrupts: stands
      ? `${users?.what ?? "Whoever uses it"} is away for 15 to 40 minutes: Redis is deleted and made again.`
      : `${users?.what ?? "Whoever uses it"} is away until Redis is there: 10 to 20 minutes.`,
    loses: stands
      ? `${holds} What is there now stays in the snapshot ${kept}. Most often a restore is not worth it: an empty Redis serves as well.`
      : `Nothing: there is no Redis ${name}.`,
    then: "The key restoreFrom may be taken out of the settings: that changes nothing.",
    steps: [
      ...(users ? [stopStep(users)] : []),
      keepGroup(cache, name, kept),
      removeGroup(cache, name, kept),
      ...anew(from),
      ...(users ? [startStep(users)] : []),
    ],
  };
}

async function groupOf(
  cache: ElastiCacheClient,
  name: string,
): Promise<ReplicationGroup | undefined> {
  try {
    const { ReplicationGroups = [] } = await cache.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId: name }),
    );
    return ReplicationGroups[0];
  } catch (error) {
    if (/^ReplicationGroupNotFound/.test(errorName(error))) return undefined;
    throw error;
  }
}

async function snapshotsOf(
  cache: ElastiCacheClient,
  which: {
    readonly SnapshotName?: string;
    readonly ReplicationGroupId?: string;
  },
): Promise<Snapshot[]> {
  const found: Snapshot[] = [];
  let Marker: string | undefined;
  do {
    try {
      const page = await cache.send(
        new DescribeSnapshotsCommand({ ...which, Marker }),
      );
      found.push(...(page.Snapshots ?? []));
      Marker = page.Marker;
    } catch (error) {
      if (/^SnapshotNotFound/.test(errorName(error))) return [];
      throw error;
    }
  } while (Marker !== undefined);
  return found;
}

const pointOf = (snapshot: Snapshot): RecoveryPoint => ({
  id: snapshot.SnapshotName ?? "",
  at: snapshot.NodeSnapshots?.[0]?.SnapshotCreateTime ?? new Date(0),
  size: snapshot.NodeSnapshots?.[0]?.CacheSize ?? "unknown",
  state: snapshot.SnapshotStatus ?? "unknown",
  usable: snapshot.SnapshotStatus === "available",
});

const keepGroup = (
  cache: ElastiCacheClient,
  name: string,
  kept: string,
): Step => ({
  id: "keep",
  does: `keep what is there, as the snapshot ${kept}`,
  run: async () => {
    const look = async () =>
      (await snapshotsOf(cache, { SnapshotName: kept }))[0];
    if ((await look()) === undefined) {
      if ((await groupOf(cache, name)) === undefined) return;
      await cache.send(
        new CreateSnapshotCommand({
          ReplicationGroupId: name,
          SnapshotName: kept,
        }),
      );
    }
    await waitFor(`the snapshot ${kept}`, 60, async () =>
      (await look())?.SnapshotStatus === "available" ? true : undefined,
    );
  },
});

/** @throws Error without the snapshot: nothing is deleted that cannot be had back. */
const removeGroup = (
  cache: ElastiCacheClient,
  name: string,
  kept: string,
): Step => ({
  id: "delete",
  does: `delete ${name}`,
  run: async () => {
    const group = await groupOf(cache, name);
    if (group === undefined) return;
    const [snapshot] = await snapshotsOf(cache, { SnapshotName: kept });
    if (snapshot?.SnapshotStatus !== "available")
      throw new Error(`${name} stays: its snapshot ${kept} is not there.`);
    if (group.Status !== "deleting")
      await cache.send(
        new DeleteReplicationGroupCommand({ ReplicationGroupId: name }),
      );
    await waitFor(`the end of ${name}`, 60, async () =>
      (await groupOf(cache, name)) === undefined ? true : undefined,
    );
  },
});
