import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** Ending of a file with tests; the entry of its folder runs it. */
export const SUITE = ".suite.ts";

/** Every suite below a folder, sorted, with `/` between folders. */
export const suitesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(SUITE))
    .map((file) => file.split("\\").join("/"))
    .sort();

/**
 * Runs every suite below folders of `__tests__` in the calling test file. Jest loads packages anew for each test file, and
 * for these that takes longer than the tests: so a few entries share them.
 */
export function runSuites(...folders: readonly string[]): void {
  for (const folder of folders) {
    const root = join(__dirname, "..", folder);
    for (const file of suitesIn(root))
      describe(`${folder}/${file.slice(0, -SUITE.length)}`, () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- Found by its name, and run inside describe.
        require(`./${relative(__dirname, join(root, file))}`);
      });
  }
}
