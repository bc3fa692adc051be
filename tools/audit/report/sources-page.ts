import { breakable, escapeHtml, htmlPage } from "./html";
import { type InventoryEntry } from "./inventory";
import { type Source, showFrame } from "./source";

/** Name of a resource's section. */
export const anchorOf = (path: string): string => path.replace(/[^\w-]/g, "_");

/** Every resource with the code that makes it, in the order of the inventory. */
export const sourcesPage = (
  environment: string,
  inventory: readonly InventoryEntry[],
): string =>
  htmlPage(
    `Sources of ${environment}`,
    [
      `<h1>Sources of ${escapeHtml(environment)}</h1>`,
      `<p class="soft">Each resource with the call that makes it, as the files were when this was written. <a href="index.html">Back to the index</a>.</p>`,
      ...inventory.map(section),
    ].join("\n"),
  );

const section = (entry: InventoryEntry): string => {
  const { subject, source } = entry;
  const shown: [string, readonly string[]][] = [
    ["Address", [`${subject.stack}: ${subject.address}`]],
    ["Made in", [showFrame(source.at)]],
    ["Called from", source.from.map(showFrame)],
    ["Rules passed", entry.passed],
    ["Exceptions", entry.exceptions],
    ["Rules broken", entry.failed],
  ];
  const facts = shown
    .filter(([, values]) => values.length > 0)
    .map(
      ([term, values]) =>
        `<dt>${term}</dt><dd>${values.map(breakable).join(", ")}</dd>`,
    );
  return `<section class="source"><h3 id="${anchorOf(subject.path)}">${breakable(subject.path)}</h3>
<dl>${facts.join("")}</dl>
<pre>${escapeHtml(numbered(source))}</pre></section>`;
};

/** The call with the numbers of its lines. */
function numbered({ at, excerpt }: Source): string {
  const lines = excerpt.split("\n");
  const width = String(at.line + lines.length).length;
  return lines
    .map((text, index) => `${String(at.line + index).padStart(width)}  ${text}`)
    .join("\n");
}
