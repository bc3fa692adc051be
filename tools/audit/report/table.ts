/** Rows with a title, to be shown as HTML, CSV and JSON. Cells hold one value a line. */
export interface Table {
  /** Name of its files: `network`. */
  readonly id: string;
  readonly title: string;
  /** What a reader has to know first. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The short answer: sentences that the rows prove. They stand above the table, and beside the questions of the first page. */
  readonly summary?: readonly string[];
  /** What somebody has to look at: broken, ended, accepted by nobody. The first page begins with these. */
  readonly look?: readonly string[];
}

/** A cell of several values. */
export const lines = (values: readonly string[]): string => values.join("\n");

/** The same values once each, in the order they came. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** As spreadsheets read it (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe. */
export const csvOf = ({ columns, rows }: Table): string =>
  [columns, ...rows]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`)
    .join("");

/** Rows as objects, with the columns as keys. */
export const rowsOf = ({
  columns,
  rows,
}: Pick<Table, "columns" | "rows">): Record<string, string>[] =>
  rows.map((cells) =>
    Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""])),
  );

/** A list of these, a line each. */
export const jsonOf = (table: Table): string =>
  `[\n${rowsOf(table)
    .map((row) => JSON.stringify(row))
    .join(",\n")}\n]\n`;

function csvCell(text: string): string {
  const safe = /^[=+@-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cells of the network table: from, to, direction, protocol, port, through. The path comes last. */
export type NetworkRow = readonly string[];
