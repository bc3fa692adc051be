import { type Operation, AwsError, formOf, queryAnswer } from "../call";
import { need } from "../query-store";
import { needSnapshot } from "./snapshots";
import { type DbInstance, type DbStore, dropDeleted } from "./store";

/** What a restored instance has of the past, whatever the request asks: engine, version, volume, key, user, database. */
const OF_THE_PAST = [
  "AllocatedStorage",
  "DBName",
  "Engine",
  "EngineLifecycleSupport",
  "EngineVersion",
  "KmsKeyId",
  "MasterUsername",
  "StorageEncrypted",
];

/** Fields that `CreateDBInstance` has and a restore does not know. */
const UNKNOWN = [
  "AllocatedStorage",
  "BackupRetentionPeriod",
  "EngineVersion",
  "KmsKeyId",
  "MasterUserPassword",
  "MasterUsername",
  "MonitoringInterval",
  "StorageEncrypted",
];

/** Makes an instance of a form and of the password of the past. */
export type MakeInstance = (
  form: URLSearchParams,
  past: Pick<DbInstance, "passwordHash">,
) => Promise<DbInstance>;

/** Instances of the past: of a snapshot, or of a moment within the retention of the backups. */
export function restoreOperations(
  store: DbStore,
  make: MakeInstance,
  shown: (instance: DbInstance) => object,
): Operation[] {
  const restored = async (
    action: string,
    form: URLSearchParams,
    past: {
      readonly form: ReadonlyMap<string, string>;
      readonly passwordHash: string;
    },
  ) => {
    for (const field of UNKNOWN)
      if (form.has(field))
        throw new AwsError(
          "InvalidParameterValue",
          `${action} has no ${field}.`,
        );
    const whole = new URLSearchParams(form);
    for (const field of OF_THE_PAST) {
      const value = past.form.get(field);
      if (value !== undefined) whole.set(field, value);
    }
    const instance = await make(whole, past);
    return queryAnswer(action, { DBInstance: { ...shown(instance) } });
  };
  return [
    {
      name: "RestoreDBInstanceFromDBSnapshot",
      answer: (call) => {
        const form = formOf(call);
        const snapshot = need(
          store.snapshots,
          form.get("DBSnapshotIdentifier"),
          "DBSnapshotNotFound",
        );
        needSnapshot(snapshot);
        return restored("RestoreDBInstanceFromDBSnapshot", form, snapshot);
      },
    },
    {
      name: "RestoreDBInstanceToPointInTime",
      answer: (call) => {
        const form = formOf(call);
        dropDeleted(store);
        const source = need(
          store.instances,
          form.get("SourceDBInstanceIdentifier"),
          "DBInstanceNotFound",
        );
        refuseBadTime(source, form);
        form.set(
          "DBInstanceIdentifier",
          form.get("TargetDBInstanceIdentifier") ?? "",
        );
        return restored("RestoreDBInstanceToPointInTime", form, source);
      },
    },
  ];
}

/** @throws AwsError for a moment before the first backup, or one that is not written yet. */
function refuseBadTime(source: DbInstance, form: URLSearchParams): void {
  const time = form.get("RestoreTime");
  if (source.form.get("BackupRetentionPeriod") === "0")
    throw new AwsError(
      "PointInTimeRestoreNotEnabled",
      `Backups of ${source.id} are off.`,
    );
  if (time === null) {
    if (form.get("UseLatestRestorableTime") !== "true")
      throw new AwsError(
        "InvalidParameterCombination",
        "RestoreTime or UseLatestRestorableTime has to be given.",
      );
    return;
  }
  const at = Date.parse(time);
  if (Number.isNaN(at) || at < source.createdAt.getTime() || at > Date.now())
    throw new AwsError(
      "InvalidRestoreFault",
      `The specified time ${time} is not within the restorable times of ${source.id}.`,
    );
}
