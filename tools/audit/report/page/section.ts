import { type Table } from "../table";
import { breakable, escapeHtml, list } from "./html";
import { type Links, linked, rowAnchor } from "./links";

/** Columns that stand folded beneath their row, by table: long sentences, and what few ask for. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  cis: ["Proof", "Note"],
  data: ["Holds", "Kept"],
  exceptions: ["Also known as", "Control", "Proof"],
  risks: ["Found here", "Reason", "Control", "Proof"],
  permissions: ["For", "Used by"],
  resources: ["Class", "Called from", "Rules passed"],
  rules: ["Also known as", "Decided by"],
};

/** Columns of names, paths and code. */
const CODE =
  /^(Action|Address|Also known as|Condition|Decided by|Found here|Image|On|Path|Principal|Proof|Resource|Permission|Rule|Rules broken|Secret|Source|Value|Where)$/;
const WIDE =
  /^(Action|Administer|Asks|Condition|Control|Delete|Found here|From|Key|Note|Path|Proof|Read|Read by|Reason|Resource|For|Says|To|Value|What|Where|Write)$/;
const NARROW =
  /^(Approved|Broken|Direction|Effect|Expires|Id|Item|Judged|Port|Protocol|Severity|Stack|Version)$/;

/** As many lines of a cell as are shown before it is folded, and by how many more it has to be longer. */
const SHOWN = 5;
const MORE = 3;

/** A table with its short answer and what is to be known first. `above` is HTML: a picture. */
export function tableSection(
  table: Table,
  links: Links,
  page: string,
  above = "",
): string {
  const { id, title, note, columns, rows, summary = [], look = [] } = table;
  const empty = columns.filter((_, at) =>
    rows.every((cells) => cells[at] === ""),
  );
  const isDetail = (column: string) => DETAILS[id]?.includes(column) ?? false;
  // The first cell leads to the resource, so that its path needs no column.
  const isPlace = (column: string) =>
    column === "Path" &&
    rows.every((cells) => links.has(cells[columns.indexOf(column)] ?? ""));
  const filled = columns.filter(
    (column) => !empty.includes(column) && !isPlace(column),
  );
  const shown = filled.filter((column) => !isDetail(column));
  const details = filled.filter(isDetail);
  const anchors = new Set<string>();
  const bodies = rows.map((cells) => {
    const text = (column: string) => cells[columns.indexOf(column)] ?? "";
    const anchor = rowAnchor(id, cells[0] ?? "");
    const isFirst = !anchors.has(anchor);
    anchors.add(anchor);
    const place = columns.some(isPlace) ? links.get(text("Path")) : undefined;
    const main = shown.map((column, at) =>
      cell(column, text(column), links, page, at === 0 ? place : undefined),
    );
    return `<tbody${isFirst ? ` id="${anchor}"` : ""}><tr>${main.join("")}</tr>${detailRow(
      details.map((column) => [column, text(column)] as const),
      shown.length,
      links,
      page,
    )}</tbody>`;
  });
  const say = (text: string) => linked(text, links, page);
  return `<section class="table" id="${id}" data-title="${escapeHtml(title)}">
<h2>${escapeHtml(title)}</h2>
${list(look.map((text) => `<span class="warn">Look at</span> ${say(text)}`))}
${list(summary.map(say))}
${above}
<p class="soft">${say(note)} ${rows.length} rows: <a href="tables/${id}.csv" aria-label="${escapeHtml(title)} as CSV">CSV</a>, <a href="tables/${id}.json" aria-label="${escapeHtml(title)} as JSON">JSON</a>.${emptyText(empty, rows.length)}</p>
${rows.length === 0 ? "<p>Nothing of the kind is here.</p>" : `<table><thead><tr>${shown.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("")}</tr></thead>\n${bodies.join("\n")}\n</table>`}
</section>`;
}

const emptyText = (columns: readonly string[], rows: number): string =>
  columns.length === 0 || rows === 0
    ? ""
    : ` Empty in every row: ${columns.map(escapeHtml).join(", ")}.`;

function detailRow(
  pairs: readonly (readonly [string, string])[],
  span: number,
  links: Links,
  page: string,
): string {
  const filled = pairs.filter(([, text]) => text !== "");
  if (filled.length === 0) return "";
  const terms = filled.map(
    ([term, text]) =>
      `<dt>${escapeHtml(term)}</dt><dd>${cellLines(text, links, page).join("<br>")}</dd>`,
  );
  const names = filled.map(([term]) => term).join(", ");
  return `<tr class="detail"><td colspan="${span}"><details><summary>${escapeHtml(names)}</summary><dl>${terms.join("")}</dl></details></td></tr>`;
}

function cell(
  column: string,
  text: string,
  links: Links,
  page: string,
  place: string | undefined,
): string {
  const kinds = [
    ...(CODE.test(column) ? ["m"] : []),
    ...(WIDE.test(column) ? ["w"] : []),
    ...(NARROW.test(column) ? ["n"] : []),
    ...(isBad(column, text) ? ["bad"] : []),
  ];
  const shown =
    place === undefined
      ? cellLines(text, links, page)
      : text
          .split("\n")
          .map((line) => `<a href="${place}">${breakable(line)}</a>`);
  const content =
    shown.length <= SHOWN + MORE
      ? shown.join("<br>")
      : `${shown.slice(0, SHOWN).join("<br>")}<details><summary>and ${shown.length - SHOWN} more</summary>${shown.slice(SHOWN).join("<br>")}</details>`;
  return `<td${kinds.length > 0 ? ` class="${kinds.join(" ")}"` : ""}>${content}</td>`;
}

const cellLines = (text: string, links: Links, page: string): string[] =>
  text.split("\n").map((line) => linked(line, links, page));

/** What should not be there: said in colour, and in words. */
const isBad = (column: string, text: string): boolean =>
  (column === "Rules broken" && text !== "") ||
  (column === "Met" && text.startsWith("NOT MET")) ||
  (column === "Id" && text === "NONE") ||
  (column === "Pinned" && text.startsWith("no"));
