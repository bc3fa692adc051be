import { passwordHash } from "../../../../../tools/lab/aws/services/rds/store";
import { type Client, errorOf } from "../../support";
import { instance, named, rdsClient } from "./rds-instance";

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

describe("instances of the past", () => {
  const MASTER_PASSWORD = ["MasterUserPassword", "MasterUsername"];
  const past = Object.fromEntries(
    ["DBInstanceClass", "DBSubnetGroupName", "DBParameterGroupName"].map(
      (field) => [field, instance[field as keyof typeof instance]],
    ),
  );
  const restore = (change: Record<string, string> = {}) =>
    rds.query("RestoreDBInstanceFromDBSnapshot", {
      ...past,
      DBInstanceIdentifier: "past",
      DBSnapshotIdentifier: "kept",
      ...change,
    });
  const snapshot = () =>
    rds.query("CreateDBSnapshot", { ...named, DBSnapshotIdentifier: "kept" });

  beforeEach(async () => {
    await create();
    later();
  });

  test("a snapshot is used once it is available, and one that is not there never", async () => {
    await snapshot();
    expect(await errorOf(() => restore())).toMatch(/^InvalidDBSnapshotState/);
    later();
    await restore();
    expect(
      await errorOf(() => restore({ DBSnapshotIdentifier: "none" })),
    ).toMatch(/^DBSnapshotNotFound/);
  });

  test("engine, version, volume, user and password are those of the past", async () => {
    await snapshot();
    later();
    const restored = await restore();
    expect(restored).toContain("<MasterUsername>wave_user</MasterUsername>");
    expect(restored).toContain("<AllocatedStorage>20</AllocatedStorage>");
    expect(
      await rds.query("LabDescribePasswordHash", {
        DBInstanceIdentifier: "past",
      }),
    ).toContain(passwordHash("first-password"));
    for (const field of MASTER_PASSWORD)
      expect(
        await errorOf(() =>
          restore({ DBInstanceIdentifier: "other", [field]: "another" }),
        ),
      ).toMatch(/^InvalidParameterValue/);
  });

  test("a parameter group of another major is refused", async () => {
    await rds.query("LabPutDBSnapshot", {
      ...named,
      DBSnapshotIdentifier: "kept",
      "Changes.member.1.Key": "EngineVersion",
      "Changes.member.1.Value": "16.10",
    });
    later();
    expect(await errorOf(() => restore())).toMatch(
      /^InvalidParameterCombination.+postgres16/,
    );
  });

  test("a copy has the key that it is given", async () => {
    await snapshot();
    later();
    const copied = await rds.query("CopyDBSnapshot", {
      SourceDBSnapshotIdentifier: "kept",
      TargetDBSnapshotIdentifier: "copy",
      KmsKeyId: "key-2",
    });
    expect(copied).toContain("<KmsKeyId>key-2</KmsKeyId>");
  });

  test("a moment outside of the backups is refused", async () => {
    const to = (RestoreTime: string) =>
      rds.query("RestoreDBInstanceToPointInTime", {
        ...past,
        SourceDBInstanceIdentifier: "wave",
        TargetDBInstanceIdentifier: "past",
        RestoreTime,
      });
    expect(await errorOf(() => to("2001-01-01T00:00:00Z"))).toMatch(
      /^InvalidRestoreFault/,
    );
    expect(await to(new Date().toISOString())).toContain(
      "<DBInstanceIdentifier>past</DBInstanceIdentifier>",
    );
  });
});
