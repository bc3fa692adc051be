import { type Table } from "./table";

/** Tables of a folder, by id; rows as objects. */
export type ReadTables = Readonly<
  Record<string, readonly Readonly<Record<string, string>>[]>
>;

/** What is compared: these columns of a table, one line for each combination of their values. */
const COMPARED: readonly {
  readonly title: string;
  readonly table: Table["id"];
  readonly columns: readonly string[];
}[] = [
  {
    title: "IAM rights",
    table: "permissions",
    columns: ["Role", "Effect", "Action", "Resource", "Condition"],
  },
  {
    title: "Who may take a role",
    table: "trusts",
    columns: ["Role", "Principal", "Action", "Condition"],
  },
  {
    title: "What resources let in",
    table: "resource-policies",
    columns: ["Path", "Effect", "Principal", "Action", "Condition"],
  },
  {
    title: "Rights in the cluster",
    table: "kubernetes-permissions",
    columns: ["Who", "Where", "Permission", "On"],
  },
  {
    title: "Ports",
    table: "network",
    columns: ["From", "To", "Direction", "Protocol", "Port", "Through"],
  },
  {
    title: "Secrets",
    table: "secrets",
    columns: ["Secret", "Made by", "Read by", "In state of"],
  },
  { title: "Images", table: "images", columns: ["Image", "Started by"] },
  {
    title: "Exceptions",
    table: "exceptions",
    columns: ["Id", "Rule", "Where"],
  },
  { title: "Accepted risks", table: "risks", columns: ["Id", "Found here"] },
];

/** What came (`+`) and what went (`-`) between two folders, as text. */
export function diffOf(before: ReadTables, after: ReadTables): string {
  const parts = COMPARED.map(({ title, table, columns }) => {
    const [was, is] = [before, after].map((tables) =>
      combinations(tables[table] ?? [], columns),
    ) as [Set<string>, Set<string>];
    const lines = [
      ...[...was].filter((one) => !is.has(one)).map((one) => `- ${one}`),
      ...[...is].filter((one) => !was.has(one)).map((one) => `+ ${one}`),
    ].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
    return { title, lines };
  });
  const changed = parts.filter(({ lines }) => lines.length > 0);
  const same = parts.filter(({ lines }) => lines.length === 0);
  return [
    ...changed.map(({ title, lines }) => [title, ...lines, ""].join("\n")),
    `Unchanged: ${same.map(({ title }) => title.toLowerCase()).join(", ") || "nothing"}.`,
  ].join("\n");
}

/** Cells taken apart by line, each with each of the others. */
export function combinations(
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly string[],
): Set<string> {
  return new Set(
    rows.flatMap((row) =>
      columns
        .reduce<string[][]>(
          (done, column) =>
            done.flatMap((cells) =>
              (row[column] ?? "").split("\n").map((value) => [...cells, value]),
            ),
          [[]],
        )
        .map((cells) => cells.join(" | ")),
    ),
  );
}
