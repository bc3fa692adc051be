import { confirm, input } from "@inquirer/prompts";
import ora from "ora";
import { ProblemReport } from "../../../modules/lib/problem";
import { textTable } from "./table";

/** What a command says, and to whom: people at a terminal, a log, or a program that reads JSON. */
export interface Terminal {
  /** Whether the result is one JSON document on stdout. */
  readonly json: boolean;
  /** Width of a line; 100 where it is not known. */
  readonly columns: number;
  /** Whether somebody sits there who can answer. */
  readonly interactive: boolean;
  /** Whether colours are shown: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
  /** A line of the result: to stdout, with `--json` to stderr. */
  readonly print: (text: string) => void;
  /** The document of `--json`; nothing without it. */
  readonly result: (value: unknown) => void;
  /**
   * Work of more than two seconds: on a terminal a spinner with the time, else a line at its begin and at its end, and one for
   * what it says at most every ten seconds. All of it goes to stderr.
   */
  progress<T>(
    text: string,
    work: (say: (text: string) => void) => Promise<T>,
  ): Promise<T>;
  /** A table that fits the width. */
  table(heads: readonly string[], rows: readonly (readonly string[])[]): void;
  /**
   * Asks for a yes.
   * @param flag The option that answers in advance, such as `--yes`.
   * @throws ProblemReport where nobody can answer.
   */
  confirm(question: string, flag: string): Promise<boolean>;
  /**
   * Asks for a word to be typed, where a yes is too little.
   * @param flag As of `confirm`.
   * @returns what was typed.
   * @throws ProblemReport where nobody can answer.
   */
  ask(question: string, flag: string): Promise<string>;
}

/** Where a terminal writes, and how it was asked to. */
export interface TerminalOptions {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const UNKNOWN_WIDTH = 100;
const SAID_EVERY_MS = 10_000;

/** The terminal of a process. */
export function openTerminal({
  json,
  stdout,
  stderr,
  stdin,
  variables,
}: TerminalOptions): Terminal {
  const out = json ? stderr : stdout;
  const columns = out.columns || Number(variables.COLUMNS) || UNKNOWN_WIDTH;
  const interactive = stdin.isTTY && stderr.isTTY && !variables.CI;
  const line = (text: string): void => {
    out.write(`${text}\n`);
  };
  return {
    json,
    columns,
    interactive,
    colour: out.isTTY && !variables.NO_COLOR,
    print: line,
    result: (value) => {
      if (json) stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    progress: (text, work) =>
      interactive ? spin(text, work, stderr) : inLines(text, work, stderr),
    table: (heads, rows) => {
      line(textTable(heads, rows, columns));
    },
    confirm: async (question, flag) => {
      if (!interactive) throw nobody(question, flag);
      return confirm({ message: question, default: false }, { output: stderr });
    },
    ask: async (question, flag) => {
      if (!interactive) throw nobody(question, flag);
      return input({ message: question }, { output: stderr });
    },
  };
}

const nobody = (question: string, flag: string): ProblemReport =>
  new ProblemReport("this command", [
    {
      path: "a terminal",
      given: `none, and there is a question: ${question}`,
      allowed: `a terminal at which somebody answers, or ${flag}`,
      fix: `give ${flag} where nobody can answer, such as in a pipeline`,
    },
  ]);

/** Seconds as people say them, such as `48 s` or `12 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

const since = (start: number): string => duration((Date.now() - start) / 1000);

async function spin<T>(
  text: string,
  work: (say: (text: string) => void) => Promise<T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const start = Date.now();
  let said = "";
  const spinner = ora({ text, stream }).start();
  const draw = (): void => {
    spinner.text = [text, said, since(start)].filter(Boolean).join(" · ");
  };
  const timer = setInterval(draw, 1000);
  try {
    const value = await work((more) => {
      said = more;
      draw();
    });
    spinner.succeed(`${text} · ${since(start)}`);
    return value;
  } catch (error) {
    spinner.fail(`${text} · ${since(start)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

async function inLines<T>(
  text: string,
  work: (say: (text: string) => void) => Promise<T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const start = Date.now();
  let last = start;
  stream.write(`${text} …\n`);
  const value = await work((more) => {
    if (Date.now() - last < SAID_EVERY_MS) return;
    last = Date.now();
    stream.write(`  ${more} (${since(start)})\n`);
  });
  if (Date.now() - start > 2000) stream.write(`${text}: ${since(start)}\n`);
  return value;
}
