import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type Report } from "../report";
import { userCache } from "../system/bring";
import { mustRun } from "../system/process";

/** A program, or the reason why it is not there. */
export type Found = { readonly path: string } | { readonly lacks: string };

/** What runs for the pods. */
export interface Programs {
  /** Folder with `initdb`, `postgres` and `psql`. */
  readonly postgres: Found;
  /** Folder with `prefect` and `python`. */
  readonly prefect: Found;
  readonly oauth2Proxy: Found;
  readonly nginx: Found;
}

/** The lock file of what is installed from PyPI. */
export const LOCK = projectFile("tools/lab/twin/requirements.txt");

/** Version that a lock file pins. */
export const lockedVersion = (name: string, lock: string): string =>
  new RegExp(`^${name}==(\\S+)`, "m").exec(lock)?.[1] ?? "none";

/**
 * Finds the programs, and brings those into the user's cache folder that a registry has.
 * @param oauth2Proxy Its version, such as `v7.15.3`.
 */
export async function bringPrograms(
  oauth2Proxy: string,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<Programs> {
  const cache = join(userCache(env), "twin-lab");
  mkdirSync(cache, { recursive: true });
  const bring = async (
    find: () => string | Promise<string>,
  ): Promise<Found> => {
    try {
      return { path: await find() };
    } catch (error) {
      return { lacks: (error as Error).message.split("\n")[0] ?? "" };
    }
  };
  const [postgres, prefect, proxy, nginx] = await Promise.all([
    bring(() => findPostgres(env)),
    bring(() => bringPrefect(cache, env, print)),
    bring(() => bringOauth2Proxy(cache, oauth2Proxy, { env, print })),
    bring(() => bringNginx(cache, env, print)),
  ]);
  return { postgres, prefect, oauth2Proxy: proxy, nginx };
}

/** How a program names itself. */
export function versionOf(program: string): string {
  const flag = program.endsWith("nginx") ? "-v" : "--version";
  const { stdout, stderr } = spawnSync(program, [flag], { encoding: "utf8" });
  return `${stdout}${stderr}`.trim().split("\n")[0] ?? program;
}

const works = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args).status === 0;

/** Debian keeps the programs of a version in a folder of their own. */
function findPostgres(env: NodeJS.ProcessEnv): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(env.PATH ?? "").split(delimiter),
  ];
  const found = folders.find((folder) =>
    ["initdb", "postgres", "psql"].every((name) =>
      existsSync(join(folder, name)),
    ),
  );
  if (found === undefined)
    throw new Error("PostgreSQL: no folder has initdb, postgres and psql");
  return found;
}

async function bringPrefect(
  cache: string,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  const folder = join(cache, `prefect-${hash.slice(0, 8)}`);
  const bin = join(folder, "bin");
  const ready = join(folder, "ready");
  if (existsSync(ready)) return bin;
  if (
    !works("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
  )
    throw new Error("Python 3.11 or later with venv, for Prefect");
  rmSync(folder, { recursive: true, force: true });
  print("installing Prefect from PyPI by its lock file, once: a minute");
  await mustRun("python3", ["-m", "venv", folder], { step: "twin-venv", env });
  await mustRun(
    join(bin, "python"),
    [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
      ...["--require-hashes", "-r", LOCK],
    ],
    { step: "twin-pip", env },
  );
  writeFileSync(ready, "");
  return bin;
}

async function bringOauth2Proxy(
  cache: string,
  version: string,
  {
    env,
    print,
  }: {
    readonly env: NodeJS.ProcessEnv;
    readonly print: (text: string) => void;
  },
): Promise<string> {
  const folder = join(cache, `oauth2-proxy-${version}`);
  const program = join(folder, "oauth2-proxy");
  if (existsSync(program)) return program;
  if (!works("go", "version")) throw new Error("Go, which builds oauth2-proxy");
  print(
    `building oauth2-proxy ${version} from the Go proxy, once: three minutes`,
  );
  const module = "github.com/oauth2-proxy/oauth2-proxy/v7";
  await mustRun(
    "go",
    [
      ...["install", "-trimpath", "-ldflags"],
      `-s -w -X ${module}/pkg/version.VERSION=${version}`,
      `${module}@${version}`,
    ],
    { step: "twin-oauth2-proxy", env: { ...env, GOBIN: folder } },
  );
  return program;
}

/** That of the machine, or the one of Debian's package, which need not be installed to run. */
async function bringNginx(
  cache: string,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<string> {
  const folder = join(cache, "nginx-debian");
  const own = join(folder, "root/usr/sbin/nginx");
  const found = ["nginx", "/usr/sbin/nginx", own].find((one) =>
    works(one, "-v"),
  );
  if (found !== undefined) return found;
  if (!works("apt-get", "--version"))
    throw new Error("nginx: neither on PATH nor Debian's apt-get");
  print("fetching Debian's package of nginx, once");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const apt = (...args: readonly string[]) =>
    mustRun("apt-get", args, { step: "twin-nginx", env, cwd: folder });
  await apt("download", "nginx").catch(async () => {
    await apt("update");
    await apt("download", "nginx");
  });
  for (const name of readdirSync(folder))
    await mustRun(
      "dpkg-deb",
      ["-x", join(folder, name), join(folder, "root")],
      {
        step: "twin-nginx-unpack",
        env,
      },
    );
  if (!works(own, "-v")) throw new Error(`${own} does not run here`);
  return own;
}

/** Paths of programs; undefined, and said, when one is missing. */
export function need(
  report: Report,
  what: string,
  ...found: readonly Found[]
): string[] | undefined {
  const lacking = found.flatMap((one) => ("lacks" in one ? [one.lacks] : []));
  if (lacking.length === 0)
    return found.flatMap((one) => ("path" in one ? [one.path] : []));
  report.skip(what, `missing: ${lacking.join("; ")}`);
  return undefined;
}
