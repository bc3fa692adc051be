import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";

/** What the past has: two schemas, a key between tables, a view, a sequence that has moved, an extension. */
const PAST = `
CREATE EXTENSION pg_trgm;
CREATE TABLE scans (id serial PRIMARY KEY, name text NOT NULL, at timestamptz DEFAULT now());
INSERT INTO scans (name) SELECT md5(i::text) FROM generate_series(1, 2000) AS i;
CREATE SCHEMA extra;
CREATE TABLE extra.layers (scan integer REFERENCES scans, size numeric, raw bytea);
INSERT INTO extra.layers SELECT i, i / 3.0, decode(md5(i::text), 'hex') FROM generate_series(1, 500) AS i;
CREATE INDEX ON scans USING gin (name gin_trgm_ops);
CREATE VIEW newest AS SELECT max(at) FROM scans;`;

/** What is there now: a table of the same name with other rows, and one that came later and depends on it. */
const LIVING = `
CREATE TABLE scans (id integer PRIMARY KEY, name text);
INSERT INTO scans VALUES (1, 'wrong');
CREATE TABLE later (scan integer REFERENCES scans);
INSERT INTO later VALUES (1);`;

/** A server of each, reached by a folder: where the pod has host names the programs of PostgreSQL take a socket's folder too. */
interface Server {
  readonly host: string;
  readonly stop: () => void;
}

/** The very script of the pod, on two servers with the programs of this machine. */
export async function checkCopy(lab: Lab): Promise<void> {
  const bin = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  if (bin.status !== 0) {
    lab.report.progress("no PostgreSQL here: the copy of a restore is not run");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "restore-copy-"));
  spawnSync("chmod", ["777", folder]);
  const past = start(bin.stdout.trim(), folder, "past");
  const living = start(bin.stdout.trim(), folder, "living");
  try {
    sql(past, PAST);
    sql(living, LIVING);
    await Promise.resolve();
    const before = contents(living);
    const broken = copy(folder, past, { ...living, host: "/nowhere" });
    lab.report.check(
      "a copy that fails leaves the living database as it was",
      broken.status !== 0 && contents(living) === before,
      broken.stderr,
    );
    const done = copy(folder, past, living);
    lab.report.check(
      "after the copy the living database has what the past has, and nothing else",
      done.status === 0 &&
        contents(past) === contents(living) &&
        contents(living) !== before &&
        contents(living).includes("2000"),
      done.stderr + done.stdout,
    );
  } finally {
    past.stop();
    living.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const ENV = {
  PATH: process.env.PATH,
  PGPORT: "5432",
  PGUSER: "wave_user",
  LC_ALL: "C",
};

const copy = (folder: string, past: Server, living: Server) =>
  spawnSync("sh", [projectFile("tools", "operate", "restore", "copy.sh")], {
    encoding: "utf8",
    env: {
      ...ENV,
      PAST_HOST: past.host,
      LIVING_HOST: living.host,
      DATABASES: "wave:wave_user",
      WORK: folder,
    },
  });

function start(bin: string, folder: string, name: string): Server {
  const data = join(folder, name);
  const host = join(folder, `socket-${name}`);
  const as = (program: string, ...args: string[]): void => {
    const command =
      process.getuid?.() === 0
        ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        : ["env"];
    const [first = "", ...rest] = [...command, program, ...args];
    const { status, stderr } = spawnSync(first, rest, {
      encoding: "utf8",
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
  };
  const log = join(folder, `${name}.log`);
  as("mkdir", host);
  as(join(bin, "initdb"), "-D", data, "-U", "rdsadmin", "-A", "trust");
  as(
    join(bin, "pg_ctl"),
    ...["start", "-w", "-D", data, "-l", log],
    ...["-o", `-k ${host} -c listen_addresses=`],
  );
  const server = {
    host,
    stop: () => {
      as(join(bin, "pg_ctl"), "stop", "-m", "immediate", "-D", data);
    },
  };
  // As the master of RDS: no superuser, and owner of the database.
  sql(server, "CREATE ROLE wave_user LOGIN CREATEDB CREATEROLE", "rdsadmin");
  sql(server, "CREATE DATABASE wave OWNER wave_user", "rdsadmin");
  return server;
}

function sql(
  { host }: Server,
  statements: string,
  user: "rdsadmin" | "wave_user" = "wave_user",
): string {
  const { status, stdout, stderr } = spawnSync(
    "psql",
    [
      ...["-qAtX", "-h", host, "-U", user, "-v", "ON_ERROR_STOP=on"],
      ...["-d", user === "rdsadmin" ? "postgres" : "wave", "-c", statements],
    ],
    { encoding: "utf8", env: ENV },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Tables, rows and their values, and where sequences stand, read otherwise than the script does. */
const contents = (server: Server): string =>
  [
    "SELECT schemaname, relname, n_live_tup IS NOT NULL FROM pg_stat_user_tables ORDER BY 1, 2",
    "SELECT count(*), md5(string_agg(s::text, ',' ORDER BY s::text)) FROM scans AS s",
    "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2",
    "SELECT tablename, indexname FROM pg_indexes WHERE schemaname !~ '^pg_' ORDER BY 1, 2",
    "SELECT extname FROM pg_extension ORDER BY 1",
    "SELECT schemaname, viewname FROM pg_views WHERE schemaname !~ '^pg_|^information' ORDER BY 1, 2",
  ]
    .map((query) => sql(server, query))
    .join("");
