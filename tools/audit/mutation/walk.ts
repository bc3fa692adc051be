import { isObject, documentOf } from "../reading";

/** A place in a JSON value, and a way to put something else there. */
export interface Place {
  /** Keys and positions: `spec.container[0].image`. */
  readonly path: string;
  /** The last key; for an item of a list, that of the list. */
  readonly name: string;
  readonly value: unknown;
  /** A copy of the whole with another value here; `undefined` removes the place. */
  readonly put: (value: unknown) => unknown;
}

/** Every place below a value: keys, items, and the same inside documents that are kept as text. Bookkeeping is left out. */
export function* placesIn(root: unknown): Generator<Place> {
  yield* below(root, "", "", (value) => value);
}

function* below(
  node: unknown,
  path: string,
  name: string,
  whole: (value: unknown) => unknown,
): Generator<Place> {
  if (Array.isArray(node)) {
    for (const [index, item] of (node as unknown[]).entries())
      yield* place(item, `${path}[${index}]`, name, (value) =>
        whole(
          value === undefined
            ? node.filter((_, at) => at !== index)
            : node.map((old: unknown, at) => (at === index ? value : old)),
        ),
      );
  } else if (isObject(node)) {
    for (const [key, item] of Object.entries(node)) {
      if (key === "//") continue;
      yield* place(item, path === "" ? key : `${path}.${key}`, key, (value) =>
        whole(replaced(node, key, value)),
      );
    }
  } else {
    const document = embedded(node);
    if (document !== undefined)
      yield* below(document, path, name, (value) =>
        whole(JSON.stringify(value)),
      );
  }
}

function* place(
  value: unknown,
  path: string,
  name: string,
  put: (value: unknown) => unknown,
): Generator<Place> {
  yield { path, name, value, put };
  yield* below(value, path, name, put);
}

/** The document in a text: only where there is structure, so that a plain word stays a word. */
export function embedded(text: unknown): unknown {
  if (typeof text !== "string" || !/^\s*[[{]|^[\w-]+:\s*\n/.test(text))
    return undefined;
  const document = documentOf(text);
  return isObject(document) || Array.isArray(document) ? document : undefined;
}

function replaced(
  node: Readonly<Record<string, unknown>>,
  key: string,
  value: unknown,
): Record<string, unknown> {
  const copy = { ...node };
  if (value === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = value;
  return copy;
}
