import {
  type Graph,
  type Json,
  type Subject,
  withBody,
  without,
} from "../graph";
import { isObject } from "../reading";
import { ADDITIONS, ITEMS, ITEMS_OF_TYPE } from "./additions";
import { type Flip, flipsOf } from "./flips";
import { policyMutants } from "./policy-mutants";
import { type Place, embedded, placesIn } from "./walk";

/** One change of one subject. */
export interface Mutant {
  readonly subject: Subject;
  /** Where in the subject; empty for the subject itself. */
  readonly path: string;
  /** What was done: `remove`, `flip`, `lower`, … */
  readonly change: string;
  /** The environment with the change. */
  readonly graph: () => Graph;
}

/**
 * Every mutant of every subject: made from the JSON alone, without a look at the rules. Each key and each item is
 * removed, each leaf gets weaker values, each policy document is widened, each subject is removed, and what is known to
 * be dangerous is added.
 */
export function* mutantsOf(graph: Graph): Generator<Mutant> {
  for (const subject of graph.subjects) {
    // What is read makes nothing; its conditions are judged by the tests of the checks before a deployment.
    if (subject.type.startsWith("data.")) continue;
    yield {
      subject,
      path: "",
      change: "remove",
      graph: () => without(graph, subject),
    };
    for (const { path, change, body } of changesOf(subject))
      yield {
        subject,
        path,
        change,
        graph: () => withBody(graph, subject, body()),
      };
  }
}

/** One line: stack, address, place and change. */
export const showMutant = ({ subject, path, change }: Mutant): string =>
  `${subject.path} (${subject.type})${path === "" ? "" : ` ${path}`}: ${change}`;

interface Change {
  readonly path: string;
  readonly change: string;
  readonly body: () => Json;
}

function* changesOf(subject: Subject): Generator<Change> {
  const { type, body } = subject;
  for (const { types, key, value, beside } of ADDITIONS)
    if (types.includes(type) && beside === undefined && !(key in body))
      yield {
        path: key,
        change: "add",
        body: () => ({ ...body, [key]: value }),
      };
  const policies: string[] = [];
  for (const place of placesIn(body)) {
    if (policies.some((path) => place.path.startsWith(path))) continue;
    const widened = policyMutants(embedded(place.value));
    if (widened.length > 0) policies.push(`${place.path}.`);
    const flips: Flip[] = [
      ["remove", undefined],
      ...flipsOf(place.value),
      ...widened.map(([how, document]): Flip => [
        how,
        JSON.stringify(document),
      ]),
      ...added(type, place),
    ];
    for (const [change, value] of flips)
      yield { path: place.path, change, body: () => place.put(value) as Json };
  }
}

/** A list with one item more, or an object with one key more. */
function added(type: string, { name, value }: Place): Flip[] {
  if (Array.isArray(value)) {
    const items = [
      ...(ITEMS[name] ?? []),
      ...(ITEMS_OF_TYPE[type]?.[name] ?? []),
    ];
    return items.map((item) => [
      `and ${JSON.stringify(item)}`,
      [...(value as unknown[]), item],
    ]);
  }
  if (!isObject(value)) return [];
  return ADDITIONS.filter(
    ({ types, beside, key }) =>
      types.includes(type) &&
      beside !== undefined &&
      beside in value &&
      !(key in value),
  ).map(({ key, value: what }) => [`add ${key}`, { ...value, [key]: what }]);
}
