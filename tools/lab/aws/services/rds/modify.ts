import { plainListOf } from "../call";
import { need } from "../query-store";
import { refuseBadPassword } from "./refusals";
import { type DbInstance, type DbStore, passwordHash } from "./store";

/** Fields that wait for the maintenance window unless `ApplyImmediately` is set. */
const deferred = new Set([
  "AllocatedStorage",
  "CACertificateIdentifier",
  "DBInstanceClass",
  "EngineVersion",
  "Iops",
  "MultiAZ",
  "StorageType",
]);

/** Fields that are not kept as they came. */
const handled =
  /^(Action|Version|ApplyImmediately|DBInstanceIdentifier|MasterUserPassword|(VpcSecurityGroupIds|CloudwatchLogsExportConfiguration)\..*)$/;

/** Names of `ModifyDBInstance` that `CreateDBInstance` writes otherwise. */
const renamed = new Map([["DBPortNumber", "Port"]]);

/** What `ModifyDBInstance` changes, at once or later. */
export function change(
  store: DbStore,
  instance: DbInstance,
  form: URLSearchParams,
): void {
  const group = form.get("DBParameterGroupName");
  if (group !== null)
    need(store.parameterGroups, group, "DBParameterGroupNotFound");
  const password = form.get("MasterUserPassword");
  if (password !== null) {
    refuseBadPassword(password);
    instance.passwordHash = passwordHash(password);
  }
  const later = form.get("ApplyImmediately") !== "true";
  for (const [field, value] of form) {
    if (handled.test(field)) continue;
    const name = renamed.get(field) ?? field;
    if (later && deferred.has(name)) instance.pending.set(name, value);
    else instance.form.set(name, value);
  }
  const groups = plainListOf(form, "VpcSecurityGroupIds.VpcSecurityGroupId");
  if (groups.length > 0) instance.securityGroupIds = groups;
  instance.logTypes = changedLogs(instance.logTypes, form);
}

function changedLogs(
  current: readonly string[],
  form: URLSearchParams,
): string[] {
  const list = (what: string) =>
    plainListOf(form, `CloudwatchLogsExportConfiguration.${what}.member`);
  const off = new Set(list("DisableLogTypes"));
  const all = new Set([...current, ...list("EnableLogTypes")]);
  return [...all].filter((type) => !off.has(type));
}
