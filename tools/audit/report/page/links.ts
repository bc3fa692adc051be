import { type InventoryEntry } from "../inventory";
import { type Table } from "../table";
import { breakable, upFrom } from "./html";

/** Where something is explained, from the folder's root, by the word that names it: a rule, an entry of a register, a path. */
export type Links = ReadonlyMap<string, string>;

/** Tables whose first column names what other tables speak of. */
const NAMING = ["exceptions", "risks", "rules", "cis"];

/** Links to rows and resources. */
export function linksOf(
  tables: readonly Table[],
  entries: readonly InventoryEntry[],
  pageOf: (table: string) => string,
): Links {
  const rows = tables
    .filter(({ id }) => NAMING.includes(id))
    .flatMap(({ id, rows: all }) =>
      all.map(([name = ""]): [string, string] => [
        name,
        `${pageOf(id)}#${rowAnchor(id, name)}`,
      ]),
    );
  const resources = entries.map(({ subject }): [string, string] => [
    subject.path,
    resourcePageName(subject),
  ]);
  return new Map([...resources, ...rows]);
}

/** Anchor of a row by its first cell. */
export const rowAnchor = (table: string, name: string): string =>
  `${table}-${name.replace(/[^\w.-]+/g, "-")}`;

/** Name of a resource's page in the folder. */
export const resourcePageName = ({
  stack,
  address,
}: InventoryEntry["subject"]): string => `resources/${stack}/${address}.html`;

/** Text as HTML in which each word that a link is known for leads there; `page` is the page that it stands on. */
export const linkedWords = (
  text: string,
  links: Links,
  page: string,
  show: (text: string) => string = breakable,
): string =>
  text
    .split(/([A-Za-z][\w./*-]*[\w*])/)
    .map((word, at) => {
      const href = at % 2 === 1 ? links.get(word) : undefined;
      return href === undefined || href === page
        ? show(word)
        : `<a href="${upFrom(page)}${href}">${show(word)}</a>`;
    })
    .join("");

/** The same of a sentence: what stands in backticks is code. */
export const linked = (text: string, links: Links, page: string): string =>
  text
    .split(/`([^`\n]+)`/)
    .map((part, at) => {
      const html = linkedWords(part, links, page);
      return at % 2 === 1 ? `<code>${html}</code>` : html;
    })
    .join("");
