import { type Problem } from "../../modules/lib/problem";
import {
  type RenderedParts,
  judge,
  render,
} from "../../modules/wave/rendered/rendered";
import { type SettingsChange, exampleSettings } from "./settings";

/** One step into a value: a key, a position, or the item of a list with this name. */
export type Step = string | number | { readonly name: string };

const example = render(exampleSettings());

/**
 * What the rules say when one thing of the rendered example is changed. `undefined` removes the thing.
 *
 * @param settings Change of the settings, before the rendering.
 */
export function problemsWhen(
  steps: readonly Step[],
  value: unknown,
  settings?: SettingsChange,
): Problem[] {
  const source =
    settings === undefined ? example : render(exampleSettings(settings));
  return problemsOn(source, steps, value);
}

/** What the rules say when one thing of rendered parts is changed: for settings that are not the classic example. */
export function problemsOn(
  source: RenderedParts,
  steps: readonly Step[],
  value: unknown,
): Problem[] {
  // Not structuredClone, which keeps shared parts shared: a change would hit every pod at once.
  const parts = JSON.parse(JSON.stringify(source)) as RenderedParts;
  put(parts, steps, value);
  return judge(parts);
}

/** The only problem of a change; fails when there is none, or more than one. */
export function onlyProblemWhen(
  steps: readonly Step[],
  value: unknown,
  settings?: SettingsChange,
): Problem {
  const problems = problemsWhen(steps, value, settings);
  const [only] = problems;
  if (only === undefined || problems.length !== 1)
    throw new Error(
      `expected one problem, got ${JSON.stringify(problems, undefined, 2)}`,
    );
  return only;
}

/** Steps to a key of `config.yml`. */
export const inConfig = (...steps: Step[]): Step[] => [
  "objects",
  "configFile",
  ...steps,
];

/** Steps into the pod of a Deployment. */
export const inPod = (deployment: string, ...steps: Step[]): Step[] => [
  ...["objects", "deployments", deployment, "spec", "template", "spec"],
  ...steps,
];

/** Steps into the container of a Deployment. */
export const inContainer = (deployment: string, ...steps: Step[]): Step[] =>
  inPod(deployment, "container", 0, ...steps);

/** Steps to a variable of a Deployment's container. */
export const inVariable = (
  deployment: string,
  name: string,
  ...steps: Step[]
): Step[] => inContainer(deployment, "env", { name }, ...steps);

/** Steps to an annotation of the Ingress. */
export const inAnnotation = (name: string): Step[] => [
  ...["objects", "ingress", "metadata", "annotations"],
  `alb.ingress.kubernetes.io/${name}`,
];

function put(root: unknown, steps: readonly Step[], value: unknown): void {
  const last = steps.at(-1);
  if (last === undefined) throw new Error("no steps");
  const parent = steps.slice(0, -1).reduce(into, root);
  const key = keyOf(parent, last);
  if (value === undefined && Array.isArray(parent))
    parent.splice(Number(key), 1);
  else if (value === undefined) Reflect.deleteProperty(parent as object, key);
  else (parent as Record<string, unknown>)[key] = value;
}

function into(node: unknown, step: Step): unknown {
  const child = (node as Record<string, unknown>)[keyOf(node, step)];
  if (child === undefined)
    throw new Error(
      `nothing at ${JSON.stringify(step)} in ${JSON.stringify(node)}`,
    );
  return child;
}

function keyOf(node: unknown, step: Step): string {
  if (typeof step !== "object") return String(step);
  const index = (node as { name?: string }[]).findIndex(
    ({ name }) => name === step.name,
  );
  if (index < 0)
    throw new Error(`no item ${step.name} in ${JSON.stringify(node)}`);
  return String(index);
}

/** A change of rendered parts, the paths it is reported at, and words that the report of one rule must hold. */
export type BrokenCase = readonly [
  what: string,
  steps: readonly Step[],
  value: unknown,
  path: string | readonly string[],
  words: readonly string[],
];

/** Tests that each change is reported at its paths and nowhere else, and by one rule in these words. */
export function testBroken(
  source: RenderedParts,
  cases: readonly BrokenCase[],
): void {
  test.each(cases)("refused: %s", (_what, steps, value, path, words) => {
    const problems = problemsOn(source, steps, value);
    const paths = new Set(problems.map((problem) => problem.path));
    expect([...paths].sort()).toEqual([path].flat().sort());
    const reports = problems.map(
      ({ given, allowed, fix }) => `${given} | ${allowed} | ${fix}`,
    );
    const fitting = reports.filter((report) =>
      words.every((word) => report.includes(word)),
    );
    // With all reports in the message of a failure.
    expect({ words, reports, fitting: fitting.length }).toMatchObject({
      fitting: 1,
    });
  });
}
