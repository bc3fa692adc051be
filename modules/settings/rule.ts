import { type Problem } from "../lib/problem";
import { UnreadableSetting } from "./partial";
import { type Settings } from "../schema";

/** One rule over the settings. It reads plain values only, and says every problem it finds. */
export type Rule = (settings: Settings) => Problem[];

/** One sentence of advice for each thing that works and is worth knowing. */
export type Warning = (settings: Settings) => string[];

/** Runs every rule. A rule that meets a part of the wrong shape says nothing: that part is reported already. */
export function runAll<T>(
  rules: readonly ((settings: Settings) => T[])[],
  settings: Settings,
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

/** A problem when a condition holds, else nothing: keeps a rule one expression. */
export function when(condition: boolean, problem: () => Problem): Problem[] {
  return condition ? [problem()] : [];
}
