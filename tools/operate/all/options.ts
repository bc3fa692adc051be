import { ProblemReport } from "../../../modules/lib/problem";
import { type Call, type Option, isGiven, textOption } from "../cli/command";

/** Environments at a time where nothing is said. */
const PARALLEL = 2;

/** Options of a command that takes `--all`. */
export const ALL_OPTIONS = {
  all: {
    type: "boolean",
    help: "every settings file of the folder that is no example, in one table",
  },
  parallel: {
    type: "string",
    value: "<number>",
    help: `with --all: how many environments at a time; ${PARALLEL} where nothing is said`,
  },
} as const satisfies Readonly<Record<string, Option>>;

/**
 * Whether the call is about every environment.
 *
 * @throws ProblemReport when it names one as well.
 */
export function isAll(call: Call): boolean {
  const [named] = call.positionals;
  if (!isGiven(call, "all")) return false;
  if (named === undefined) return true;
  throw new ProblemReport("this command", [
    {
      path: "--all",
      given: `with the environment ${named}`,
      allowed: "one environment, or --all",
      fix: `leave out ${named}, or --all`,
    },
  ]);
}

/**
 * How many environments at a time.
 *
 * @throws ProblemReport for what is no number from 1 on.
 */
export function parallelOf(call: Call): number {
  const given = textOption(call, "parallel");
  if (given === undefined) return PARALLEL;
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  throw new ProblemReport("this command", [
    {
      path: "--parallel",
      given: `"${given}"`,
      allowed: "a whole number from 1 to 999",
      fix: `leave it out for ${PARALLEL}, or write such a number`,
    },
  ]);
}
