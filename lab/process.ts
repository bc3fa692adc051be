import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { logFile, paths } from "./paths";

export interface RunOptions {
  /** Name of the step; its log is `.lab/logs/<step>.log`. */
  readonly step: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default the project's root */
  readonly cwd?: string;
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
  { step, env, cwd = paths.root, onLine, signal }: RunOptions,
): Promise<RunResult> {
  const log = createWriteStream(logFile(step));
  // A process group of its own, so that it can be killed with everything it started.
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  signal?.addEventListener("abort", () => {
    killGroup(child);
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (coloured) => {
      const line = stripVTControlCharacters(coloured);
      log.write(`${line}\n`);
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
  log.end();
  return { code, lines };
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
  for (const child of running) killGroup(child);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
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
