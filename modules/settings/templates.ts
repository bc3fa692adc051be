import { type Problem } from "../lib/problem";
import { pathText } from "./path";

/**
 * Texts that Terraform would evaluate: settings are written into the stacks as they are.
 *
 * @param escaped Paths whose directives are escaped when they are written.
 */
export const templateProblems = (
  settings: unknown,
  escaped: readonly string[],
): Problem[] =>
  textsOf(settings, [])
    .filter(({ path, text }) => /[$%]\{/.test(text) && !escaped.includes(path))
    .map(({ path, text }) => ({
      path,
      given: `"${text}"`,
      allowed: "a text without ${ and %{",
      fix: "write the value itself: Terraform evaluates ${…} and %{…}, and knows no variable of yours",
    }));

function textsOf(
  node: unknown,
  steps: readonly PropertyKey[],
): { path: string; text: string }[] {
  if (typeof node === "string") return [{ path: pathText(steps), text: node }];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    textsOf(value, [...steps, Array.isArray(node) ? Number(key) : key]),
  );
}
