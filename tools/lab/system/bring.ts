import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { sleep } from "./process";

/** Puts programs into a folder. @throws Error with the reason why it cannot. */
export type Way = (folder: string) => Promise<void>;

/** Folder for what a user's programs can bring again: `$XDG_CACHE_HOME`, else `~/.cache`. */
export const userCache = (env: NodeJS.ProcessEnv): string =>
  env.XDG_CACHE_HOME ?? join(homedir(), ".cache");

/**
 * Brings programs into a folder of the user's cache, once, by the first way that succeeds. The folder is there with all of
 * them or not at all; a second run waits for the first.
 *
 * @param what Such as `the programs of the cluster`, for the report.
 * @returns why there are none; undefined when they are there.
 */
export async function bring(
  folder: string,
  what: string,
  ways: readonly Way[],
  print: (text: string) => void,
): Promise<string | undefined> {
  const root = dirname(folder);
  mkdirSync(root, { recursive: true });
  const free = await takeTurn(join(root, "bring.lock"), what, print);
  try {
    return existsSync(folder) ? undefined : await tryAll(folder, ways, print);
  } finally {
    free();
  }
}

async function tryAll(
  folder: string,
  ways: readonly Way[],
  print: (text: string) => void,
): Promise<string | undefined> {
  // Not by the name of one that is ready.
  const draft = join(dirname(folder), `new-${basename(folder)}`);
  const reasons: string[] = [];
  for (const way of ways) {
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
  what: string,
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
    else if (!told) print(`another run brings ${what}`);
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
