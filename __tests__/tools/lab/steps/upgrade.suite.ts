import { labSettings } from "../../../../tools/lab/settings";
import { changesOf, todo } from "../../../../tools/lab/terraform/plan";
import { evaluate } from "../../../../tools/lab/steps/upgrade";

type Planned = readonly [address: string, actions: string[], id?: string];

/** A plan as `terraform show -json` writes it. */
const planJson = (...changes: Planned[]) =>
  JSON.stringify({
    resource_changes: changes.map(([address, actions, id]) => ({
      address,
      mode: address.startsWith("data.") ? "data" : "managed",
      type: address.split(".")[0],
      change: { actions, before: id === undefined ? null : { id } },
    })),
  });

const judged = (...changes: Planned[]) =>
  evaluate({ resources: changesOf(planJson(...changes)) }, ["fsap-wave"]);

const addresses = (changes: readonly { address: string }[]) =>
  changes.map(({ address }) => address);

test.each([
  "aws_efs_file_system",
  "aws_s3_bucket",
  "aws_ecr_repository",
  "aws_kms_key",
  "aws_backup_vault",
  "aws_elasticache_replication_group",
])("an upgrade loses data with a %s that is destroyed or replaced", (type) => {
  const { lost, kept } = judged(
    [`${type}.destroyed`, ["delete"], "1"],
    [`${type}.replaced`, ["delete", "create"], "2"],
    [`${type}.other-order`, ["create", "delete"], "3"],
    [`${type}.changed`, ["update"], "4"],
    [`${type}.same`, ["no-op"], "5"],
    [`${type}.new`, ["create"]],
  );
  expect(addresses(lost)).toEqual([
    `${type}.destroyed`,
    `${type}.replaced`,
    `${type}.other-order`,
  ]);
  expect(addresses(kept)).toEqual([`${type}.changed`, `${type}.same`]);
});

test("the access point of SurrealDB may go, that of Wave may not", () => {
  const { removed, lost } = judged(
    ["aws_efs_access_point.surreal", ["delete"], "fsap-surreal"],
    ["aws_efs_access_point.wave", ["delete"], "fsap-wave"],
  );
  expect(removed).toHaveLength(2);
  expect(addresses(lost)).toEqual(["aws_efs_access_point.wave"]);
});

test("a plan with nothing to do is empty, one with new outputs is not", () => {
  const resources = changesOf(
    planJson(
      ["aws_vpc.main", ["no-op"], "vpc-1"],
      ["data.aws_region.here", ["read"]],
    ),
  );
  const plan = { stack: "network", json: "", resources };
  expect(todo({ ...plan, changed: false })).toEqual([]);
  expect(todo({ ...plan, changed: true })).toEqual(["outputs only"]);
});

test("the upgraded line differs from classic by nothing but wave.version", () => {
  const change = { retain: false };
  const classic = labSettings("classic", change);
  const upgraded = labSettings("upgraded", change);
  const version = classic.wave?.version;
  expect(upgraded.wave?.version).not.toBe(version);
  expect({ ...upgraded, wave: { ...upgraded.wave, version } }).toEqual(classic);
});
