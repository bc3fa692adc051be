import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";
import { withCost } from "../../../../tools/operate/cost/pages";
import { readPriceList } from "../../../../tools/operate/cost/price-list";
import { SIZES } from "../../../../tools/operate/cost/sizes";

/** Cells of a row of docs/sizing.md, without its title. */
const rowOf = (title: string): string[] =>
  readFileSync(projectFile("docs/sizing.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith(`| ${title}`))
    .flatMap((line) => line.split("|").slice(2, -1))
    .map((cell) => cell.trim());

test("the sizes are those that docs/sizing.md advises", () => {
  const nodes = ({ count, type }: { count: number; type: string }) =>
    `${count} × ${type}`;
  expect(rowOf("System nodes")).toEqual(
    SIZES.map(({ system }) => nodes(system)),
  );
  expect(rowOf("Build nodes")).toEqual(SIZES.map(({ build }) => nodes(build)));
});

test("a page without marks stays as it is", () => {
  expect(withCost("no marks", readPriceList())).toBe("no marks");
});
