import Table from "cli-table3";

/** No lines around or between the cells of a table. */
const noLines = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right"],
    ...["bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((part) => [part, ""]),
);

/** Between two columns. */
const GAP = 2;

/** Narrower than this no column gets: the table is wider than the terminal then. */
const NARROWEST = 10;

/**
 * A table without lines, its columns as wide as what is in them.
 * @param columns Of the terminal: the widest columns are wrapped until the table fits. @default nothing is wrapped
 */
export function textTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  columns = Infinity,
): string {
  const table = new Table({
    head: [...titles],
    colWidths: fitted(naturalWidths(titles, rows), columns),
    wordWrap: true,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    chars: { ...noLines, middle: " ".repeat(GAP) },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, "");
}

/** Of each column. */
const naturalWidths = (
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): number[] =>
  titles.map((title, index) =>
    Math.max(
      ...[title, ...rows.map((row) => row[index] ?? "")]
        .flatMap((cell) => cell.split("\n"))
        .map((line) => line.length),
    ),
  );

/** The widest column gives way, one character at a time. */
function fitted(widths: readonly number[], columns: number): number[] {
  const result = [...widths];
  const room = columns - GAP * (widths.length - 1);
  let over = result.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = result.indexOf(Math.max(...result));
    const width = result[widest] ?? 0;
    if (width <= NARROWEST) break;
    result[widest] = width - 1;
    over -= 1;
  }
  return result;
}
