import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { userCache } from "../system/bring";

/** Programs of the lab's own cluster. */
const programs = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
] as const;

/** Path of each program. */
export type KubeBinaries = Readonly<Record<(typeof programs)[number], string>>;

/** What was found, or the reason why there is no cluster of our own. */
export type FoundBinaries =
  | { readonly binaries: KubeBinaries; readonly version: string }
  | { readonly lacks: string };

/** Where the programs lie. */
export interface KubeFolders {
  /** `LAB_KUBE_DIR`; an empty one counts as unset. */
  readonly chosen: string | undefined;
  /** The user's cache folder: its newest `kube-lab/bin-<version>` is used when none is chosen. */
  readonly cache: string;
  /** Folders of `PATH`, where a program may lie as well. */
  readonly path: readonly string[];
}

export const kubeFolders = (env: NodeJS.ProcessEnv): KubeFolders => ({
  chosen: env.LAB_KUBE_DIR === "" ? undefined : env.LAB_KUBE_DIR,
  cache: userCache(env),
  path: (env.PATH ?? "").split(delimiter),
});

/**
 * Looks for the programs of a cluster that is not older than `wanted`, such as `1.36`.
 * @throws Error when a folder was chosen and cannot be used.
 */
export function findKube(folders: KubeFolders, wanted: string): FoundBinaries {
  const folder =
    folders.chosen ?? newestFolder(join(folders.cache, "kube-lab"));
  if (folder === undefined) return none;
  const found = inFolder(folder, folders, wanted);
  if ("binaries" in found) return found;
  if (folders.chosen !== undefined)
    throw new Error(`LAB_KUBE_DIR ${folder}: ${found.lacks}`);
  return { lacks: `a cluster: ${folder}: ${found.lacks}` };
}

const none = { lacks: "a cluster (LAB_KUBE_DIR or LAB_KUBECONFIG)" };

/** The folder `bin-<version>` with the highest version. */
function newestFolder(root: string): string | undefined {
  if (!existsSync(root)) return undefined;
  const newest = readdirSync(root)
    .filter((name) => name.startsWith("bin-"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  return newest === undefined ? undefined : join(root, newest);
}

function inFolder(
  folder: string,
  { path }: KubeFolders,
  wanted: string,
): FoundBinaries {
  const places = programs.map((program) => {
    const files = [folder, ...path].map((one) => join(one, program));
    return [program, files.find(isProgram)] as const;
  });
  const missing = places
    .filter(([, file]) => file === undefined)
    .map(([program]) => program);
  if (missing.length > 0)
    return {
      lacks: `${missing.join(", ")}: neither in ${folder} nor on PATH`,
    };
  const binaries = Object.fromEntries(places) as KubeBinaries;
  const version = versionOf(binaries["kube-apiserver"]);
  if (version === undefined)
    return { lacks: `${binaries["kube-apiserver"]} does not say its version` };
  return isOlder(version, wanted)
    ? { lacks: tooOld(version, wanted) }
    : { binaries, version };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(program: string): string | undefined {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

/** Whether a server is of an older minor than the settings want: `isOlder("1.35.4", "1.36")`. */
export function isOlder(server: string, wanted: string): boolean {
  const [major = 0, minor = 0] = server.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

export const tooOld = (server: string, wanted: string): string =>
  `its API server is ${server}, older than cluster.version ${wanted} of the settings`;
