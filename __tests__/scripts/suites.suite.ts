import { readdirSync } from "node:fs";
import { join } from "node:path";
import { suitesIn } from "../support/suites";

test("every folder with suites has an entry that runs them", () => {
  const root = join(__dirname, "..");
  const folders = new Set(suitesIn(root).map((file) => file.split("/")[0]));
  const entries = readdirSync(root)
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".test.ts".length));
  expect(entries.sort()).toEqual([...folders].sort());
});
