import { parseArgs } from "node:util";
import { nearest } from "../../../modules/lib/nearest";
import { ProblemReport } from "../../../modules/lib/problem";
import { type RunVariables } from "../../../modules/settings/choose";
import { COMMANDS } from "../commands";
import { Interrupted } from "../terraform/interrupted";
import { type Command, type ExitCode } from "./command";
import { COMMON, helpOf, overview } from "./help";
import { type Terminal } from "./terminal";

/** What a process gives the program. */
export interface Process {
  readonly variables: RunVariables;
  /** @param json Whether the result is JSON. */
  readonly open: (json: boolean) => Terminal;
}

/**
 * `wave-eks <command> …`: finds the command, reads its options, runs it, and says what is wrong where the reader can mend it.
 * @returns the exit code of the process.
 * @throws what is a fault of this program.
 */
export async function runProgram(
  [name, ...args]: readonly string[],
  { variables, open }: Process,
): Promise<ExitCode> {
  const terminal = open(args.includes("--json"));
  if (name === undefined || name === "--help" || name === "help") {
    terminal.print(overview(await loadAll()));
    return name === undefined ? 1 : 0;
  }
  const found = COMMANDS.find((one) => one.name === name);
  if (found === undefined) {
    const match = nearest(
      name,
      COMMANDS.map((one) => one.name),
    );
    terminal.print(
      `There is no command "${name}"${match === undefined ? "" : `: did you mean ${match}?`} \`npx wave-eks --help\` lists them.`,
    );
    return 1;
  }
  const command = await found.load();
  if (args.includes("--help")) {
    terminal.print(helpOf(command));
    return 0;
  }
  const parsed = parse(command, args);
  if (typeof parsed === "string") {
    terminal.print(`${parsed}\n\n${helpOf(command)}`);
    return 1;
  }
  try {
    return await command.run({ ...parsed, variables, terminal });
  } catch (error) {
    if (error instanceof Interrupted) {
      terminal.print(error.message);
      return 130;
    }
    if (!(error instanceof ProblemReport)) throw error;
    terminal.print(error.message);
    terminal.result({ problems: error.problems });
    return 1;
  }
}

const loadAll = (): Promise<Command[]> =>
  Promise.all(COMMANDS.map((one) => one.load()));

/** Arguments and options, or a sentence about what is wrong with them. */
function parse(command: Command, args: readonly string[]) {
  const known = { ...command.options, ...COMMON };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(known).map(([name, { type, multiple = false }]) => [
          name,
          { type, multiple },
        ]),
      ),
    });
    const most = command.takes.match(/[<[]/g)?.length ?? 0;
    const surplus = positionals.slice(most);
    if (surplus.length > 0) return `Not understood: ${surplus.join(" ")}.`;
    return { positionals, options: values };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
