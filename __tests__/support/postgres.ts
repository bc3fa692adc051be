import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Folders of PostgreSQL's programs, as Debian and others have them. */
const VERSIONS = "/usr/lib/postgresql";

/** Folder of the newest server; undefined where none is installed, or psql, openssl or setsid is not. */
export const postgresPrograms = (): string | undefined =>
  ["psql", "openssl", "setsid"].some(
    (program) => spawnSync(program, ["--version"]).error !== undefined,
  )
    ? undefined
    : (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(VERSIONS, version, "bin"))
        .find((folder) => existsSync(join(folder, "initdb")));

/** A server that asks for TLS and a password, and logs as RDS does here. */
export interface Server {
  readonly folder: string;
  /** Its socket's address, as variables of libpq. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: () => string;
  readonly stop: () => void;
}

/** It does not run as root. */
const NOBODY = 65534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Starts a server with one user that is no superuser.
 *
 * @param parameters Of the server, by name.
 */
export function startServer(
  programs: string,
  port: number,
  master: { readonly name: string; readonly password: string },
  parameters: Readonly<Record<string, string>>,
): Server {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  const data = join(folder, "data");
  const log = join(folder, "log");
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { ...user, cwd: folder, stdio: "ignore" });
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  run(join(programs, "initdb"), "-D", data, "-U", "boot", "-A", "trust", "-N");
  // prettier-ignore
  run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
    "-keyout", join(data, "server.key"), "-out", join(data, "server.crt"));
  const made = `CREATE ROLE ${master.name} LOGIN CREATEDB CREATEROLE PASSWORD '${master.password}';\n`;
  execFileSync(
    join(programs, "postgres"),
    ["--single", "-D", data, "postgres"],
    {
      ...user,
      input: made,
      stdio: ["pipe", "ignore", "ignore"],
    },
  );
  writeFileSync(
    join(data, "pg_hba.conf"),
    "hostssl all all 127.0.0.1/32 scram-sha-256\n",
  );
  appendFileSync(
    join(data, "postgresql.conf"),
    Object.entries({
      ...parameters,
      port: String(port),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      ssl: "on",
      fsync: "off",
    })
      .map(([name, value]) => `${name} = '${value}'\n`)
      .join(""),
  );
  run(join(programs, "pg_ctl"), "-D", data, "-w", "-l", log, "start");
  return {
    folder,
    env: { PGHOST: "127.0.0.1", PGPORT: String(port) },
    log: () => readFileSync(log, "utf8"),
    stop: () => {
      run(join(programs, "pg_ctl"), "-D", data, "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
