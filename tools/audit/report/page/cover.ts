import { type Table } from "../table";
import { definitions, escapeHtml, list } from "./html";
import { type Links, linked } from "./links";
import { QUESTIONS, answerOf } from "./questions";

/** A figure of the first page with its verdict. */
export interface Tile {
  readonly value: string;
  readonly label: string;
  readonly verdict: "good" | "warn" | "bad" | "plain";
  /** Table that it is taken from. */
  readonly table: string;
}

/** What the first page says. */
export interface Cover {
  readonly title: string;
  /** What a reader has to know before: when, of what, by which commit. */
  readonly lead: string;
  readonly tiles: readonly Tile[];
  /** What the folder does not show: a title and a sentence each. */
  readonly limits: readonly (readonly [string, string])[];
  readonly facts: readonly (readonly [string, string])[];
  readonly tables: readonly Table[];
  readonly files: readonly string[];
  readonly links: Links;
  readonly pageOf: (table: string) => string;
}

const PAGE = "index.html";

/** The first page: verdicts, what to look at, the questions with their short answers, and what is not proved. */
export const coverBody = (cover: Cover): string =>
  [
    `<h1>${escapeHtml(cover.title)}</h1>`,
    `<p class="soft">${escapeHtml(cover.lead)} <a href="#limits">What is not proved here</a></p>`,
    list(
      cover.tiles.map((tile) => tileHtml(tile, cover)),
      "tiles",
    ),
    `<div class="cover">`,
    `<section><h2 id="look">Look at</h2>${lookHtml(cover)}</section>`,
    `<section><h2 id="questions">Ten questions</h2>
<ol class="questions">${QUESTIONS.map((question) => questionHtml(question, cover)).join("\n")}</ol></section>`,
    `</div>`,
    `<h2 id="limits">Not proved here</h2>
${definitions(cover.limits.map(([term, text]) => [term, escapeHtml(text)]))}`,
    `<h2 id="facts">Of what</h2>
${definitions(cover.facts.map(([term, text]) => [term, text.split("\n").map(escapeHtml).join("<br>")]))}`,
    `<h2 id="files">Files</h2>
${list(filesText(cover.files), "files")}`,
  ].join("\n");

/** Files of the folder as links, and each folder below with the number of its files. */
function filesText(files: readonly string[]): string[] {
  const folders = new Map<string, number>();
  for (const name of files.filter((one) => one.includes("/"))) {
    const folder = name.replace(/\/.*/, "/");
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [
    ...files
      .filter((name) => !name.includes("/"))
      .map((name) => `<a href="${escapeHtml(name)}">${escapeHtml(name)}</a>`),
    ...[...folders].map(
      ([name, count]) => `${escapeHtml(name)}: ${count} files`,
    ),
  ];
}

const tileHtml = (
  { value, label, verdict, table }: Tile,
  { pageOf }: Cover,
): string =>
  `<div class="tile"><a href="${pageOf(table)}#${table}"><b class="${verdict}">${escapeHtml(value)}</b><span>${escapeHtml(label)}</span></a></div>`;

/** What tables want somebody to look at, with a link to each. */
function lookHtml({ tables, links, pageOf }: Cover): string {
  const items = tables.flatMap(({ id, title, look = [] }) =>
    look.map(
      (text) =>
        `${linked(text, links, PAGE)} <a href="${pageOf(id)}#${id}">${escapeHtml(title)}</a>`,
    ),
  );
  return items.length === 0
    ? "<p>Nothing: no rule is broken, and nothing has ended or waits for somebody.</p>"
    : list(items);
}

function questionHtml(
  question: (typeof QUESTIONS)[number],
  { tables, links, pageOf }: Cover,
): string {
  const present = question.tables.flatMap((id) =>
    tables.filter((table) => table.id === id),
  );
  const more = present.map(
    ({ id, title }) => `<a href="${pageOf(id)}#${id}">${escapeHtml(title)}</a>`,
  );
  return `<li><b>${escapeHtml(question.text)}</b> ${more.join(", ") || "Not answered from this JSON alone."}
${list(answerOf(question, tables).map((text) => linked(text, links, PAGE)))}</li>`;
}
