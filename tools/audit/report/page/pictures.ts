import { type Table } from "../table";
import { escapeHtml } from "./html";

/** Lays out a graph in the language of Graphviz, as SVG. */
export type Draw = (dot: string) => string;

/** An arrow of a picture. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** A picture of a table's rows with a title for those who do not see it: the table is its text. Empty for tables without one. */
export function pictureOf(table: Table, draw: Draw | undefined): string {
  const arrows = PICTURES[table.id]?.(rowsOf(table)) ?? [];
  if (draw === undefined || arrows.length === 0) return "";
  const title = `${table.title}: a picture of the table below`;
  const svg = draw(dotOf(arrows))
    .replace(/^[\s\S]*?<svg width="(\d+)pt" height="\d+pt"/, '<svg width="$1"')
    .replace("<svg ", `<svg role="img" aria-label="${escapeHtml(title)}" `)
    .replace(/<!--[\s\S]*?-->\s*/g, "")
    .replace(/ font-family="[^"]*"/g, "")
    .replace(/ id="[^"]*"/g, "");
  return `<figure>${svg}<figcaption>${escapeHtml(title)}.</figcaption></figure>`;
}

type Row = Readonly<Record<string, string>>;

const rowsOf = ({ columns, rows }: Table): Row[] =>
  rows.map((cells) =>
    Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""])),
  );

const PICTURES: Readonly<Record<string, (rows: readonly Row[]) => Arrow[]>> = {
  secrets: (rows) =>
    rows.flatMap(
      ({ Secret = "", "Made by": maker = "", "Read by": readers = "" }) => [
        { from: maker.split(";")[0] ?? "", to: Secret, label: "" },
        ...readers
          .split("\n")
          .filter((one) => one !== "")
          .map((one) => ({
            from: Secret,
            to: one.split(": ")[0] ?? one,
            label: "",
          })),
      ],
    ),
};

function dotOf(arrows: readonly Arrow[]): string {
  const merged = new Map<string, Arrow & { readonly labels: Set<string> }>();
  for (const arrow of arrows) {
    const key = `${arrow.from}\n${arrow.to}`;
    const known = merged.get(key) ?? { ...arrow, labels: new Set<string>() };
    if (arrow.label !== "") known.labels.add(arrow.label);
    merged.set(key, known);
  }
  const quoted = (text: string) => JSON.stringify(text);
  const nodes = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return [
    "digraph {",
    "rankdir=LR; ranksep=1.1; nodesep=0.1; node [shape=box, style=rounded, fontsize=12, height=0.32]; edge [fontsize=11, arrowsize=0.6];",
    ...[...nodes].map((text) => `${quoted(text)} [width=${widthOf(text)}];`),
    ...[...merged.values()].map(
      ({ from, to, labels }) =>
        `${quoted(from)} -> ${quoted(to)} [label=${quoted([...labels].join(", "))}];`,
    ),
    "}",
  ].join("\n");
}

/** In inches, of 72 pixels each: the page's own font is wider than the one that Graphviz measures with. */
const widthOf = (text: string): string =>
  ((text.length * 7 + 18) / 72).toFixed(2);
