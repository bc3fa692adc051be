import { type Table, rowsOf } from "../table";
import { escapeHtml } from "./html";

/** Lays out a graph in the language of Graphviz, as SVG. */
export type Draw = (dot: string) => string;

/** An arrow of a picture. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** It lets somebody in from outside. */
  readonly look?: boolean;
}

type Row = Readonly<Record<string, string>>;

/** A picture of a table's rows for those who see it; the table is its text. Empty for tables without one. */
export function pictureOf(
  table: Table,
  tables: readonly Table[],
  draw: Draw | undefined,
): string {
  const rows = (id: string) =>
    tables.filter((one) => one.id === id).flatMap(rowsOf);
  const arrows = PICTURES[table.id]?.(rows) ?? [];
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

const PICTURES: Readonly<
  Record<string, (rows: (table: string) => Row[]) => Arrow[]>
> = {
  // Who takes a role, and what the role may do to what is named.
  trusts: (rows) => [
    ...rows("trusts").map(
      ({ "Taken by": who = "", Principal = "", Role = "" }) => ({
        from: short(who || Principal),
        to: Role,
      }),
    ),
    ...rows("permissions")
      .filter(({ Effect, Resource }) => Effect === "Allow" && Resource !== "*")
      .flatMap(({ Role = "", Action = "", Resource = "" }) =>
        Resource.split("\n")
          .filter((resource) => resource !== "")
          .map((resource) => ({
            from: Role,
            to: short(resource.replace(/^arn:[^:]*:([^:]*):[^:]*:\d*:/, "$1 ")),
            label: verbOf(Action),
          })),
      ),
  ],
  network: (rows) =>
    rows("network")
      .filter(
        ({ From, To, Through = "" }) =>
          ![From, To].includes("nobody") && !/^route/.test(Through),
      )
      .map(({ From = "", To = "", Protocol = "", Port = "", Direction }) => ({
        from: short(From),
        to: short(To),
        label: Port === "all" ? "all" : `${Protocol} ${Port}`,
        look: Direction === "in" && From.startsWith("0.0.0.0/0"),
      })),
  secrets: (rows) =>
    rows("secrets").flatMap(
      ({ Secret = "", "Made by": maker = "", "Read by": readers = "" }) => [
        { from: short(maker), to: Secret },
        ...readers
          .split("\n")
          .filter((one) => one !== "")
          .map((one) => ({ from: Secret, to: short(one.replace(/: .*/, "")) })),
      ],
    ),
};

/** The first of several values, cut where a box would grow too wide. */
function short(text: string): string {
  const [first = "", ...more] = text.split("\n");
  const cut = first.length > 38 ? `${first.slice(0, 37)}…` : first;
  return more.length === 0 ? cut : `${cut} and ${more.length} more`;
}

/** What a list of actions comes to, for a picture: the table has each. */
const verbOf = (actions: string): string =>
  actions
    .split("\n")
    .every((one) => /:(Get|List|Describe|BatchGet|BatchCheck|Head)/.test(one))
    ? "reads"
    : "changes";

function dotOf(arrows: readonly Arrow[]): string {
  const merged = new Map<string, Arrow & { readonly labels: Set<string> }>();
  for (const arrow of arrows) {
    const key = `${arrow.from}\n${arrow.to}`;
    const known = merged.get(key) ?? { ...arrow, labels: new Set<string>() };
    if (arrow.label !== undefined) known.labels.add(arrow.label);
    merged.set(key, known);
  }
  const quoted = (text: string) => JSON.stringify(text);
  const nodes = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return [
    "digraph {",
    "rankdir=LR; ranksep=0.8; nodesep=0.1; node [shape=box, style=rounded, fontsize=12, height=0.32]; edge [fontsize=11, arrowsize=0.6];",
    ...[...nodes].map((text) => `${quoted(text)} [width=${widthOf(text)}];`),
    ...[...merged.values()].map(
      ({ from, to, look, labels }) =>
        `${quoted(from)} -> ${quoted(to)} [label=${quoted([...labels].join(", "))}${look === true ? ", class=look" : ""}];`,
    ),
    "}",
  ].join("\n");
}

/** In inches, of 72 pixels each: the page's own font is wider than the one that Graphviz measures with. */
const widthOf = (text: string): string =>
  ((text.length * 7 + 18) / 72).toFixed(2);
