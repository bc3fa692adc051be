import { type RunVariables } from "../../../modules/settings/choose";
import { type Terminal } from "./terminal";

/**
 * How a command ends: 0 when it is done or there is nothing to do; 1 when it failed, refused, found something wrong, or was not
 * understood; 2 of `plan` alone, when there are changes; 130 when it was interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 130;

/** An option of a command, without `--`. */
export interface Option {
  readonly type: "string" | "boolean";
  /** What stands for its value in the help, such as `<folder>`. */
  readonly value?: string;
  readonly help: string;
  /** Whether it may be given several times. @default false */
  readonly multiple?: boolean;
}

/** Options as they were given. */
export type GivenOptions = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** One call of a command. */
export interface Call {
  readonly positionals: readonly string[];
  readonly options: GivenOptions;
  /** Environment variables. */
  readonly variables: RunVariables;
  readonly terminal: Terminal;
}

/** What `wave-eks <name>` does. */
export interface Command {
  readonly name: string;
  /** Its arguments as the help shows them, such as `<environment> <secret>`. */
  readonly takes: string;
  /** A sentence or two. */
  readonly summary: string;
  /** Besides `--help` and `--json`, which every command has. */
  readonly options: Readonly<Record<string, Option>>;
  /** What the help says beneath the options. */
  readonly details?: string;
  /** @throws ProblemReport about what the reader can mend; nothing is changed by then. */
  run(call: Call): Promise<ExitCode>;
}

/** The value of an option of type string that is given once. */
export const textOption = (
  { options }: Pick<Call, "options">,
  name: string,
): string | undefined => {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
};

/** Whether an option of type boolean is given. */
export const isGiven = (
  { options }: Pick<Call, "options">,
  name: string,
): boolean => options[name] === true;
