import { type Graph } from "../../graph";
import { type Rule } from "../../rule";
import { type InventoryEntry } from "../inventory";
import { type Table } from "../table";
import { type Cover, coverBody } from "./cover";
import { type Link, htmlPage, pageAssets } from "./html";
import { linksOf, resourcePageName } from "./links";
import { type Draw, pictureOf } from "./pictures";
import {
  addressLinks,
  resourceBody,
  settingsByPath,
  usersOf,
} from "./resource-page";
import { tableSection } from "./section";

/** The pages of tables, in the order of their links. */
const PAGES: readonly (Link & { readonly tables: readonly string[] })[] = [
  {
    href: "access.html",
    title: "Access",
    tables: ["access", "kubernetes-permissions", "trusts"],
  },
  {
    href: "deployer.html",
    title: "Deployer",
    tables: ["escalation", "deployer"],
  },
  {
    href: "policies.html",
    title: "Policies",
    tables: ["permissions", "resource-policies"],
  },
  {
    href: "secrets.html",
    title: "Secrets",
    tables: ["secrets", "state", "outputs"],
  },
  { href: "data.html", title: "Data", tables: ["data", "personal-data"] },
  {
    href: "network.html",
    title: "Network",
    tables: ["open", "paths", "network"],
  },
  {
    href: "register.html",
    title: "Exceptions and risks",
    tables: ["exceptions", "risks"],
  },
  {
    href: "controls.html",
    title: "Controls",
    tables: ["cis", "scanner", "rules"],
  },
  {
    href: "versions.html",
    title: "Images and versions",
    tables: ["images", "versions"],
  },
  { href: "resources.html", title: "Resources", tables: ["resources"] },
];

/** What the pages show. */
interface Pages {
  readonly title: string;
  readonly graph: Graph;
  readonly rules: readonly Rule[];
  readonly inventory: readonly InventoryEntry[];
  readonly tables: readonly Table[];
  readonly cover: Omit<Cover, "title" | "tables" | "links" | "pageOf">;
  /** Lays out pictures; without it there are none. */
  readonly draw?: Draw;
}

/** Every page of the folder by its name, with style and script. */
export function htmlPages(given: Pages): Record<string, string> {
  const { title, tables, inventory, graph } = given;
  const present = PAGES.filter(({ tables: ids }) =>
    ids.some((id) => tables.some((table) => table.id === id)),
  );
  const links = linksOf(tables, inventory, pageOf);
  const pages: Link[] = [{ href: "index.html", title: "Audit" }, ...present];
  const page = (name: string, heading: string, body: string) =>
    [name, htmlPage({ name, title: heading, pages, body })] as const;
  const context = {
    graph,
    links,
    addresses: addressLinks(inventory),
    sentences: sentencesOf(given),
    users: usersOf(graph),
    settings: settingsByPath(tables.find(({ id }) => id === "resources")),
  };
  return Object.fromEntries([
    ...Object.entries(pageAssets()),
    page(
      "index.html",
      title,
      coverBody({ ...given.cover, title, tables, links, pageOf }),
    ),
    ...present.map(({ href, title: heading, tables: ids }) =>
      page(
        href,
        `${heading}: ${title}`,
        [
          `<h1>${heading}</h1>`,
          ...ids.flatMap((id) =>
            tables
              .filter((table) => table.id === id)
              .map((table) =>
                tableSection(
                  table,
                  links,
                  href,
                  pictureOf(table, tables, given.draw),
                ),
              ),
          ),
        ].join("\n"),
      ),
    ),
    ...inventory.map((entry) =>
      page(
        resourcePageName(entry.subject),
        entry.subject.path,
        resourceBody(entry, context),
      ),
    ),
  ]);
}

/** What rules say, and why an exception is one, by id. */
const sentencesOf = ({ rules, tables }: Pages): Map<string, string> => {
  const exceptions = tables.find(({ id }) => id === "exceptions");
  const reason = exceptions?.columns.indexOf("Reason") ?? -1;
  return new Map([
    ...rules.map(({ id, sentence }) => [id, sentence] as const),
    ...(exceptions?.rows ?? []).map(
      (cells) => [cells[0] ?? "", cells[reason] ?? ""] as const,
    ),
  ]);
};

/**
 * The page that a table stands on.
 *
 * @throws Error for a table that no page shows.
 */
function pageOf(table: string): string {
  const page = PAGES.find(({ tables }) => tables.includes(table));
  if (page === undefined) throw new Error(`no page shows the table ${table}`);
  return page.href;
}
