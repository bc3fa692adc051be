import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, openSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { logFile, paths } from "../paths";

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
  /** Aborting it kills the command and everything it started; with the name of a program as reason, first only that one. */
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
  let left: readonly number[] = [];
  signal?.addEventListener("abort", () => {
    left = killIn(child, signal.reason);
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
  // Providers outlive a Terraform that was killed.
  for (const pid of left) kill(pid);
  log?.end();
  return { code, lines };
}

/** Makes `killAll` reach a command that was started elsewhere, until it ends. */
export function track<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/**
 * Starts a command that works until it is killed, such as a server. Its log is `.lab/logs/<step>.log`.
 * @param onEnd Called when it ends by itself.
 * @returns what ends it before `killAll` does.
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
): () => void {
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
  return () => {
    if (running.delete(child)) killTree(child);
  };
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

/** Kills the running commands of one program that were started directly, such as `kubectl`. */
export function killProgram(program: string): void {
  for (const child of running)
    if (basename(child.spawnfile) === program) killTree(child);
}

/** The CLI gives Terraform a terminal of its own, so a process group is not enough: the family tree is walked. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const one of [{ pid }, ...descendants(pid)]) kill(one.pid);
}

/** Kills a program below a command, or without its name the whole tree. @returns who is left below the command. */
function killIn(child: ChildProcess, program: unknown): number[] {
  const below = descendants(child.pid ?? -1);
  const victims = below.filter(
    // Linux cuts the names of processes.
    ({ name }) => name === program || name === String(program).slice(0, 15),
  );
  if (typeof program !== "string") killTree(child);
  else
    victims.forEach(({ pid }) => {
      kill(pid);
    });
  return below.filter((one) => !victims.includes(one)).map(({ pid }) => pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

interface Descendant {
  readonly pid: number;
  readonly name: string;
}

function descendants(pid: number): Descendant[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], {
    encoding: "utf8",
  });
  const childrenOf = new Map<number, Descendant[]>();
  for (const line of stdout.trim().split("\n")) {
    const [child = "", parent = "", ...name] = line.trim().split(/\s+/);
    const one = { pid: Number(child), name: basename(name.join(" ")) };
    const siblings = childrenOf.get(Number(parent)) ?? [];
    childrenOf.set(Number(parent), [...siblings, one]);
  }
  const below = (parent: number): Descendant[] =>
    (childrenOf.get(parent) ?? []).flatMap((one) => [one, ...below(one.pid)]);
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
