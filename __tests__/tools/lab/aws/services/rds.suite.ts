import { passwordHash } from "../../../../../tools/lab/aws/services/rds/store";
import { type Client, errorOf, fakeMoto } from "../../support";
import {
  instance,
  named,
  rdsClient,
  withoutSnapshot,
  zones,
} from "./rds-instance";

let rds: Client;
let requests: string[];

const create = (change: Record<string, string> = {}) =>
  rds.query("CreateDBInstance", { ...instance, ...change });

/** What takes minutes on AWS has ended. */
const later = () => {
  jest.advanceTimersByTime(60_000);
};

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
  requests = [];
  rds = await rdsClient(requests);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test("two instances have two resource ids, and the provider finds each by its own", async () => {
  const ids: string[] = [];
  for (const DBInstanceIdentifier of ["wave", "other"]) {
    const made = await create({ DBInstanceIdentifier });
    ids.push(/<DbiResourceId>(db-[0-9A-Z]+)</.exec(made)?.[1] ?? "");
  }
  const found = await rds.query("DescribeDBInstances", {
    "Filters.Filter.1.Name": "dbi-resource-id",
    "Filters.Filter.1.Values.Value.1": ids[1] ?? "",
  });
  expect(found).toContain("<DBInstanceIdentifier>other<");
  expect(found).not.toContain("<DBInstanceIdentifier>wave<");
});

test("INF-16: an instance is described with what it was made with, and never with its password", async () => {
  await create();
  const creating = await rds.query("DescribeDBInstances", named);
  expect(creating).toContain("<DBInstanceStatus>creating<");
  expect(creating).not.toContain("<Endpoint>");
  later();
  const made = await rds.query("DescribeDBInstances", named);
  expect(made).toContain("<DBInstanceStatus>available<");
  expect(made).toContain("<EngineVersion>17.6<");
  expect(made).toContain("<VpcSecurityGroupId>sg-1<");
  expect(made).toContain("<member>postgresql<");
  expect(made).toContain("<DeletionProtection>true<");
  expect(made).not.toContain("first-password");
});

test("a protected instance is not deleted, an unprotected one is", async () => {
  await create();
  later();
  const remove = () => rds.query("DeleteDBInstance", withoutSnapshot);
  expect(await errorOf(remove)).toMatch(
    /^InvalidParameterCombination: .*disable deletion protection/,
  );
  await rds.query("ModifyDBInstance", {
    ...named,
    DeletionProtection: "false",
  });
  expect(await errorOf(remove)).toMatch(/^InvalidDBInstanceState: .*modifying/);
  later();
  await remove();
  later();
  expect(await errorOf(() => rds.query("DescribeDBInstances", named))).toMatch(
    /^DBInstanceNotFound/,
  );
});

test("refuses a second final snapshot of one name, and a deletion that names none", async () => {
  const unprotected = { DeletionProtection: "false" };
  const remove = () =>
    rds.query("DeleteDBInstance", {
      ...named,
      FinalDBSnapshotIdentifier: "final",
    });
  await create(unprotected);
  later();
  expect(await errorOf(() => rds.query("DeleteDBInstance", named))).toMatch(
    /^InvalidParameterCombination: FinalDBSnapshotIdentifier/,
  );
  await remove();
  expect(await rds.query("DescribeDBSnapshots")).toContain(
    "<DBSnapshotIdentifier>final<",
  );
  later();
  await create(unprotected);
  later();
  expect(await errorOf(remove)).toMatch(/^DBSnapshotAlreadyExists/);
});

test("what is kept of a password is its hash, that of the last change", async () => {
  const kept = () => rds.query("LabDescribePasswordHash", named);
  await create();
  later();
  expect(await kept()).toContain(passwordHash("first-password"));
  await rds.query("ModifyDBInstance", {
    ...named,
    MasterUserPassword: "second-password",
  });
  expect(await kept()).toContain(passwordHash("second-password"));
});

test("refuses to delete groups that are in use", async () => {
  await create();
  expect(
    await errorOf(() =>
      rds.query("DeleteDBSubnetGroup", { DBSubnetGroupName: "subnets" }),
    ),
  ).toMatch(/^InvalidDBSubnetGroupStateFault/);
  expect(
    await errorOf(() =>
      rds.query("DeleteDBParameterGroup", {
        DBParameterGroupName: "parameters",
      }),
    ),
  ).toMatch(/^InvalidDBParameterGroupState/);
});

test.each([
  ["a slash in the password", { MasterUserPassword: "with/slash" }, /password/],
  ["a short password", { MasterUserPassword: "short" }, /password/],
  ["a reserved user", { MasterUsername: "postgres" }, /reserved word/],
  ["a key without encryption", { KmsKeyId: "k" }, /StorageEncrypted/],
  ["monitoring without a role", { MonitoringInterval: "60" }, /Role/],
  ["a family of another major", { EngineVersion: "16.4" }, /postgres16/],
  [
    "an unknown subnet group",
    { DBSubnetGroupName: "x" },
    /SubnetGroupNotFound/,
  ],
])("refuses %s, as AWS does", async (_what, change, message) => {
  expect(await errorOf(() => create(change))).toMatch(message);
});

test("a subnet group covers two zones or is refused", async () => {
  fakeMoto(() => zones("a", "a"));
  expect(
    await errorOf(() =>
      rds.query("CreateDBSubnetGroup", { DBSubnetGroupName: "one-zone" }),
    ),
  ).toMatch(/^DBSubnetGroupDoesNotCoverEnoughAZs/);
});

test("parameters are shown as set, and a static one is not applied at once", async () => {
  const set = (ParameterName: string) => () =>
    rds.query("ModifyDBParameterGroup", {
      DBParameterGroupName: "parameters",
      "Parameters.Parameter.1.ParameterName": ParameterName,
      "Parameters.Parameter.1.ParameterValue": "1",
      "Parameters.Parameter.1.ApplyMethod": "immediate",
    });
  await set("log_lock_waits")();
  const shown = await rds.query("DescribeDBParameters", {
    DBParameterGroupName: "parameters",
    Source: "user",
  });
  expect(shown).toContain(
    "<ParameterName>log_lock_waits</ParameterName><ParameterValue>1<",
  );
  expect(await errorOf(set("max_connections"))).toMatch(
    /^InvalidParameterCombination: .*static parameter/,
  );
});

test("a parameter that is set to its default is nobody's, and waits for a reboot", async () => {
  const show = (source?: { Source: string }) =>
    rds.query("DescribeDBParameters", {
      DBParameterGroupName: "parameters",
      ...source,
    });
  const set = (value: string) =>
    rds.query("ModifyDBParameterGroup", {
      DBParameterGroupName: "parameters",
      "Parameters.Parameter.1.ParameterName": "rds.force_ssl",
      "Parameters.Parameter.1.ParameterValue": value,
      "Parameters.Parameter.1.ApplyMethod": "immediate",
    });
  await set("1");
  expect(await show({ Source: "user" })).not.toContain("rds.force_ssl");
  expect(await show()).toContain("<ApplyMethod>pending-reboot<");
  await set("0");
  expect(await show({ Source: "user" })).toContain("rds.force_ssl");
  expect(await show()).not.toContain("<ApplyMethod>pending-reboot<");
});

test("a change of class waits for the maintenance window unless it is to be immediate", async () => {
  const change = (ApplyImmediately: string) =>
    rds.query("ModifyDBInstance", {
      ...named,
      DBInstanceClass: "db.m7g.large",
      ApplyImmediately,
    });
  await create();
  later();
  const waiting = await change("false");
  expect(waiting).toContain("</TagList>");
  expect(waiting).toContain(
    "<PendingModifiedValues><DBInstanceClass>db.m7g.large<",
  );
  expect(waiting).toContain("<DBInstanceClass>db.t4g.medium<");
  later();
  const changed = await change("true");
  expect(changed).toContain("<DBInstanceClass>db.m7g.large<");
});

test("RDS makes a log group that is missing, at its start and at its end", async () => {
  const made = () =>
    requests.filter((request) => request.includes("CreateLogGroup"));
  await create({ DeletionProtection: "false" });
  expect(made()).toEqual([
    expect.stringContaining("/aws/rds/instance/wave/postgresql"),
  ]);
  later();
  await rds.query("DeleteDBInstance", withoutSnapshot);
  expect(made()).toHaveLength(2);
});

test("no name of a database, which the provider sends as an empty one, is taken and not shown", async () => {
  await create({ DBName: "" });
  expect(await rds.query("DescribeDBInstances", named)).not.toContain("DBName");
  expect(
    await errorOf(() =>
      create({ DBInstanceIdentifier: "other", DBName: "1st" }),
    ),
  ).toContain("DBName");
});
