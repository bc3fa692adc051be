import {
  type Document,
  type Node,
  type Scalar,
  isMap,
  isNode,
  isSeq,
} from "yaml";

/**
 * The nodes of a document by their path in it. All at once: looking for them one by one takes the square of their number.
 * What an alias or a merge brings in has no place of its own.
 */
export function nodesOf(
  document: Document,
): (path: readonly PropertyKey[]) => Node | undefined {
  const nodes = new Map<string, Node>();
  const note = (node: unknown, path: readonly PropertyKey[]): void => {
    if (!isNode(node)) return;
    nodes.set(placeOf(path), node);
    if (isMap(node))
      for (const { key, value } of node.items)
        note(value, [...path, String((key as Scalar).value)]);
    if (isSeq(node))
      for (const [index, item] of node.items.entries())
        note(item, [...path, index]);
  };
  note(document.contents, []);
  return (path) => nodes.get(placeOf(path));
}

const placeOf = (path: readonly PropertyKey[]): string => path.join("\0");
