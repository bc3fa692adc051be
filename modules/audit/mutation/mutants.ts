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
import { isLeftOut } from "./not-hardening";
import { policyMutants } from "./policy-mutants";
import { type Place, embedded, placesIn } from "./walk";

/** One change of one subject. */
export interface Mutant {
  readonly subject: Subject;
  /** Where in the subject; empty for the subject itself. */
  readonly path: string;
  /** What was done: `remove`, `flip`, `lower`, … */
  readonly change: string;
  readonly graph: Graph;
}

/**
 * Every mutant of every subject: made from the JSON alone, without a look at the rules. Each key and each item is
 * removed, each leaf gets weaker values, each policy document is widened, each subject is removed, and what is known to
 * be dangerous is added. What is no hardening is left out by name (`not-hardening.ts`).
 */
export function* mutantsOf(graph: Graph): Generator<Mutant> {
  for (const subject of graph.subjects) {
    if (!isLeftOut(subject.type, "", "remove"))
      yield {
        subject,
        path: "",
        change: "remove",
        graph: without(graph, subject),
      };
    for (const [path, change, body] of changesOf(subject))
      if (!isLeftOut(subject.type, path, change))
        yield { subject, path, change, graph: withBody(graph, subject, body) };
  }
}

/** One line: stack, address, place and change. */
export const showMutant = ({ subject, path, change }: Mutant): string =>
  `${subject.path} (${subject.type})${path === "" ? "" : ` ${path}`}: ${change}`;

function* changesOf(
  subject: Subject,
): Generator<[path: string, change: string, body: Json]> {
  for (const { key, value, beside } of ADDITIONS.filter(({ types }) =>
    types.includes(subject.type),
  ))
    if (beside === undefined && !(key in subject.body))
      yield [key, "add", { ...subject.body, [key]: value }];
  const inPolicy: string[] = [];
  for (const place of placesIn(subject.body)) {
    if (inPolicy.some((path) => place.path.startsWith(path))) continue;
    yield [place.path, "remove", place.put(undefined) as Json];
    const policies = policyMutants(embedded(place.value));
    if (policies.length > 0) inPolicy.push(`${place.path}.`);
    for (const [change, value] of [
      ...flipsOf(place.value),
      ...policies.map(([how, document]): Flip => [
        how,
        JSON.stringify(document),
      ]),
      ...added(subject.type, place),
    ])
      yield [place.path, change, place.put(value) as Json];
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
