import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

/** What two servers are made with. */
export interface ServerProps {
  /** Its master: no superuser, as on RDS. */
  readonly user: string;
  readonly password: string;
  /** Names of databases with their owners. */
  readonly databases: Readonly<Record<string, string>>;
}

/** A server, reached by a folder: where a pod has host names the programs of PostgreSQL take a socket's folder too. */
interface Server {
  readonly host: string;
  readonly stop: () => void;
}

/** Two servers of this machine, one with the content of the past and one with another. */
export interface Servers {
  readonly past: Server;
  readonly living: Server;
  /** A folder of theirs, which they may write into. */
  readonly folder: string;
  /** Tables, rows and their values, and where sequences stand, read otherwise than a restore does. */
  readonly contents: (server: Server) => string;
  readonly stop: () => void;
}

/** @returns undefined where this machine has no PostgreSQL. */
export function startServers(props: ServerProps): Servers | undefined {
  const bin = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  if (bin.status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "restore-"));
  spawnSync("chmod", ["777", folder]);
  const past = start(bin.stdout.trim(), folder, "past", props);
  const living = start(bin.stdout.trim(), folder, "living", props);
  for (const [database, owner] of Object.entries(props.databases)) {
    sql(past, database, `SET ROLE "${owner}"; ${PAST}`);
    sql(living, database, `SET ROLE "${owner}"; ${LIVING}`);
  }
  return {
    ...{ past, living, folder },
    contents: (server) =>
      Object.keys(props.databases)
        .map((database) => contentsOf(server, database))
        .join("\n"),
    stop: () => {
      past.stop();
      living.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether `living` has what `past` has, and that is the content which was made for it. */
export const isRestored = ({ contents, past, living }: Servers): boolean =>
  contents(past) === contents(living) && contents(living).includes("2000");

function start(
  bin: string,
  folder: string,
  name: string,
  { user, password, databases }: ServerProps,
): Server {
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
  // Only who made it needs no password.
  writeFileSync(
    join(data, "pg_hba.conf"),
    "local all rdsadmin trust\nlocal all all scram-sha-256\n",
  );
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
  sql(
    server,
    "postgres",
    `CREATE ROLE "${user}" LOGIN CREATEDB CREATEROLE PASSWORD '${password.replaceAll("'", "''")}'`,
  );
  for (const owner of new Set(Object.values(databases)))
    if (owner !== user)
      sql(
        server,
        "postgres",
        `CREATE ROLE "${owner}" LOGIN; GRANT "${owner}" TO "${user}"`,
      );
  for (const [database, owner] of Object.entries(databases))
    sql(server, "postgres", `CREATE DATABASE "${database}" OWNER "${owner}"`);
  return server;
}

/** As a superuser. */
function sql({ host }: Server, database: string, statements: string): string {
  const { status, stdout, stderr } = spawnSync(
    "psql",
    [
      ...["-qAtX", "-h", host, "-U", "rdsadmin", "-v", "ON_ERROR_STOP=on"],
      ...["-d", database, "-c", statements],
    ],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, PGPORT: "5432", LC_ALL: "C" },
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const contentsOf = (server: Server, database: string): string =>
  [
    "SELECT schemaname, relname, n_live_tup IS NOT NULL FROM pg_stat_user_tables ORDER BY 1, 2",
    "SELECT count(*), md5(string_agg(s::text, ',' ORDER BY s::text)) FROM scans AS s",
    "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2",
    "SELECT tablename, tableowner FROM pg_tables WHERE schemaname !~ '^pg_|^information' ORDER BY 1, 2",
    "SELECT tablename, indexname FROM pg_indexes WHERE schemaname !~ '^pg_' ORDER BY 1, 2",
    "SELECT extname FROM pg_extension ORDER BY 1",
    "SELECT schemaname, viewname FROM pg_views WHERE schemaname !~ '^pg_|^information' ORDER BY 1, 2",
  ]
    .map((query) => sql(server, database, query))
    .join("");
