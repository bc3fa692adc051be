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
  resources: ["Called from", "Rules passed"],
};

/** Columns of names, paths and code. */
const CODE =
  /^(Action|Address|Also known as|Condition|Decided by|Found here|Image|On|Path|Principal|Proof|Resource|Right|Rule|Rules broken|Secret|Source|Value|Where)$/;
const WIDE =
  /^(Action|Asks|Condition|Control|From|Note|Path|Proof|Read by|Reason|Resource|Says|To|Value|What|Where)$/;
const NARROW =
  /^(Approved|Approver|Broken|Direction|Effect|Expires|Id|Item|Judged|Owner|Pinned|Port|Protocol|Severity|Stack)$/;

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
  "kubernetes-rights": "cluster",
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
  const shown = table.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => !(HIDDEN[table.id] ?? []).includes(column));
  const head = shown.map(({ column }) => `<th>${escapeHtml(column)}</th>`);
  const rows = table.rows.map(
    (cells) =>
      `<tr>${shown
        .map(({ column, at }) => cell(table, column, cells[at] ?? "", cells))
        .join("")}</tr>`,
  );
  return `<h2 id="${table.id}">${escapeHtml(table.title)}</h2>
<p class="soft">${escapeHtml(table.note)} ${table.rows.length} rows: <a href="tables/${table.id}.csv">CSV</a>, <a href="tables/${table.id}.json">JSON</a>.</p>
<table><thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`;
}

function cell(
  { id, columns }: Table,
  column: string,
  text: string,
  cells: readonly string[],
): string {
  const kinds = [
    ...(CODE.test(column) ? ["m"] : []),
    ...(WIDE.test(column) ? ["w"] : []),
    ...(NARROW.test(column) ? ["n"] : []),
    ...(isBad(column, text) ? ["bad"] : []),
  ];
  const shown = text.split("\n").map(breakable).join("<br>");
  const path = cells[columns.indexOf("Path")] ?? "";
  const isLink = id === "resources" && column === "Source";
  return `<td class="${kinds.join(" ")}">${
    isLink ? `<a href="sources.html#${anchorOf(path)}">${shown}</a>` : shown
  }</td>`;
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
