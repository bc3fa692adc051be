import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";

/** Text as HTML. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** Text with places where a line may break: addresses and paths are long and have no blanks. */
export const breakable = (text: string): string =>
  escapeHtml(text).replace(/([/.:_,=@])(?=\w)|(?<=[a-z])(?=[A-Z])/g, "$1<wbr>");

/** A place that several pages lead to. */
export interface Link {
  readonly href: string;
  readonly title: string;
}

/** Style and script of all pages, by their names in the folder. */
export const pageAssets = (): Record<string, string> =>
  Object.fromEntries(
    ["page.css", "page.js"].map((name) => [
      name,
      readFileSync(
        projectFile("tools", "audit", "report", "page", name),
        "utf8",
      ),
    ]),
  );

/** What a page is made of. */
interface Page {
  /** Its name in the folder: `resources/data/aws_kms_key.key.html`. */
  readonly name: string;
  readonly title: string;
  readonly pages: readonly Link[];
  readonly body: string;
}

/** A page that opens from disk and prints: it may load style and script of its own folder, and nothing else. */
export function htmlPage({ name, title, pages, body }: Page): string {
  const up = upFrom(name);
  const links = pages.map(({ href, title: text }) => {
    const current = href === name ? ' aria-current="page"' : "";
    return `<a href="${up}${href}"${current}>${escapeHtml(text)}</a>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; script-src 'self' file:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${up}page.css">
</head>
<body>
<nav aria-label="Pages">${links.join("")}</nav>
<main>
${body}
</main>
<script src="${up}page.js"></script>
</body>
</html>
`;
}

/** From a page to the folder's root: `../../`. */
export const upFrom = (name: string): string =>
  "../".repeat(name.split("/").length - 1);

/** Terms and what is said of them; the second is HTML. */
export const definitions = (
  pairs: readonly (readonly [string, string])[],
): string =>
  `<dl>${pairs
    .map(([term, html]) => `<dt>${escapeHtml(term)}</dt><dd>${html}</dd>`)
    .join("\n")}</dl>`;

/** A list; the items are HTML. */
export const list = (items: readonly string[], kind = ""): string =>
  items.length === 0
    ? ""
    : `<ul${kind === "" ? "" : ` class="${kind}"`}>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`;
