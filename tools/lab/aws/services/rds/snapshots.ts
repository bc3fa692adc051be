import { type Xml } from "../../xml";
import { type Operation, AwsError, formOf, listOf, queryAnswer } from "../call";
import { need, setTags, tagList } from "../query-store";
import { wholeVersion } from "./descriptions";
import {
  type DbSnapshot,
  type DbStore,
  busyTime,
  dropDeleted,
  needAvailable,
} from "./store";
import { type World, arnIn } from "../world";

const notFound = "DBSnapshotNotFound";

/** Snapshots: made of an instance that is available, copied with another key, listed, deleted. */
export function dbSnapshotOperations(
  world: World,
  store: DbStore,
): Operation[] {
  const shown = (snapshot: DbSnapshot) => shownSnapshot(store, snapshot);
  const named = (form: URLSearchParams, key = "DBSnapshotIdentifier") =>
    need(store.snapshots, form.get(key), notFound);
  return [
    {
      name: "CreateDBSnapshot",
      answer: (call) => {
        const form = formOf(call);
        dropDeleted(store);
        const instance = need(
          store.instances,
          form.get("DBInstanceIdentifier"),
          "DBInstanceNotFound",
        );
        needAvailable(instance);
        const snapshot = keepSnapshot(world, store, {
          name: form.get("DBSnapshotIdentifier") ?? "",
          of: instance,
        });
        setTags(store.tags, snapshot.arn, form);
        return queryAnswer("CreateDBSnapshot", { DBSnapshot: shown(snapshot) });
      },
    },
    {
      name: "CopyDBSnapshot",
      answer: (call) => {
        const form = formOf(call);
        const source = named(form, "SourceDBSnapshotIdentifier");
        needSnapshot(source);
        const key = form.get("KmsKeyId");
        const copied = keepSnapshot(world, store, {
          name: form.get("TargetDBSnapshotIdentifier") ?? "",
          of: {
            ...source,
            form: new Map([
              ...source.form,
              ...(key === null
                ? []
                : ([
                    ["KmsKeyId", key],
                    ["StorageEncrypted", "true"],
                  ] as const)),
            ]),
          },
        });
        return queryAnswer("CopyDBSnapshot", { DBSnapshot: shown(copied) });
      },
    },
    {
      name: "DescribeDBSnapshots",
      answer: (call) =>
        queryAnswer("DescribeDBSnapshots", {
          DBSnapshots: { DBSnapshot: wanted(store, formOf(call)).map(shown) },
        }),
    },
    {
      name: "DeleteDBSnapshot",
      answer: (call) => {
        const snapshot = named(formOf(call));
        needSnapshot(snapshot);
        store.snapshots.delete(snapshot.name);
        return queryAnswer("DeleteDBSnapshot", { DBSnapshot: shown(snapshot) });
      },
    },
    {
      // No operation of AWS: a snapshot of another engine, version, size or key than the lab's own databases have.
      name: "LabPutDBSnapshot",
      answer: (call) => {
        const form = formOf(call);
        const source = need(
          store.instances,
          form.get("DBInstanceIdentifier"),
          "DBInstanceNotFound",
        );
        const changes = listOf(form, "Changes.member").map(
          ({ Key = "", Value = "" }) => [Key, Value] as const,
        );
        const snapshot = keepSnapshot(world, store, {
          name: form.get("DBSnapshotIdentifier") ?? "",
          of: { ...source, form: new Map([...source.form, ...changes]) },
        });
        return queryAnswer("LabPutDBSnapshot", { DBSnapshot: shown(snapshot) });
      },
    },
  ];
}

/** What a snapshot keeps of an instance, or of another snapshot. */
type Kept = Pick<DbSnapshot, "id" | "form" | "passwordHash">;

/** @throws AwsError for a name that is taken: AWS has each once. */
export function keepSnapshot(
  world: World,
  store: DbStore,
  { name, of }: { readonly name: string; readonly of: Kept },
): DbSnapshot {
  if (store.snapshots.has(name))
    throw new AwsError(
      "DBSnapshotAlreadyExists",
      `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
  const snapshot: DbSnapshot = {
    id: of.id,
    name,
    arn: arnIn(world, "rds", `snapshot:${name}`),
    form: new Map(of.form),
    passwordHash: of.passwordHash,
    createdAt: new Date(),
    availableAt: Date.now() + busyTime,
  };
  store.snapshots.set(name, snapshot);
  return snapshot;
}

const stateOf = ({ availableAt }: DbSnapshot): string =>
  Date.now() < availableAt ? "creating" : "available";

/** @throws AwsError while it is being made: AWS copies, restores and deletes only what is available. */
export function needSnapshot(snapshot: DbSnapshot): void {
  const state = stateOf(snapshot);
  if (state !== "available")
    throw new AwsError(
      "InvalidDBSnapshotState",
      `The snapshot ${snapshot.name} is not in available state, it is ${state}.`,
    );
}

/** Those of the request: by its own name, or of an instance. @throws AwsError where it names one that is not there. */
function wanted(store: DbStore, form: URLSearchParams): DbSnapshot[] {
  const name = form.get("DBSnapshotIdentifier");
  const instance = form.get("DBInstanceIdentifier");
  const type = form.get("SnapshotType");
  if (name !== null) return [need(store.snapshots, name, notFound)];
  return [...store.snapshots.values()].filter(
    (one) =>
      (instance === null || one.id === instance) &&
      (type === null || type === typeOf(one)),
  );
}

const typeOf = ({ name }: DbSnapshot): string =>
  name.startsWith("rds:") ? "automated" : "manual";

function shownSnapshot(store: DbStore, snapshot: DbSnapshot): Xml {
  const { form, name, id, arn, createdAt } = snapshot;
  const engine = form.get("Engine") ?? "postgres";
  return {
    DBSnapshotIdentifier: name,
    DBSnapshotArn: arn,
    DBInstanceIdentifier: id,
    SnapshotCreateTime: createdAt.toISOString(),
    OriginalSnapshotCreateTime: createdAt.toISOString(),
    SnapshotType: typeOf(snapshot),
    Status: stateOf(snapshot),
    PercentProgress: stateOf(snapshot) === "available" ? 100 : 10,
    Engine: engine,
    EngineVersion: wholeVersion(form.get("EngineVersion") ?? "17"),
    AllocatedStorage: form.get("AllocatedStorage"),
    StorageType: form.get("StorageType") ?? "gp2",
    Encrypted: form.get("StorageEncrypted") ?? "false",
    KmsKeyId: form.get("KmsKeyId"),
    MasterUsername: form.get("MasterUsername"),
    Port: form.get("Port") ?? "5432",
    LicenseModel: `${engine}-license`,
    TagList: tagList(store.tags, arn),
  };
}
