import { readFileSync, readdirSync } from "node:fs";
import { type Document, parseDocument } from "yaml";
import { nearest } from "../../../modules/lib/nearest";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { projectFile } from "../../../modules/lib/project-file";
import { settingsSchema, withDefaults } from "../../../modules/schema";
import { explainIssues } from "../../../modules/settings/explain";
import { pathText } from "../../../modules/settings/path";
import { commentedOut, hasKey, withKey } from "./text";

const EXAMPLE = /^example.*(?=\.yaml$)/;

/** Names of the project's examples, sorted. */
export const examples = (): string[] =>
  readdirSync(projectFile("settings"))
    .flatMap((file) => EXAMPLE.exec(file)?.[0] ?? [])
    .sort();

/**
 * The text that a new file begins with.
 *
 * @param lite Wave without builds.
 * @throws ProblemReport for an example that is not there, or has no such Wave.
 */
export function draftOf(
  environment: string,
  { from, lite }: { from: string; lite: boolean },
): string {
  const known = examples();
  if (!known.includes(from)) throw noExample(from, known);
  const text = readFileSync(projectFile("settings", `${from}.yaml`), "utf8");
  const own = [["environment"], ["tags", "environment"]].reduce(
    (draft, path) => withKey(draft, path, environment),
    text,
  );
  return lite ? withoutBuilds(own, from) : own;
}

function noExample(from: string, known: readonly string[]): ProblemReport {
  const match = nearest(from, known);
  return new ProblemReport("this command", [
    {
      path: "--from",
      given: `"${from}"`,
      allowed: known.join(", "),
      fix: match === undefined ? "choose one of these" : `--from ${match}`,
    },
  ]);
}

/** What needs builds, and does nothing without them. */
const OF_BUILDS = [
  ["wave", "mail"],
  ["cluster", "autoscaler"],
  ["cluster", "nodeGroups", "build"],
  ["cluster", "nodeSelectors", "build"],
];

function withoutBuilds(text: string, from: string): string {
  if (!/^ {2}#?mode: /m.test(text) && from !== "example-existing")
    throw noLite(from);
  const version = parseDocument(text).getIn(["wave", "version"]);
  if (/^1\.[0-7]\./.test(String(version))) throw noLite(from);
  const without = OF_BUILDS.reduce(commentedOut, text);
  const driver = ["cluster", "controllers", "efsCsiDriver"];
  return withKey(
    hasKey(without, driver) ? withKey(without, driver, "none") : without,
    ["wave", "mode"],
    "lite",
  );
}

const noLite = (from: string): ProblemReport =>
  new ProblemReport("this command", [
    {
      path: "--lite",
      given: `with ${from}`,
      allowed: "an example of Wave's current line",
      fix: "--from example-current, or example-existing; or leave out --lite",
    },
  ]);

/** The problems that the schema has with the value at a path. */
export function problemsAt(text: string, path: readonly string[]): Problem[] {
  const document: Document = parseDocument(text);
  const value: unknown = document.toJS();
  const { error } = settingsSchema.safeParse(withDefaults(value));
  const at = pathText(path);
  return explainIssues(
    error?.issues ?? [],
    { source: "", value, lineOf: () => 0, typed: () => undefined },
    settingsSchema,
  ).filter(
    (one) =>
      one.path === at ||
      one.path.startsWith(`${at}.`) ||
      one.path.startsWith(`${at}[`),
  );
}
