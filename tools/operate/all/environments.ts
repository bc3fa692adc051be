import { join } from "node:path";
import { ProblemReport } from "../../../modules/lib/problem";
import {
  type RunVariables,
  ownEnvironments,
} from "../../../modules/settings/choose";
import { type SiblingReader, siblingReader } from "../../../modules/siblings";

/** What came of one environment: a value, or what its reader has to mend. */
export type Outcome<T> = { readonly environment: string } & (
  | { readonly value: T; readonly report?: undefined }
  | { readonly report: ProblemReport }
);

/**
 * Every environment of the folder that is no example, in the order of their names. Each has a folder of stacks of its own:
 * `<CDKTF_OUTPUT>/<environment>`, else `cdktf.out/<environment>`.
 *
 * @param open How one is opened, such as `openTarget`.
 * @throws ProblemReport when there is none. The problems of one file are its outcome, and the others are opened all the same.
 */
export function openAll<T>(
  variables: RunVariables,
  open: (named: string, variables: RunVariables, read: SiblingReader) => T,
): Outcome<T>[] {
  const read = siblingReader();
  const { CDKTF_OUTPUT } = variables;
  return ownEnvironments(variables).map((environment) => {
    const own = {
      ...variables,
      ...(CDKTF_OUTPUT && { CDKTF_OUTPUT: join(CDKTF_OUTPUT, environment) }),
    };
    try {
      return { environment, value: open(environment, own, read) };
    } catch (error) {
      return { environment, report: reportIn(error) };
    }
  });
}

/**
 * Work on all that could be opened, some at a time.
 *
 * @param parallel Most at a time.
 * @returns in the order of what was given. A ProblemReport of one is its outcome; those that could not be opened stay as they are.
 * @throws what is a fault of this program, once nothing runs any more.
 */
export async function forAll<T, R>(
  opened: readonly Outcome<T>[],
  parallel: number,
  work: (target: T, environment: string) => Promise<R>,
): Promise<Outcome<R>[]> {
  const outcomes: Outcome<R>[] = [];
  const waiting = [...opened.entries()];
  const takeTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, one] = next;
      outcomes[index] = await outcomeOf(one, work);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: parallel }, takeTurns),
  );
  for (const turn of ended)
    if (turn.status === "rejected") throw turn.reason as unknown;
  return outcomes;
}

async function outcomeOf<T, R>(
  one: Outcome<T>,
  work: (target: T, environment: string) => Promise<R>,
): Promise<Outcome<R>> {
  if (one.report !== undefined) return one;
  const { environment, value } = one;
  try {
    return { environment, value: await work(value, environment) };
  } catch (error) {
    return { environment, report: reportIn(error) };
  }
}

/** @throws the error where it is none for a reader. */
function reportIn(error: unknown): ProblemReport {
  if (error instanceof ProblemReport) return error;
  throw error;
}

/** What a table says of an environment that has problems. */
export const problemCount = ({ problems }: ProblemReport): string =>
  problems.length === 1 ? "1 problem" : `${problems.length} problems`;

/** The reports of those that have problems, one beneath the other; "" where none has. */
export const reportsOf = (outcomes: readonly Outcome<unknown>[]): string =>
  outcomes.flatMap(({ report }) => report?.message ?? []).join("\n");
