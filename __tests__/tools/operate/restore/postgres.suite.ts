import { RDSClient } from "@aws-sdk/client-rds";
import { ProblemReport } from "../../../../modules/lib/problem";
import {
  type PostgresInputs,
  postgresStore,
} from "../../../../tools/operate/restore/postgres";

const HOUR = 3_600_000;
const living = {
  DBInstanceIdentifier: "wave-prod-postgres",
  EngineVersion: "17.6",
  InstanceCreateTime: new Date(Date.now() - 48 * HOUR),
  LatestRestorableTime: new Date(Date.now() - HOUR),
  BackupRetentionPeriod: 7,
};
let stands: boolean;
let snapshots: Record<string, object>;

beforeEach(() => {
  stands = true;
  snapshots = {
    kept: { Engine: "postgres", EngineVersion: "17.5", Status: "available" },
    old: { Engine: "postgres", EngineVersion: "16.9", Status: "available" },
    newer: { Engine: "postgres", EngineVersion: "18.1", Status: "available" },
    maria: { Engine: "mariadb", EngineVersion: "11.4", Status: "available" },
    half: { Engine: "postgres", EngineVersion: "17.5", Status: "creating" },
  };
  jest.spyOn(RDSClient.prototype, "send").mockImplementation(((command: {
    input: { DBSnapshotIdentifier?: string; DBInstanceIdentifier?: string };
  }) => {
    const { DBSnapshotIdentifier: name } = command.input;
    if (name === undefined)
      return stands
        ? Promise.resolve({ DBInstances: [living] })
        : Promise.reject(
            Object.assign(new Error("none"), {
              name: "DBInstanceNotFoundFault",
            }),
          );
    return snapshots[name] === undefined
      ? Promise.reject(
          Object.assign(new Error("none"), { name: "DBSnapshotNotFoundFault" }),
        )
      : Promise.resolve({ DBSnapshots: [snapshots[name]] });
  }) as never);
});
afterEach(() => jest.restoreAllMocks());

const anew = jest.fn(() => ({
  steps: [],
  interrupts: "",
  loses: "",
  then: "",
}));
const inputs = {
  store: "postgres",
  name: "wave-prod-postgres",
  users: { what: "Wave" },
  aws: { client: () => new RDSClient({ region: "eu-central-1" }) },
  anew,
} as unknown as PostgresInputs;
const planFor = (from: string, done: string[] = []) =>
  postgresStore(inputs).plan({
    from,
    done,
    stamp: "20260131120000",
    facts: {},
  });
const problemOf = async (from: string) => {
  const error: unknown = await planFor(from).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof ProblemReport ? error.problems[0]?.given : "accepted";
};

test("what is there is kept before anything else, and Wave stops only to be filled", async () => {
  const { steps, loses } = await planFor("kept");
  expect(steps.map(({ id }) => id)).toEqual([
    "keep",
    "past",
    "password",
    "stop",
    "copy",
    "start",
    "remove",
  ]);
  expect(loses).toContain("wave-prod-postgres-before-20260131120000");
});

test.each([
  ["none", "none, which RDS does not know"],
  ["maria", "maria, a snapshot of mariadb"],
  ["half", "half, which is creating"],
  ["newer", "newer, of PostgreSQL 18.1, and wave-prod-postgres runs 17.6"],
  ["2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"],
  [new Date(Date.now() + HOUR).toISOString().slice(0, 19) + "Z", /Z$/],
])(
  "a snapshot or moment that does not fit is refused: %s",
  async (from, given) => {
    expect(await problemOf(from)).toMatch(given);
  },
);

test("an older major fits, and so does a moment of its backups", async () => {
  expect(await problemOf("old")).toBe("accepted");
  const moment = new Date(Date.now() - 2 * HOUR).toISOString().slice(0, 19);
  expect(await problemOf(`${moment}Z`)).toBe("accepted");
});

test("where the database is gone it is made by the settings, and an interrupted one goes on so", async () => {
  stands = false;
  await planFor("kept");
  expect(anew).toHaveBeenCalledWith("kept");
  stands = true;
  anew.mockClear();
  await planFor("kept", ["stop", "key"]);
  expect(anew).toHaveBeenCalledWith("kept");
});
