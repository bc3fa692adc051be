import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { logFile, paths } from "./paths";

export interface RunOptions {
  /** Name of the step; its log is `.lab/logs/<step>.log`. */
  readonly step: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default the project's root */
  readonly cwd?: string;
  /** Keeps the output out of the log: it may hold secrets. @default false */
  readonly quiet?: boolean;
  /** Called for every line of stdout and stderr. */
  readonly onLine?: (line: string) => void;
  /** Aborting it kills the command and everything it started. */
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** Exit code; -1 when killed. */
  readonly code: number;
  readonly lines: readonly string[];
}

const running = new Set<ChildProcess>();

/** Runs a command to its end. Never throws for an exit code. */
export async function run(
  command: string,
  args: readonly string[],
  { step, env, cwd = paths.root, quiet = false, onLine, signal }: RunOptions,
): Promise<RunResult> {
  const log = quiet ? undefined : createWriteStream(logFile(step));
  // A process group of its own: Ctrl-C reaches the lab, and the lab ends what it started.
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  signal?.addEventListener("abort", () => {
    killTree(child);
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (coloured) => {
      const line = stripVTControlCharacters(coloured);
      log?.write(`${line}\n`);
      lines.push(line);
      onLine?.(line);
    });
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      resolve(exit ?? -1);
    });
  });
  running.delete(child);
  log?.end();
  return { code, lines };
}

/**
 * Starts a command that works until it is killed, such as a server. Its log is `.lab/logs/<step>.log`.
 * @param onEnd Called when it ends by itself.
 */
export function startService(
  command: string,
  args: readonly string[],
  {
    step,
    env,
    onEnd,
  }: Pick<RunOptions, "step" | "env"> & {
    readonly onEnd: (why: string) => void;
  },
): void {
  const log = openSync(logFile(step), "w");
  const child = spawn(command, args, { env, stdio: ["ignore", log, log] });
  running.add(child);
  child.on("error", (error) => {
    running.delete(child);
    onEnd(`${step} does not start: ${error.message}`);
  });
  child.on("exit", (code) => {
    // What killAll ended is not listed any more.
    if (running.delete(child))
      onEnd(`${step} ended with exit code ${code ?? "none"}: ${logFile(step)}`);
  });
}

/** @throws Error that names the log when the exit code is not 0. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const result = await run(command, args, options);
  if (result.code !== 0)
    throw new Error(
      `${options.step} ended with exit code ${result.code}: ${logFile(options.step)}\n${result.lines.slice(-15).join("\n")}`,
    );
  return result;
}

/** Kills every command that is running, with everything it started. */
export function killAll(): void {
  const children = [...running];
  running.clear();
  children.forEach(killTree);
}

/** The CLI gives Terraform a terminal of its own, so a process group is not enough: the family tree is walked. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const one of [pid, ...descendants(pid)])
    try {
      process.kill(one, "SIGKILL");
    } catch {
      // It has ended already.
    }
}

function descendants(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], {
    encoding: "utf8",
  });
  const childrenOf = new Map<number, number[]>();
  for (const line of stdout.trim().split("\n")) {
    const [child = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), child]);
  }
  const below = (parent: number): number[] =>
    (childrenOf.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks again until the answer is defined. @throws Error after `seconds`. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  throw new Error(`${what}: not within ${seconds} seconds`);
}
