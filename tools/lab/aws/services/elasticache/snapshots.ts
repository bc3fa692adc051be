import { type Xml } from "../../xml";
import { type Operation, AwsError, formOf, queryAnswer } from "../call";
import { need } from "../query-store";
import { memberIds } from "./descriptions";
import {
  type CacheSnapshot,
  type CacheStore,
  type ReplicationGroup,
} from "./store";
import { type World, arnIn } from "../world";

const notFound = "SnapshotNotFoundFault";

/** Snapshots of replication groups: made, listed, deleted. */
export function snapshotOperations(
  world: World,
  store: CacheStore,
): Operation[] {
  return [
    {
      name: "CreateSnapshot",
      answer: (call) => {
        const form = formOf(call);
        const group = need(
          store.replicationGroups,
          form.get("ReplicationGroupId"),
          "ReplicationGroupNotFoundFault",
        );
        const name = form.get("SnapshotName") ?? "";
        return queryAnswer("CreateSnapshot", {
          Snapshot: shown(keepSnapshot(world, store, name, group)),
        });
      },
    },
    {
      name: "DescribeSnapshots",
      answer: (call) =>
        queryAnswer("DescribeSnapshots", {
          Snapshots: { Snapshot: wanted(store, formOf(call)).map(shown) },
        }),
    },
    {
      name: "DeleteSnapshot",
      answer: (call) => {
        const one = need(
          store.snapshots,
          formOf(call).get("SnapshotName"),
          notFound,
        );
        store.snapshots.delete(one.name);
        return queryAnswer("DeleteSnapshot", { Snapshot: shown(one) });
      },
    },
  ];
}

/** @throws AwsError for a name that is taken: a fixed one refuses the second retirement. */
export function keepSnapshot(
  world: World,
  store: CacheStore,
  name: string,
  { id, form }: ReplicationGroup,
): CacheSnapshot {
  if (store.snapshots.has(name))
    throw new AwsError("SnapshotAlreadyExistsFault", name);
  const snapshot: CacheSnapshot = {
    name,
    groupId: id,
    arn: arnIn(world, "elasticache", `snapshot:${name}`),
    form: new Map(form),
    createdAt: new Date(),
    availableAt: Date.now() + 3000,
  };
  store.snapshots.set(name, snapshot);
  return snapshot;
}

/**
 * Fields of a new group, which may be made of a snapshot.
 *
 * @throws AwsError for a snapshot that is not there, is being made, or is of a newer version than the group would have.
 */
export function restoredForm(
  store: CacheStore,
  form: URLSearchParams,
): Map<string, string> {
  const name = form.get("SnapshotName");
  if (name === null) return new Map(form);
  const snapshot = need(store.snapshots, name, notFound);
  if (stateOf(snapshot) !== "available")
    throw new AwsError(
      "InvalidSnapshotStateFault",
      `Snapshot ${name} is not available, it is ${stateOf(snapshot)}.`,
    );
  const [was, is] = [snapshot.form, form].map((one) =>
    Number(one.get("EngineVersion") ?? "7.1"),
  );
  if ((was ?? 0) > (is ?? 0))
    throw new AwsError(
      "InvalidParameterValue",
      `Cannot restore a snapshot of version ${String(was)} to version ${String(is)}.`,
    );
  return new Map(form);
}

const stateOf = ({ availableAt }: CacheSnapshot): string =>
  Date.now() < availableAt ? "creating" : "available";

function wanted(store: CacheStore, form: URLSearchParams): CacheSnapshot[] {
  const name = form.get("SnapshotName");
  const group = form.get("ReplicationGroupId");
  if (name !== null) return [need(store.snapshots, name, notFound)];
  return [...store.snapshots.values()].filter(
    ({ groupId }) => group === null || groupId === group,
  );
}

const shown = (snapshot: CacheSnapshot): Xml => ({
  SnapshotName: snapshot.name,
  ARN: snapshot.arn,
  ReplicationGroupId: snapshot.groupId,
  SnapshotStatus: stateOf(snapshot),
  SnapshotSource: snapshot.name.startsWith("automatic.")
    ? "automated"
    : "manual",
  Engine: snapshot.form.get("Engine") ?? "redis",
  EngineVersion: snapshot.form.get("EngineVersion") ?? "7.1",
  CacheNodeType: snapshot.form.get("CacheNodeType"),
  KmsKeyId: snapshot.form.get("KmsKeyId"),
  NumNodeGroups: 1,
  NodeSnapshots: {
    NodeSnapshot: memberIds({
      id: snapshot.groupId,
      form: snapshot.form,
    })
      .slice(0, 1)
      .map((CacheClusterId) => ({
        CacheClusterId,
        CacheSize: "5 MB",
        SnapshotCreateTime: snapshot.createdAt.toISOString(),
      })),
  },
});
