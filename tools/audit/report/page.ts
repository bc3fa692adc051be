import { type JqCommand } from "./commands";
import { breakable, escapeHtml, htmlPage } from "./html";
import { NOT_PROVED } from "./limits";
import { anchorOf } from "./sources-page";
import { type Table } from "./table";

/** What the index shows. */
export interface IndexPage {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly tables: readonly Table[];
  readonly commands: readonly JqCommand[];
  readonly files: readonly string[];
}

/** Columns that only the files have: the page leads to them. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  resources: ["Class", "Called from", "Rules passed"],
};

/** Rows that only the files have. */
const LEFT_OUT: Readonly<Record<string, (row: readonly string[]) => boolean>> =
  { rules: ([, , , , judged]) => judged === "0" };

/** Columns of short words that stand side by side. */
const INLINE = /^Exceptions$/;

/** Columns that stand above the rows that share them. */
const GROUPED: Readonly<Record<string, readonly string[]>> = {
  rights: ["Role", "Path"],
  trusts: ["Role", "Taken by", "Path"],
  "resource-policies": ["Path"],
  outputs: ["Stack"],
  resources: ["Stack"],
};

/** Columns of names, paths and code. */
const CODE =
  /^(Action|Address|Also known as|Condition|Decided by|Found here|Image|On|Path|Principal|Proof|Resource|Permission|Rule|Rules broken|Secret|Source|Value|Where)$/;
const WIDE =
  /^(Action|Asks|Condition|Control|Found here|From|Note|Path|Proof|Read by|Reason|Resource|For|Says|To|Value|What|Where)$/;
const NARROW =
  /^(Also known as|Approved|Approver|Broken|Direction|Effect|Expires|Id|Item|Judged|Owner|Pinned|Port|Protocol|Severity|Stack|Version)$/;

/** The one page that leads to everything, with what it does not prove first. */
export const indexPage = (page: IndexPage): string =>
  htmlPage(
    page.title,
    [
      `<h1>${escapeHtml(page.title)}</h1>`,
      definitions(page.facts, ""),
      navigation(page.tables),
      `<h2 id="limits">Not proved here</h2>`,
      definitions(NOT_PROVED, "limits"),
      ...page.tables.map(section),
      commandsSection(page.commands),
      filesSection(page.files),
    ].join("\n"),
  );

const definitions = (
  pairs: readonly (readonly [string, string])[],
  kind: string,
): string =>
  `<dl class="${kind}">${pairs
    .map(
      ([term, text]) =>
        `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`,
    )
    .join("\n")}</dl>`;

/** Tables whose file's name is no word. */
const NAMES: Readonly<Record<string, string>> = {
  cis: "CIS",
  "resource-policies": "policies",
  "kubernetes-permissions": "cluster",
};

const navigation = (tables: readonly Table[]): string =>
  `<nav>${[
    ["limits", "not proved"],
    ...tables.map(({ id }) => [id, NAMES[id] ?? id]),
    ["jq", "jq"],
    ["files", "files"],
  ]
    .map(([id = "", title = ""]) => `<a href="#${id}">${escapeHtml(title)}</a>`)
    .join("")}</nav>`;

function section(table: Table): string {
  const { id, title, note, columns } = table;
  const isLeftOut = LEFT_OUT[id] ?? (() => false);
  const rows = table.rows.filter((cells) => !isLeftOut(cells));
  const grouped = GROUPED[id] ?? [];
  const empty = columns.filter((_, at) =>
    rows.every((cells) => cells[at] === ""),
  );
  const left = [...(HIDDEN[id] ?? []), ...grouped, ...empty];
  const shown = columns.filter((column) => !left.includes(column));
  const head = shown.map((column) => `<th>${escapeHtml(column)}</th>`);
  return `<h2 id="${id}">${escapeHtml(title)}</h2>
<p class="soft">${escapeHtml(note)} ${countText(rows.length, table.rows.length)}: <a href="tables/${id}.csv">CSV</a>, <a href="tables/${id}.json">JSON</a>.${emptyText(empty, rows.length)}</p>
<table><thead><tr>${head.join("")}</tr></thead>
<tbody>
${rowsOf({ ...table, rows }, shown, grouped).join("\n")}
</tbody></table>`;
}

const countText = (shown: number, all: number): string =>
  shown === all
    ? `${all} rows`
    : `${shown} of ${all} rows, which judge something that is here`;

const emptyText = (columns: readonly string[], rows: number): string =>
  columns.length === 0 || rows === 0
    ? ""
    : ` Empty, and so not shown: ${columns.map(escapeHtml).join(", ")}.`;

/** Rows, with a line above those that have the same values in the grouped columns. */
function rowsOf(
  { id, columns, rows }: Table,
  shown: readonly string[],
  grouped: readonly string[],
): string[] {
  const valuesOf = (cells: readonly string[], some: readonly string[]) =>
    some.map((column) => cells[columns.indexOf(column)] ?? "");
  let last = "";
  return rows.flatMap((cells) => {
    const group = valuesOf(cells, grouped)
      .filter((text) => text !== "")
      .map(escapeHtml);
    const isNew = group.length > 0 && group.join() !== last;
    last = group.join();
    const [path = ""] = valuesOf(cells, ["Path"]);
    const link =
      id === "resources" ? `sources.html#${anchorOf(path)}` : undefined;
    const texts = valuesOf(cells, shown);
    return [
      ...(isNew
        ? [
            `<tr class="g"><td colspan="${shown.length}"><b>${group[0] ?? ""}</b> ${group.slice(1).join(" · ")}</td></tr>`,
          ]
        : []),
      `<tr>${shown.map((column, at) => cell(column, texts[at] ?? "", link)).join("")}</tr>`,
    ];
  });
}

function cell(column: string, text: string, link: string | undefined): string {
  const isNarrow = NARROW.test(column);
  const kinds = [
    ...(CODE.test(column) ? ["m"] : []),
    ...(WIDE.test(column) ? ["w"] : []),
    ...(isNarrow ? ["n"] : []),
    ...(isBad(column, text) ? ["bad"] : []),
  ];
  const shown = text
    .split("\n")
    .map(isNarrow ? escapeHtml : breakable)
    .join(INLINE.test(column) ? ", " : "<br>");
  const isLink = column === "Source" && link !== undefined;
  return `<td class="${kinds.join(" ")}">${isLink ? `<a href="${link}">${shown}</a>` : shown}</td>`;
}

/** What should not be there: said in colour, and in words. */
const isBad = (column: string, text: string): boolean =>
  (column === "Rules broken" && text !== "") ||
  (column === "Met" && text === "NOT MET") ||
  (column === "Id" && text === "NONE") ||
  (column === "Pinned" && text.startsWith("no"));

const commandsSection = (commands: readonly JqCommand[]): string =>
  `<h2 id="jq">The same with jq</h2>
<p class="soft">Parts of the tables from the stacks' JSON, without anything of this project: <code>sh jq.sh</code>, in this folder. The sums of all files: <code>sha256sum -c MANIFEST</code>.</p>
${commands
  .map(
    ({ title, command, table, columns }) =>
      `<h3>${escapeHtml(title)} <span class="soft">${escapeHtml(columns.join(", "))} of <a href="#${table}">${table}</a></span></h3>
<pre>${escapeHtml(command)}</pre>`,
  )
  .join("\n")}`;

const filesSection = (files: readonly string[]): string =>
  `<h2 id="files">Files</h2>
<p class="soft">stacks/ holds each stack byte for byte as it is deployed; scan/ the same for scanners: checkov -d scan --framework terraform_json.</p>
<ul class="files">${files
    .map((name) => `<li><a href="${name}">${escapeHtml(name)}</a></li>`)
    .join("\n")}</ul>`;
