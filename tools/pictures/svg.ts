/** A piece of a picture, or nothing. */
export type Piece = string;

/** Colours of all pictures: they have a white ground of their own, so that they read on a dark page too. */
export const COLOURS = {
  ink: "#1f2933",
  quiet: "#5f6c7b",
  line: "#9aa5b1",
  ground: "#ffffff",
  pale: "#f5f7fa",
  blue: "#e3f0fc",
  blueLine: "#4a90c2",
  green: "#e6f4ea",
  greenLine: "#4c9a6a",
  amber: "#fdf3dc",
  amberLine: "#c99a2e",
} as const;

const SANS =
  "-apple-system, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";
const MONO =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** How a text looks. */
export interface TextStyle {
  /** In pixels. @default 13 */
  readonly size?: number;
  readonly colour?: string;
  /** @default false */
  readonly bold?: boolean;
  /** @default false */
  readonly mono?: boolean;
  /** Where `x` is in the text. @default "start" */
  readonly anchor?: "start" | "middle" | "end";
}

/** A line of text; `y` is its base line. */
export function text(
  x: number,
  y: number,
  content: string,
  {
    size = 13,
    colour = COLOURS.ink,
    bold = false,
    mono = false,
    anchor = "start",
  }: TextStyle = {},
): Piece {
  const weight = bold ? ' font-weight="600"' : "";
  const place = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  const family = mono ? ' class="mono"' : "";
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${weight}${family}${place}>${escaped(content)}</text>`;
}

/** How a box looks. */
export interface BoxStyle {
  readonly fill?: string;
  readonly line?: string;
  /** @default false */
  readonly dashed?: boolean;
}

/** A box with round corners. */
export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  { fill = COLOURS.ground, line = COLOURS.line, dashed = false }: BoxStyle = {},
): Piece =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${line}"${dashed ? ' stroke-dasharray="5 4"' : ""}/>`;

/** A line with an arrow at its end, by way of corners. */
export const arrow = (
  points: readonly (readonly [number, number])[],
  colour: string = COLOURS.quiet,
): Piece =>
  `<polyline points="${points.map(([x, y]) => `${x},${y}`).join(" ")}" fill="none" stroke="${colour}" stroke-width="1.5" marker-end="url(#arrow)"/>`;

/** A whole picture. @param title What a reader without eyes is told. */
export const picture = (
  width: number,
  height: number,
  title: string,
  pieces: readonly Piece[],
  ground: string = COLOURS.ground,
): string =>
  `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${SANS}">`,
    `<title>${escaped(title)}</title>`,
    `<style>.mono { font-family: ${MONO} }</style>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${COLOURS.quiet}"/></marker></defs>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${ground}" stroke="${COLOURS.line}"/>`,
    ...pieces,
    "</svg>",
  ].join("\n")}\n`;
