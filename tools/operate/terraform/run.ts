import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

/** How a program ended. */
export interface Ended {
  /** Exit code; undefined when a signal killed it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Without colours. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** How a program is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called for each line of both streams. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end, with no input. Ctrl-C at a terminal reaches it too, and Terraform then ends what it has begun: so
 * this process waits for it.
 *
 * @throws Error when it cannot be started.
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env, onLine }: RunOptions,
): Promise<Ended> {
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  try {
    return await runToEnd(program, args, { cwd, env, onLine });
  } finally {
    process.off("SIGINT", wait);
  }
}

function runToEnd(
  program: string,
  args: readonly string[],
  { cwd, env, onLine }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const read = (stream: NodeJS.ReadableStream): string[] => {
      const lines: string[] = [];
      createInterface({ input: stream }).on("line", (coloured) => {
        const line = stripVTControlCharacters(coloured);
        lines.push(line);
        onLine?.(line);
      });
      return lines;
    };
    const stdout = read(child.stdout);
    const stderr = read(child.stderr);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout,
        stderr,
      });
    });
  });
}
