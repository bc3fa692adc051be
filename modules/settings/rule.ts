import { type Problem } from "../lib/problem";
import { UnreadableSetting } from "./partial";

/** One rule over settings, or over the sections it is about. It reads plain values only, and reports every problem it finds. */
export type Rule<S> = (settings: S) => Problem[];

/** One sentence of advice for each thing that works and is worth knowing. */
export type Warning<S> = (settings: S) => string[];

/** Runs every rule. A rule that meets a part of the wrong shape reports nothing: that part is reported already. */
export function runAll<S, T>(
  rules: readonly ((settings: S) => T[])[],
  settings: S,
): T[] {
  return rules.flatMap((rule) => {
    try {
      return rule(settings);
    } catch (error) {
      if (error instanceof UnreadableSetting) return [];
      throw error;
    }
  });
}

/**
 * A problem for each entry of a list that stands in it a second time: AWS refuses it, or makes one of two.
 *
 * @param key Of the entries that the values are of, with a dot in front: `.name`. Entries without one are none.
 */
export const eachOnce = (
  path: string,
  list: readonly (string | undefined)[],
  key = "",
): Problem[] =>
  list.flatMap((value, index) =>
    when(value !== undefined && list.indexOf(value) < index, () => ({
      path: `${path}[${index}]${key}`,
      given: `"${value ?? ""}", a second time`,
      allowed: "every entry once",
      fix: key === "" ? "remove it" : "write another one, or remove the entry",
    })),
  );

/** A problem when a condition holds, else nothing: keeps a rule one expression. */
export function when(condition: boolean, problem: () => Problem): Problem[] {
  return condition ? [problem()] : [];
}
