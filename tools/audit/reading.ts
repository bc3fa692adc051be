import { parse } from "yaml";
import {
  type Graph,
  type Json,
  type Subject,
  ofType,
  targetsOf,
} from "./graph";

/** All values at a path such as `rule.expiration.days`. A block may be an object or a list of objects: both are read. */
export function at(node: unknown, path: string): unknown[] {
  const steps = path === "" ? [] : path.split(".");
  return steps.reduce<unknown[]>(
    (nodes, step) =>
      nodes.flatMap((one) => {
        const child = isObject(one) ? one[step] : undefined;
        return items(child);
      }),
    items(node),
  );
}

/** The first value at a path. */
export const first = (node: unknown, path: string): unknown =>
  at(node, path)[0];

/** The texts at a path. */
export const textsAt = (node: unknown, path: string): string[] =>
  at(node, path).filter((value) => typeof value === "string");

/** Some bindings write booleans as text. */
export const isOn = (value: unknown): boolean =>
  value === true || value === "true";

/** Not a list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Some bindings write numbers as text. */
export const numberOf = (value: unknown): number =>
  typeof value === "number" || (typeof value === "string" && value !== "")
    ? Number(value)
    : NaN;

/** Subjects of a type that refer to a subject at a path, in any stack. */
export function companionsOf(
  graph: Graph,
  subject: Subject,
  type: string,
  path: string,
): Subject[] {
  return ofType(graph, type).filter((one) =>
    targetsOf(graph, one.stack, at(one.body, path)).includes(subject),
  );
}

/** The subjects of a type that a subject refers to at a path. */
export function referred(
  graph: Graph,
  subject: Subject,
  path: string,
  type: string,
): Subject[] {
  return targetsOf(graph, subject.stack, at(subject.body, path)).filter(
    (one) => one.type === type,
  );
}

/** Whether the Cluster Autoscaler scales a managed group of nodes: it finds the group by tags that the others do not have. */
export const isScaled = (graph: Graph, group: Subject): boolean =>
  companionsOf(
    graph,
    group,
    "aws_autoscaling_group_tag",
    "autoscaling_group_name",
  ).length > 0;

const parsed = new Map<string, unknown>();

/** A document kept as text: JSON, or YAML. Undefined when it is neither. */
export function documentOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  if (!parsed.has(text)) parsed.set(text, tryParse(text));
  return parsed.get(text);
}

function tryParse(text: string): unknown {
  try {
    return /^\s*[[{]/.test(text)
      ? JSON.parse(text.replace(EXPRESSION, escapeQuotes))
      : parse(text);
  } catch {
    return undefined;
  }
}

/** `${…}`: Terraform reads quotes inside as its own, so that the JSON around them has them unescaped. */
const EXPRESSION = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

const escapeQuotes = (expression: string): string =>
  expression.replace(/(?<!\\)"/g, '\\"');

/** One value or a list of them, as a list. */
export const items = (value: unknown): unknown[] =>
  value === undefined || value === null
    ? []
    : Array.isArray(value)
      ? value
      : [value];
