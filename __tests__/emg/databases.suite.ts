import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BASIC, emgData, localOf, secretsOf } from "../support/emg";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import {
  type Server,
  postgresPrograms,
  startServer,
} from "../support/postgres";
import { type StackJson, onlyResource } from "../support/synth";

interface Container {
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly env_from: unknown;
  readonly volume_mount: readonly { readonly mount_path: string }[];
}

const stack = emgData();
const containerOf = (json: StackJson): Container => {
  const { spec } = onlyResource(json, "kubernetes_job_v1") as {
    spec: { template: { spec: { container: [Container] } } };
  };
  return spec.template.spec.container[0];
};
const filesOf = (json: StackJson) =>
  Object.entries(
    onlyResource(json, "kubernetes_config_map_v1").data as Record<
      string,
      string
    >,
  ).map(([name, text]) => [name, text.replace(/\$\$(?=\{)/g, "$")] as const);

test("E-46: the Job has its passwords from the Secret alone, and comes after it and after the database", () => {
  const { command, env, env_from } = containerOf(stack);
  expect(env_from).toEqual([{ secret_ref: { name: "emg-db-init" } }]);
  expect(env).toEqual([{ name: "PGSSLMODE", value: "require" }]);
  expect(command).toEqual(["sh", "/sql/init.sh"]);
  const graph = dependenciesOf(stack);
  const [job = ""] = addressesOf(stack).filter((address) =>
    address.startsWith("kubernetes_job_v1."),
  );
  for (const needed of [
    "kubernetes_secret_v1.emg-db-init",
    "kubernetes_config_map_v1.databases-files",
  ])
    expect(dependsOn(graph, job, needed)).toBe(true);
});

test("E-46: the Job runs again with another password, address, SQL or image, and not for anything else", () => {
  const revision = localOf(stack, "revision-databases");
  expect(revision).toContain("sha256(local.emg-db-init_fingerprint_");
  for (const [, text] of filesOf(stack))
    expect(revision.replace(/\$\$(?=\{)/g, "$")).toContain(text);
  const other = emgData({
    emg: {
      images: { postgresClient: "docker.io/library/postgres:18.1-alpine" },
    },
  });
  expect(localOf(other, "revision-databases")).not.toBe(revision);
  expect(localOf(emgData(BASIC), "revision-databases")).toBe(revision);
});

const programs = postgresPrograms();
if (programs === undefined)
  process.stderr.write("No PostgreSQL on this machine: init.sql is not run.\n");

(programs === undefined ? describe.skip : describe)(
  "on a real PostgreSQL",
  () => {
    const PORT = 54_300 + Number(process.env.JEST_WORKER_ID ?? 0);
    const MASTER = { name: "emg_master", password: "master-4711" };
    const APP = `a pp"%:/?#[]@&+=$ \\ é{} %{x}\`id\`$(id)'`;
    const PREFECT = "-pr+ef ect%20/@:";
    let server: Server;

    beforeAll(() => {
      server = startServer(programs ?? "", PORT, MASTER, {
        log_statement: "ddl",
        log_min_duration_statement: "0",
        log_connections: "on",
      });
      mkdirSync(join(server.folder, "sql"));
      for (const [name, text] of filesOf(stack))
        writeFileSync(join(server.folder, "sql", name), text);
    }, 60_000);
    afterAll(() => {
      server.stop();
    });

    /** The Job's own command and variables, without a terminal. */
    const runJob = (app: string, prefect: string, json = stack) => {
      const { command, env } = containerOf(json);
      const values = Object.entries(secretsOf(json)["emg-db-init"] ?? {}).map(
        ([name, text]) => {
          if (name === "PGPASSWORD") return [name, MASTER.password];
          if (text.includes("db-app")) return [name, app];
          return [name, text.includes("db-prefect") ? prefect : text];
        },
      );
      const { status, stdout, stderr } = spawnSync(
        "setsid",
        [
          "--wait",
          ...command.map((part) =>
            part.replace("/sql", join(server.folder, "sql")),
          ),
        ],
        {
          env: {
            PATH: process.env.PATH,
            ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
            ...(Object.fromEntries(values) as Record<string, string>),
            ...server.env,
          },
          input: "",
          encoding: "utf8",
        },
      );
      return { status, said: stdout + stderr };
    };
    const ask = (
      name: string,
      password: string,
      database: string,
      sql: string,
    ) => {
      const { stdout, stderr } = spawnSync(
        "psql",
        ["-XAtq", "--dbname", database, "--command", sql],
        {
          env: {
            PATH: process.env.PATH,
            ...server.env,
            PGUSER: name,
            PGPASSWORD: password,
          },
          encoding: "utf8",
        },
      );
      return stdout.trim() + stderr.trim();
    };

    test("E-46: twice in a row, as a master that is no superuser: logins of any letters, databases of their own, extensions", () => {
      for (const round of [1, 2])
        expect({ round, ...runJob(APP, PREFECT) }).toMatchObject({ status: 0 });
      const create = "CREATE TABLE t (id int); DROP TABLE t;";
      expect(
        ask("emgapi", APP, "emgapi", `${create} SELECT 'a.b'::ltree <@ 'a'`),
      ).toBe("t");
      expect(
        ask(
          "prefect",
          PREFECT,
          "prefect",
          `${create} SELECT similarity('a', 'a')`,
        ),
      ).toBe("1");
    });

    test("neither user enters the other's database", () => {
      for (const [name, password, other] of [
        ["emgapi", APP, "prefect"],
        ["prefect", PREFECT, "emgapi"],
      ] as const)
        expect(ask(name, password, other, "SELECT 1")).toContain(
          "permission denied for database",
        );
    });

    test("new passwords take the place of the old ones", () => {
      expect(runJob("rotated'1", PREFECT).status).toBe(0);
      expect(ask("emgapi", "rotated'1", "emgapi", "SELECT 1")).toBe("1");
      expect(ask("emgapi", APP, "emgapi", "SELECT 1")).toContain(
        "password authentication failed",
      );
    });

    test("an empty password, and one of two lines, are refused; the one before still opens", () => {
      expect(runJob("", PREFECT)).toMatchObject({
        status: 1,
        said: expect.stringContaining(
          "The password of emgapi is empty.",
        ) as string,
      });
      expect(runJob("rotated'1", "a\nb").status).not.toBe(0);
      expect(ask("emgapi", "rotated'1", "emgapi", "SELECT 1")).toBe("1");
      expect(ask("prefect", PREFECT, "prefect", "SELECT 1")).toBe("1");
    });

    test("what an interrupted run has left is finished by the next", () => {
      const master = (sql: string) =>
        ask(MASTER.name, MASTER.password, "postgres", sql);
      expect(master("DROP DATABASE emgapi")).toBe("");
      expect(master("DROP ROLE emgapi")).toBe("");
      expect(master("CREATE ROLE emgapi LOGIN")).toBe("");
      expect(runJob(APP, PREFECT).status).toBe(0);
      expect(ask("emgapi", APP, "emgapi", "SELECT 'a'::ltree")).toBe("a");
    });

    test("E-46: no password is in the server's log, which has the statements, nor in what the Job says", () => {
      const text = server.log() + runJob(APP, PREFECT).said;
      expect(text).toContain("CREATE ROLE emgapi");
      expect(text).toContain("SCRAM-SHA-256");
      for (const password of [
        APP,
        PREFECT,
        "rotated'1",
        "rotated''1",
        MASTER.password,
      ])
        expect(text).not.toContain(password);
    });
  },
);
