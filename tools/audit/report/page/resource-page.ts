import { stringify } from "yaml";
import { type Graph, type Json, targetsOf } from "../../graph";
import { documentOf, isObject } from "../../reading";
import { type InventoryEntry } from "../inventory";
import { showFrame } from "../source";
import { type Table } from "../table";
import { definitions, escapeHtml, list } from "./html";
import { type Links, linked, linkedWords, resourcePageName } from "./links";

/** What a page of a resource says beside its own attributes. */
interface ResourceContext {
  readonly graph: Graph;
  readonly links: Links;
  readonly addresses: ReadonlyMap<string, Links>;
  /** Sentence of a rule by its id. */
  readonly sentences: ReadonlyMap<string, string>;
  /** Resources that refer to each one, by its path. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Rows of the table `resources` by path: the settings that control each. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Which resources refer to each, by path. */
export function usersOf(graph: Graph): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const subject of graph.subjects)
    for (const target of targetsOf(graph, subject.stack, subject.body))
      users.set(target.path, [...(users.get(target.path) ?? []), subject.path]);
  return users;
}

/** Column `Setting` of the resources, where the table has one. */
export const settingsByPath = (table: Table | undefined): Map<string, string> =>
  new Map(
    (table?.rows ?? []).map((cells) => [
      cells[table?.columns.indexOf("Path") ?? -1] ?? "",
      cells[table?.columns.indexOf("Setting") ?? -1] ?? "",
    ]),
  );

/** A resource to read: what controls it, which rules judge it, its source, and its attributes with documents laid out. */
export function resourceBody(
  { subject, source, made, ...entry }: InventoryEntry,
  { graph, links, addresses, sentences, users, settings }: ResourceContext,
): string {
  const page = resourcePageName(subject);
  const say = (text: string) => linked(text, links, page);
  const rule = (id: string) =>
    `${say(id)}: ${escapeHtml(sentences.get(id) ?? "a check of checkov")}`;
  const uses = targetsOf(graph, subject.stack, subject.body)
    .map(({ path }) => path)
    .filter((path) => path !== subject.path);
  const facts: [string, string][] = [
    ["Address", `<code>${escapeHtml(subject.address)}</code>`],
    ["Settings", setting(settings.get(subject.path))],
    ["Rules broken", list(entry.failed.map(rule), "bad")],
    ["Exceptions", list(entry.exceptions.map(rule))],
    ["Rules passed", list(entry.passed.map(rule))],
    ["Uses", list(uses.map(say))],
    ["Used by", list((users.get(subject.path) ?? []).map(say))],
    [
      "Made by",
      source === undefined
        ? ""
        : `${escapeHtml(made)} at <code>${escapeHtml(showFrame(source.at))}</code>`,
    ],
    [
      "Called from",
      list((source?.from ?? []).map((at) => escapeHtml(showFrame(at)))),
    ],
  ];
  return `<h1>${escapeHtml(subject.path)}</h1>
${definitions(facts.filter(([, html]) => html !== ""))}
<h2>Attributes</h2>
<p class="soft">As in the JSON of ${escapeHtml(subject.stack)}; texts that are documents are laid out.</p>
<pre>${linkedWords(attributesText(subject.body), addresses.get(subject.stack) ?? new Map(), page, escapeHtml)}</pre>${
    source === undefined
      ? ""
      : `
<h2>Source</h2>
<pre>${escapeHtml(source.excerpt)}</pre>`
  }`;
}

const setting = (keys: string | undefined): string =>
  (keys ?? "")
    .split("\n")
    .filter((key) => key !== "")
    .map((key) => `<code>${escapeHtml(key)}</code>`)
    .join(", ");

/** Addresses of made resources as expressions name them, by stack. */
export function addressLinks(
  inventory: readonly InventoryEntry[],
): Map<string, Map<string, string>> {
  const links = new Map<string, Map<string, string>>();
  for (const { subject } of inventory) {
    const mine = links.get(subject.stack) ?? new Map<string, string>();
    for (const attribute of ["", ".arn", ".id", ".name"])
      mine.set(`${subject.address}${attribute}`, resourcePageName(subject));
    links.set(subject.stack, mine);
  }
  return links;
}

/** The body as YAML, without the bookkeeping of CDKTF. */
const attributesText = (body: Json): string =>
  stringify(laidOut({ ...body, "//": undefined }), { lineWidth: 0 });

/** Texts that hold a document become what they hold; a text of several lines, such as config.yml, stays one. */
function laidOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(laidOut);
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, laidOut(one)]),
    );
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  const document = documentOf(value);
  return isObject(document) ? document : value;
}
