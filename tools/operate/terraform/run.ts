import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

/** How a program ended. */
export interface Ended {
  /** Exit code; undefined when a signal killed it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Whether this process was told to end meanwhile, and passed it on. */
  readonly interrupted: boolean;
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
  /** Passes an interrupt on to a program that does not end well by the signal itself. @default it gets SIGINT */
  readonly interrupt?: (pid: number) => void;
}

/** How a process is told to end: at a terminal, by a pipeline that is cancelled, by a terminal that is closed. */
const ENDS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program to its end, with no input. It has a process group of its own, so that nothing reaches it twice: Terraform ends
 * what it has begun at the first interrupt, and at the second one drops it. The first one is passed on, and waited for.
 *
 * @throws Error when it cannot be started.
 */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env, onLine, interrupt: passOn }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let interrupted = false;
    const interrupt = (): void => {
      if (!interrupted && child.pid !== undefined) {
        if (passOn) passOn(child.pid);
        else child.kill("SIGINT");
      }
      interrupted = true;
    };
    for (const signal of ENDS) process.on(signal, interrupt);
    const done = (): void => {
      for (const signal of ENDS) process.off(signal, interrupt);
    };
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
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code, signal) => {
      done();
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        interrupted,
        stdout,
        stderr,
      });
    });
  });
}
