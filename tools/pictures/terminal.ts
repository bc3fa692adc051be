import { type LabRecord, tableCells } from "../lab/report";
import { picture, text } from "./svg";

const SIZE = 12;
const LINE = 18;
const EDGE = 20;
const BAR = 34;
const GAP = 26;
/** Width of a character in most fixed fonts; a column has a place of its own, so a wider font moves none. */
const CHARACTER = SIZE * 0.61;

const DARK = {
  ground: "#1b2330",
  ink: "#e4e9f0",
  quiet: "#8b98a9",
  good: "#7bd88f",
  buttons: ["#ec6a5e", "#f4bf4f", "#61c554"],
} as const;

/** The last table of a run of the lab, as a terminal shows it. */
export function terminalPicture(record: LabRecord): string {
  const { date, passed, skipped, seconds, program = "Terraform" } = record;
  const rows = tableCells(record.stacks);
  const columns = columnsOf(rows);
  const last = columns.at(-1);
  const width = (last?.end ?? 0) + EDGE;
  const yOf = (line: number): number => BAR + line * LINE;
  const end = rows.length + 4;
  return picture(
    width,
    yOf(end) + EDGE,
    `What npm run lab said on ${date}: ${passed} checks passed`,
    [
      ...DARK.buttons.map(
        (fill, index) =>
          `<circle cx="${EDGE + index * 18}" cy="17" r="5.5" fill="${fill}"/>`,
      ),
      text(width / 2, 21, `${date} · ${program} on an emulated AWS`, {
        size: SIZE,
        colour: DARK.quiet,
        anchor: "middle",
      }),
      line(EDGE, yOf(1), "$ npm run lab", DARK.ink),
      ...rows.flatMap((cells, row) =>
        cells.map((cell, column) =>
          line(
            columns[column]?.[isNumber(column) ? "end" : "start"] ?? 0,
            yOf(row + 3),
            cell,
            row === 0 ? DARK.quiet : DARK.ink,
            isNumber(column),
          ),
        ),
      ),
      line(
        EDGE,
        yOf(end),
        `lab: ${passed} passed, 0 failed, ${skipped} skipped in ${seconds} s`,
        DARK.good,
      ),
    ],
    DARK.ground,
  );
}

/** Line and stack are names. */
const isNumber = (column: number): boolean => column > 1;

const line = (
  x: number,
  y: number,
  content: string,
  colour: string,
  isRight = false,
): string =>
  text(x, y, content, {
    size: SIZE,
    colour,
    mono: true,
    anchor: isRight ? "end" : "start",
  });

/** Where each column begins and ends. */
function columnsOf(rows: readonly (readonly string[])[]) {
  const columns: { start: number; end: number }[] = [];
  for (const [index] of (rows[0] ?? []).entries()) {
    const longest = Math.max(...rows.map((row) => row[index]?.length ?? 0));
    const start = (columns.at(-1)?.end ?? EDGE - GAP) + GAP;
    columns.push({ start, end: Math.ceil(start + longest * CHARACTER) });
  }
  return columns;
}
