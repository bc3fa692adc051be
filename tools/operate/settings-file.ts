import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Document, isMap, isScalar, parseDocument, stringify } from "yaml";

/** A value that a command writes into a settings file. */
export type Scalar = string | number | boolean;

/**
 * Writes one key of a settings file, and leaves every other character as it is, comments too. Sections that are missing are made.
 *
 * @param path Such as `["data", "redis", "authVersion"]`.
 * @param value undefined takes the key away.
 */
export function editSettings(
  file: string,
  path: readonly string[],
  value: Scalar | undefined,
): void {
  const text = edited(readFileSync(file, "utf8"), path, value);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** The text of a settings file with one key written. */
export function edited(
  text: string,
  path: readonly string[],
  value: Scalar | undefined,
): string {
  const document = parseDocument(text);
  if (value === undefined) return without(text, document, path);
  const found = document.getIn(path, true);
  if (isScalar(found) && found.range) {
    const [start, end] = found.range;
    return text.slice(0, start) + inline(value) + text.slice(end);
  }
  return inserted(text, document, path, value);
}

/** As YAML writes it on one line. */
const inline = (value: Scalar): string => stringify(value).trimEnd();

/** The key as the first one of the deepest section that is there. */
function inserted(
  text: string,
  document: Document,
  path: readonly string[],
  value: Scalar,
): string {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const above = path.slice(0, depth);
    const section: unknown =
      depth === 0 ? document.contents : document.getIn(above, true);
    const first = isMap(section) && !section.flow && section.items[0]?.key;
    if (!isScalar(first) || !first.range) continue;
    // In one line, or empty: it cannot be written beside itself.
    if (document.hasIn(path.slice(0, depth + 1))) break;
    const start = first.range[0];
    const column = start - (text.lastIndexOf("\n", start - 1) + 1);
    const indent = " ".repeat(column);
    const lines = path
      .slice(depth)
      .map((key, index, keys) =>
        index === keys.length - 1 ? `${key}: ${inline(value)}` : `${key}:`,
      );
    const block = lines
      .map(
        (line, index) =>
          `${index === 0 ? "" : indent}${"  ".repeat(index)}${line}\n`,
      )
      .join("");
    return `${text.slice(0, start)}${block}${indent}${text.slice(start)}`;
  }
  for (const depth of path.keys())
    if (depth > 0 && !isMap(document.getIn(path.slice(0, depth), true)))
      document.setIn(path.slice(0, depth), document.createNode({}));
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

/** A key that stands on a line of its own goes with its line. */
function without(
  text: string,
  document: Document,
  path: readonly string[],
): string {
  const found = document.getIn(path, true);
  if (found === undefined) return text;
  const above: unknown =
    path.length === 1
      ? document.contents
      : document.getIn(path.slice(0, -1), true);
  if (
    isMap(above) &&
    !above.flow &&
    above.items.length > 1 &&
    isScalar(found)
  ) {
    const end = found.range?.[1] ?? 0;
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const stop = text.indexOf("\n", end);
    return text.slice(0, start) + (stop === -1 ? "" : text.slice(stop + 1));
  }
  document.deleteIn(path);
  return document.toString({ lineWidth: 0 });
}
