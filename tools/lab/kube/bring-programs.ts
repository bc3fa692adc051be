import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { sleep } from "../system/process";
import { buildPrograms, hasGo } from "./build-programs";
import { download, downloadsOf, platformOf } from "./download-programs";
import { programVersions } from "./program-versions";

/** What the two ways need; tests give their own. */
export interface Ways {
  /** @throws Error with the reason. */
  readonly download: (folder: string) => Promise<void>;
  /** @throws Error with the reason. */
  readonly build: (folder: string) => Promise<void>;
}

/**
 * Brings the programs of the lab's own cluster into the user's cache folder, once: downloaded, or built where that fails and
 * Go is there. A folder is there with all of them or not at all; a second run waits for the first.
 *
 * @param cache The user's cache folder.
 * @returns why there are none; undefined when they are there.
 */
export async function bringPrograms(
  cache: string,
  ways: Ways,
  print: (text: string) => void,
): Promise<string | undefined> {
  const root = join(cache, "kube-lab");
  const folder = join(root, `bin-${programVersions().kubernetes}`);
  mkdirSync(root, { recursive: true });
  const free = await takeTurn(join(root, "bring.lock"), print);
  try {
    return existsSync(folder) ? undefined : await bring(folder, ways, print);
  } finally {
    free();
  }
}

async function bring(
  folder: string,
  { download, build }: Ways,
  print: (text: string) => void,
): Promise<string | undefined> {
  // Not by the name of one that is ready.
  const draft = join(dirname(folder), `new-${basename(folder)}`);
  const reasons: string[] = [];
  for (const way of [download, build]) {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft);
    try {
      await way(draft);
      renameSync(draft, folder);
      return undefined;
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
      print(reasons.at(-1) ?? "");
    }
  }
  rmSync(draft, { recursive: true, force: true });
  return reasons.join("; ");
}

/** Waits while another process holds the lock; one that has died holds none. @returns what lets go of it. */
async function takeTurn(
  file: string,
  print: (text: string) => void,
): Promise<() => void> {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (!isAlive(Number(readFileSync(file, "utf8")))) rmSync(file);
    else if (!told) print("another run brings the programs of the cluster");
    await sleep(500);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** From the publishers' servers, or by the Go of this machine. */
export const waysOf = (
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Ways => ({
  download: async (folder) => {
    const arch = platformOf(process.platform, process.arch);
    if (arch === undefined)
      throw new Error(
        `no download: not all of them are published for ${process.platform} on ${process.arch}`,
      );
    for (const one of downloadsOf(programVersions(), arch)) {
      print(
        `download of ${one.program}${one.checksum === undefined ? ", for which no checksum is published" : ""}`,
      );
      await download(one, folder).catch((error: unknown) => {
        throw new Error(`no download: ${(error as Error).message}`, {
          cause: error,
        });
      });
    }
  },
  build: async (folder) => {
    if (!hasGo(env)) throw new Error("no build: there is no Go");
    print(
      "building the programs of a Kubernetes API from Go modules, once: about ten minutes on two cores",
    );
    await buildPrograms(folder, env, print);
  },
});
