import { checkSettings } from "../../modules/rules";
import { DataStack } from "../../modules/stacks/data";
import { NetworkStack } from "../../modules/stacks/network";
import { addressesOf } from "../support/graph";
import { type SettingsChange, exampleSettings } from "../support/settings";
import {
  type ResourceJson,
  type StackJson,
  synthStacks,
} from "../support/synth";

// The classic example, and the same file with another release: what a deployment of the second does to the first.

const RELEASE: SettingsChange = { wave: { version: "1.37.0" } };

const stacksOf = (change: SettingsChange) =>
  synthStacks((app) => {
    const settings = exampleSettings(change);
    new NetworkStack(app, settings);
    new DataStack(app, settings);
  });
const before = stacksOf({});
const after = stacksOf(RELEASE);

/** `aws_efs_file_system.files_file-system_D290C744` → its JSON. */
const resourcesIn = (stack: StackJson | undefined) =>
  new Map(
    Object.entries(stack?.resource ?? {}).flatMap(([type, instances]) =>
      Object.entries(instances).map(([id, body]): [string, ResourceJson] => [
        `${type}.${id}`,
        body,
      ]),
    ),
  );

/** Address without CDKTF's hash: what a reader knows it by. */
const plain = (address: string) => address.replace(/_[0-9A-F]{8}$/, "");

/** Attributes that differ, by address. */
function changesIn(stack: string): Record<string, string[]> {
  const old = resourcesIn(before[stack]);
  const changes: Record<string, string[]> = {};
  for (const [address, body] of resourcesIn(after[stack])) {
    const was = old.get(address);
    if (was === undefined) continue;
    const differing = [
      ...new Set([...Object.keys(was), ...Object.keys(body)]),
    ].filter((key) => JSON.stringify(was[key]) !== JSON.stringify(body[key]));
    if (differing.length > 0) changes[plain(address)] = differing.sort();
  }
  return changes;
}

const addresses = (stacks: Record<string, StackJson>, stack: string) =>
  addressesOf(stacks[stack] ?? {}).filter(
    (address) => !/^(data|ephemeral)\./.test(address),
  );
const onlyIn = (
  stack: string,
  some: Record<string, StackJson>,
  others: Record<string, StackJson>,
) =>
  addresses(some, stack)
    .filter((address) => !addresses(others, stack).includes(address))
    .map(plain);

/** What holds data, or what data cannot be read without. */
const HOLDS_DATA =
  /^aws_(backup_vault|ecr_repository|efs_file_system|elasticache_replication_group|kms_key|s3_bucket|eks_cluster)\./;

test("the rules take the same file with the other release", () => {
  expect(checkSettings(exampleSettings(RELEASE))).toEqual([]);
});

test("INF-04, SUR-05, SET-20: only SurrealDB's access point and passwords go", () => {
  expect(onlyIn("data", before, after)).toEqual([
    "aws_efs_access_point.files_surreal-access-point",
    "aws_secretsmanager_secret.surreal-password",
    "aws_secretsmanager_secret.surreal-wave-password",
    "aws_secretsmanager_secret_version.surreal-password_version",
    "aws_secretsmanager_secret_version.surreal-wave-password_version",
  ]);
  expect(onlyIn("network", before, after)).toEqual([]);
});

test("INF-10, INF-03, INF-04: everything that holds data stays where it is", () => {
  const stores = [...resourcesIn(before.data).keys()].filter((address) =>
    HOLDS_DATA.test(address),
  );
  expect(new Set(stores.map((address) => address.split(".")[0])).size).toBe(6);
  const kept = addresses(after, "data");
  expect(stores.filter((address) => !kept.includes(address))).toEqual([]);
});

test("INF-16: new are the database with all that belongs to it, and the password of Redis", () => {
  for (const address of onlyIn("data", after, before))
    expect(address).toMatch(/\.(postgres_|redis_password)/);
  expect(onlyIn("data", after, before)).toContain(
    "aws_db_instance.postgres_instance",
  );
});

test("no attribute changes but two, all of which AWS changes in place", () => {
  expect(changesIn("data")).toEqual({
    // SurrealDB's door leaves the list.
    "aws_efs_file_system_policy.files_policy": ["policy"],
    // CloudWatch Logs may use it for the log of the database.
    "aws_kms_key.storage-key": ["policy"],
  });
});

test("network keeps cluster, keys and groups as they are", () => {
  const stores = [...resourcesIn(before.network).keys()].filter((address) =>
    HOLDS_DATA.test(address),
  );
  expect(stores.length).toBeGreaterThan(2);
  expect(changesIn("network")).toEqual({});
});
