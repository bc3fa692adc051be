import { isCollection, isMap, isScalar, parseDocument, stringify } from "yaml";
import { edited } from "../settings-file";

/** Value of a key that a question is about: on one line. */
export type Value =
  string | boolean | readonly string[] | Readonly<Record<string, string>>;

type Path = readonly string[];

/** Whether the text has the key. */
export const hasKey = (text: string, path: Path): boolean =>
  parseDocument(text).hasIn(path);

/** The scalar of a key; undefined where there is none. */
export function textAt(text: string, path: Path): string | undefined {
  const value: unknown = parseDocument(text).getIn(path);
  return typeof value === "string" ? value : undefined;
}

/** As YAML writes it on one line. */
const inline = (value: Value): string =>
  stringify(value, {
    collectionStyle: "flow",
    flowCollectionPadding: !Array.isArray(value),
    lineWidth: 0,
  }).trimEnd();

/** Writes a key where it stands, or in the place of its comment in the section, or as the first of the section. */
export function withKey(text: string, path: Path, value: Value): string {
  const node: unknown = parseDocument(text).getIn(path, true);
  if (
    (isScalar(node) || (isCollection(node) && node.flow === true)) &&
    node.range
  )
    return (
      text.slice(0, node.range[0]) + inline(value) + text.slice(node.range[1])
    );
  if (node !== undefined)
    return withLines(text, path, (column) => [
      `${" ".repeat(column)}${path.at(-1) ?? ""}: ${inline(value)}`,
    ]);
  return uncommented(text, path, value) ?? inserted(text, path, value);
}

/** Insertion knows scalars only. */
function inserted(text: string, path: Path, value: Value): string {
  if (typeof value !== "object") return edited(text, path, value);
  return withKey(edited(text, path, ""), path, value);
}

/** Puts other lines in the place of a section. */
export function withLines(
  text: string,
  path: Path,
  lines: (column: number) => readonly string[],
): string {
  const section = sectionAt(text, path);
  if (section === undefined) return text;
  const { start, end, column } = section;
  return `${text.slice(0, start)}${lines(column).join("\n")}\n${text.slice(end)}`;
}

/** A section as a comment: taken out, and to be put back by whoever takes the # away. */
export const commentedOut = (text: string, path: Path): string => {
  const section = sectionAt(text, path);
  if (section === undefined) return text;
  const { start, end, column } = section;
  const lines = text.slice(start, end).trimEnd().split("\n");
  return withLines(text, path, () =>
    lines.map((line) =>
      line === "" ? line : `${line.slice(0, column)}#${line.slice(column)}`,
    ),
  );
};

interface Section {
  /** Of its first line. */
  readonly start: number;
  /** After its last line. */
  readonly end: number;
  /** Of its key. */
  readonly column: number;
}

/** What belongs to a section: the lines that stand further in, comments too. */
function sectionAt(text: string, path: Path): Section | undefined {
  const document = parseDocument(text);
  const above: unknown =
    path.length === 1
      ? document.contents
      : document.getIn(path.slice(0, -1), true);
  const key = isMap(above)
    ? above.items
        .map((pair) => pair.key)
        .find((one) => isScalar(one) && one.value === path.at(-1))
    : undefined;
  if (!isScalar(key) || !key.range) return undefined;
  const start = text.lastIndexOf("\n", key.range[0] - 1) + 1;
  const column = key.range[0] - start;
  let end = lineEnd(text, start);
  for (let at = end; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() === "") continue;
    if (line.search(/\S/) <= column) break;
    end = lineEnd(text, at);
  }
  return { start, end, column };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at + 1;
}

/** The key in the place of its comment, such as `#inboundCidrs: []`, where its section has one. */
function uncommented(
  text: string,
  path: Path,
  value: Value,
): string | undefined {
  const section = sectionAt(text, path.slice(0, -1));
  if (section === undefined) return undefined;
  const body = text.slice(section.start, section.end);
  const line = new RegExp(
    `^( {${section.column + 2}})#${path.at(-1) ?? ""}:.*$`,
    "m",
  );
  if (!line.test(body)) return undefined;
  const changed = body.replace(
    line,
    (_all, indent: string) => `${indent}${path.at(-1) ?? ""}: ${inline(value)}`,
  );
  return text.slice(0, section.start) + changed + text.slice(section.end);
}

/** A word in another's place wherever it is no comment. */
export const replacedInValues = (
  text: string,
  old: string,
  now: string,
): string =>
  text
    .split("\n")
    .map((line) => (/^\s*#/.test(line) ? line : line.replaceAll(old, now)))
    .join("\n");
