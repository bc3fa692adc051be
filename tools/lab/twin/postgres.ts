import { spawnSync } from "node:child_process";
import {
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type StackJson } from "../../audit/graph";
import { at, first } from "../../audit/reading";
import { logFile } from "../paths";
import { mustRun, startService, until } from "../system/process";

/** PostgreSQL as RDS has it: TLS only, and a master that is no superuser. */
export interface Postgres {
  readonly port: number;
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  /** What the server has logged so far. */
  readonly log: () => string;
  /** Ends it and removes its data. */
  readonly remove: () => void;
}

export interface PostgresProps {
  /** Folder of the programs. */
  readonly bin: string;
  readonly port: number;
  readonly master: { readonly user: string; readonly password: string };
  /** Parameters of the server by name. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly onEnd: (why: string) => void;
}

/** Parameters of the stack's parameter group that PostgreSQL itself knows. */
export const parametersOf = (stack: StackJson): Record<string, string> =>
  Object.fromEntries(
    Object.values(stack.resource?.aws_db_parameter_group ?? {})
      .flatMap((group) => at(group, "parameter"))
      .map((one): [string, string] => [
        String(first(one, "name")),
        String(first(one, "value")),
      ])
      .filter(([name]) => !name.startsWith("rds.")),
  );

/** PostgreSQL does not run as root. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

const asUser = (
  program: string,
  args: readonly string[],
): [string, string[]] =>
  isRoot
    ? [
        "setpriv",
        [
          `--reuid=${NOBODY}`,
          `--regid=${NOBODY}`,
          "--clear-groups",
          program,
          ...args,
        ],
      ]
    : [program, [...args]];

/** Makes a server in a folder of its own, and starts it. */
export async function startPostgres(props: PostgresProps): Promise<Postgres> {
  const { bin, port, master, onEnd } = props;
  const folder = mkdtempSync(join(tmpdir(), "twin-postgres-"));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  const here = { bin, folder, env };
  await makeData(here);
  const options = optionsOf(folder, port, props.parameters);
  const logs: string[] = [];
  let ending = false;
  const start = async (): Promise<void> => {
    const step = `twin-postgres-${logs.length + 1}`;
    logs.push(step);
    ending = false;
    startService(...asUser(join(bin, "postgres"), options), {
      ...{ step, env },
      onEnd: (why) => {
        if (!ending) onEnd(why);
      },
    });
    await until(
      "PostgreSQL",
      30,
      () => ask(here, port, "").status === 0 || undefined,
    );
  };
  const stop = (): void => {
    ending = true;
    const args = ["stop", "-m", "immediate", "-w", "-D", join(folder, "data")];
    spawnSync(...asUser(join(bin, "pg_ctl"), args), { env, cwd: folder });
  };
  await start();
  // As RDS: not a superuser. Its password is not to be found in the log by our own doing.
  const { status, stderr } = ask(
    here,
    port,
    `SET log_statement = 'none'; CREATE ROLE ${master.user} LOGIN CREATEDB CREATEROLE PASSWORD '${master.password}'`,
  );
  if (status !== 0) throw new Error(`the master of PostgreSQL: ${stderr}`);
  return {
    port,
    start,
    stop,
    log: () =>
      logs.map((step) => readFileSync(logFile(step), "utf8")).join("\n"),
    remove: () => {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Here {
  readonly bin: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Files of a server that takes connections with TLS only, besides the lab's own by the socket. */
async function makeData({ bin, folder, env }: Here): Promise<void> {
  const data = join(folder, "data");
  const call = (program: string, args: readonly string[]) =>
    mustRun(...asUser(program, args), {
      ...{ step: `twin-${basename(program)}`, env, cwd: folder },
    });
  await call(join(bin, "initdb"), [
    ...["-D", data, "-U", "rdsadmin", "-A", "trust", "-E", "UTF8"],
  ]);
  await call("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"],
    ...["-subj", "/CN=127.0.0.1", "-keyout", join(data, "server.key")],
    ...["-out", join(data, "server.crt")],
  ]);
  writeFileSync(
    join(data, "pg_hba.conf"),
    "local all rdsadmin trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
  );
}

/** Arguments of the server: the parameters of the stack, and where it listens here. */
const optionsOf = (
  folder: string,
  port: number,
  parameters: Readonly<Record<string, string>>,
): string[] => [
  "-D",
  join(folder, "data"),
  ...Object.entries({
    ...parameters,
    ssl: "on",
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

/** SQL of the lab's own, by the socket. */
const ask = ({ bin, folder, env }: Here, port: number, sql: string) =>
  spawnSync(
    join(bin, "psql"),
    ["-h", folder, "-p", String(port), "-U", "rdsadmin", "-d", "postgres"],
    { input: sql, encoding: "utf8", env },
  );
