import { AwsError } from "../call";
import { need } from "../query-store";
import { type DbInstance, type DbStore } from "./store";

const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameterValue", message);

const combination = (message: string): AwsError =>
  new AwsError("InvalidParameterCombination", message);

/** @throws AwsError for what AWS refuses in the creation of a PostgreSQL instance. */
export function refuseBadInstance(store: DbStore, form: URLSearchParams): void {
  const id = form.get("DBInstanceIdentifier") ?? "";
  if (store.instances.has(id))
    throw new AwsError("DBInstanceAlreadyExists", "DB instance already exists");
  if (!/^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{0,62}$/.test(id) || id.endsWith("-"))
    throw invalid(`DBInstanceIdentifier ${id} is not a valid identifier.`);
  if (form.get("Engine") !== "postgres")
    throw invalid(`The lab has no engine ${form.get("Engine") ?? ""}.`);
  if (
    /^(admin|postgres|rdsadmin|pg_.*)$/i.test(form.get("MasterUsername") ?? "")
  )
    throw invalid("MasterUsername is a reserved word.");
  // The provider sends an empty name where none is set: then there is the database `postgres` alone.
  if (!/^([a-zA-Z]\w{0,62})?$/.test(form.get("DBName") ?? ""))
    throw invalid("DBName must begin with a letter.");
  if (form.has("KmsKeyId") && form.get("StorageEncrypted") !== "true")
    throw combination("A KMS key needs StorageEncrypted.");
  refuseBadMonitoring(form);
  need(
    store.subnetGroups,
    form.get("DBSubnetGroupName"),
    "DBSubnetGroupNotFoundFault",
  );
  refuseBadParameterGroup(store, form);
}

/** @throws AwsError for a password that PostgreSQL on RDS does not take. */
export function refuseBadPassword(password: string): void {
  if (!/^[^\s/"@]{8,128}$/.test(password))
    throw invalid(
      "The parameter MasterUserPassword is not a valid password. Only 8 to 128 printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    );
}

function refuseBadMonitoring(form: URLSearchParams): void {
  const interval = Number(form.get("MonitoringInterval") ?? 0);
  if (interval > 0 && !form.has("MonitoringRoleArn"))
    throw combination(
      "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
    );
}

/** The family has to be that of the engine's major version. */
function refuseBadParameterGroup(store: DbStore, form: URLSearchParams): void {
  const name = form.get("DBParameterGroupName");
  if (name === null) return;
  const { family } = need(
    store.parameterGroups,
    name,
    "DBParameterGroupNotFound",
  );
  const major = form.get("EngineVersion")?.split(".")[0] ?? "";
  if (major !== "" && family !== `postgres${major}`)
    throw combination(
      `The parameter group ${name} with DBParameterGroupFamily ${family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily postgres${major}.`,
    );
}

/** @throws AwsError for a deletion that AWS refuses: protected, or a snapshot's name is missing. */
export function refuseBadDeletion(
  { form: made }: DbInstance,
  form: URLSearchParams,
): void {
  if (made.get("DeletionProtection") === "true")
    throw combination(
      "Cannot delete protected DB Instance, please disable deletion protection and try again.",
    );
  const snapshot = form.get("FinalDBSnapshotIdentifier");
  const skip = form.get("SkipFinalSnapshot") === "true";
  if (skip === (snapshot !== null))
    throw combination(
      "FinalDBSnapshotIdentifier goes with SkipFinalSnapshot false, and only with it.",
    );
}
