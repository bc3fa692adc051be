import { evaluate, failuresOf, type Finding } from "../evaluate";
import { type StackJson, graphOf } from "../graph";
import { type Part, differences, shownValue } from "./parts";
import { GROUPS, structuralChanges } from "./structure";

/** A folder of `npm run audit`, as far as two are compared. */
export interface ReadFolder {
  readonly stacks: Readonly<Record<string, StackJson>>;
  /** Settings as they were, parsed; nothing where another project's JSON was read. */
  readonly settings: unknown;
  /** Rows of each table as objects, by id. */
  readonly tables: Readonly<
    Record<string, readonly Readonly<Record<string, string>>[]>
  >;
  /** Sums of the files that are neither of these, nor made of them, by name. */
  readonly others: Readonly<Record<string, string>>;
}

/** One part of the report: a heading and a line each change. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Tables whose rows are shown; of the others, which follow from the JSON, how many rows came and went. */
const SHOWN: Readonly<Record<string, string>> = {
  exceptions: "Exceptions",
  risks: "Accepted risks",
  images: "Images",
  versions: "Versions",
};

/** Columns that name files: lines of the code, which every commit moves, and what the settings are called. */
const PLACES = ["Source", "Called from", "Chosen in"];

const SCOPE =
  "Compared: every attribute of every resource, data source, ephemeral block, provider, output and terraform block of all stacks, with policies, config.yml and values of charts taken apart; all rules, over both; all tables; the settings; every other file by its sum. Left out: CDKTF's notes under //, the line of the code that makes a resource, pages and pictures, which are made of the rest.";

/** What differs between two folders, and whether anything does. */
export function diffOf(
  before: ReadFolder,
  after: ReadFolder,
): { readonly text: string; readonly differs: boolean } {
  const graph = graphOf(before.stacks);
  const was = failuresOf(evaluate(graph));
  const is = failuresOf(evaluate(graphOf(after.stacks)));
  const broken = without(is, was);
  const changes = structuralChanges(
    before.stacks,
    after.stacks,
    broken.filter(({ subject: { stack, address } }) =>
      graph.byAddress.has(`${stack}:${address}`),
    ),
  );
  const sections: Section[] = [
    ...GROUPS.map((title) => ({
      title,
      lines: changes
        .filter(({ group }) => group === title)
        .map((one) => `${one.stack} ${one.address} ${showPart(one)}`),
    })),
    {
      title: "Rules",
      lines: [
        ...broken.map((one) => `${showRule(one)}: BROKEN now`),
        ...without(was, is).map((one) => `${showRule(one)}: no longer broken`),
      ],
    },
    ...Object.entries(SHOWN).map(([id, title]) => ({
      title,
      lines: rowDifferences(before, after, id).map(showPart),
    })),
    {
      title: "Settings",
      lines: differences(before.settings, after.settings).map(showPart),
    },
    { title: "Tables", lines: tableCounts(before, after) },
    {
      title: "Other files",
      lines: differences(before.others, after.others).map(showFile),
    },
  ];
  const changed = sections.filter(({ lines }) => lines.length > 0);
  return {
    differs: changed.length > 0,
    text: [
      ...changed.map(
        ({ title, lines }) =>
          `${title}: ${lines.length}\n${lines.map((line) => `  ${line}\n`).join("")}`,
      ),
      changed.length === 0
        ? "Unchanged."
        : `Unchanged: ${
            sections
              .filter(({ lines }) => lines.length === 0)
              .map(({ title }) => title.toLowerCase())
              .join(", ") || "nothing"
          }.`,
      SCOPE,
    ].join("\n"),
  };
}

/** Failures of the first that are none of the second. */
const without = (some: readonly Finding[], others: readonly Finding[]) => {
  const known = new Set(others.map(showRule));
  return some.filter((one) => !known.has(showRule(one)));
};

const showRule = ({ rule, subject, part }: Finding): string =>
  `${subject.stack} ${subject.address} ${rule.id}${part === undefined ? "" : ` (${part})`}: ${rule.sentence}`;

const showFile = ({ attribute, before, after }: Part): string =>
  `${attribute.replace(/^\["(.*)"\]$/, "$1")}: ${before === undefined ? "new" : after === undefined ? "gone" : "has another sum"}`;

type Row = readonly (readonly [column: string, cell: string])[];

const start = (row: Row, length: number): string =>
  row
    .slice(0, length)
    .map(([, cell]) => cell)
    .join(", ");

/** Rows of both by their first cell, or by as many as tell them apart in either. */
function rowsById(
  id: string,
  ...folders: readonly ReadFolder[]
): Record<string, unknown>[] {
  const sides = folders.map(({ tables }) =>
    (tables[id] ?? []).map((row): Row =>
      Object.entries(row).filter(([column]) => !PLACES.includes(column)),
    ),
  );
  const isAlone = (row: Row, length: number): boolean =>
    sides.every(
      (rows) =>
        rows.filter((one) => start(one, length) === start(row, length)).length <
        2,
    );
  return sides.map((rows) =>
    Object.fromEntries(
      rows.map((row) => {
        const at = row.findIndex((_, index) => isAlone(row, index + 1));
        const cells = row.map(([column, cell]): [string, unknown] => [
          column,
          cell.includes("\n") ? cell.split("\n") : cell,
        ]);
        return [
          `[${start(row, at === -1 ? row.length : at + 1)}]`,
          Object.fromEntries(cells),
        ];
      }),
    ),
  );
}

const rowDifferences = (
  before: ReadFolder,
  after: ReadFolder,
  id: string,
): Part[] => {
  const [was, is] = rowsById(id, before, after);
  return differences(was, is);
};

function tableCounts(before: ReadFolder, after: ReadFolder): string[] {
  return Object.keys({ ...before.tables, ...after.tables })
    .filter((id) => !(id in SHOWN))
    .flatMap((id) => {
      const [was, is] = rowsById(id, before, after).map(
        (rows) =>
          new Set(Object.values(rows).map((row) => JSON.stringify(row))),
      ) as [Set<string>, Set<string>];
      const came = [...is].filter((row) => !was.has(row)).length;
      const went = [...was].filter((row) => !is.has(row)).length;
      return came + went === 0
        ? []
        : [`${id}: ${came} rows came, ${went} went`];
    });
}

/** `lifecycle.prevent_destroy: true -> none`. */
function showPart({ attribute, before, after }: Part): string {
  const [was, is] = excerpts(shownValue(before), shownValue(after));
  return `${attribute === "" ? "" : `${attribute}: `}${was} -> ${is}`;
}

/** Longest value that is shown whole. */
const LONGEST = 160;
/** What is shown around a difference of longer ones. */
const AROUND = 30;

/** Long texts that share much, cut to where they differ. */
function excerpts(was: string, is: string): [string, string] {
  if (Math.max(was.length, is.length) <= LONGEST) return [was, is];
  let start = 0;
  while (start < was.length && was[start] === is[start]) start++;
  let end = 0;
  while (
    end < Math.min(was.length, is.length) - start &&
    was.at(-1 - end) === is.at(-1 - end)
  )
    end++;
  if (start + end < AROUND) return [was, is];
  const cut = (text: string): string => {
    const from = Math.max(0, start - AROUND);
    const to = Math.min(text.length, text.length - end + AROUND);
    return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
  };
  return [cut(was), cut(is)];
}

/** Lines no longer than the terminal is wide, broken at spaces; what follows is indented. */
export const wrapped = (text: string, columns = Infinity): string =>
  text
    .split("\n")
    .flatMap((line) => {
      const indent = line.startsWith(" ") ? "      " : "";
      const [first = "", ...words] = line.split(/(?<=\S) /);
      return words
        .reduce<string[]>(
          ([last = "", ...done], word) =>
            last.length + 1 + word.length <= columns
              ? [`${last} ${word}`, ...done]
              : [indent + word, last, ...done],
          [first],
        )
        .reverse();
    })
    .join("\n");
