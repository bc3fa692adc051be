import { readdirSync } from "node:fs";
import { join } from "node:path";
import { suitesIn } from "../support/suites";

test("every suite is run by one entry, beside a folder it lies in", () => {
  const root = join(__dirname, "..");
  const entries = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => `${file.slice(0, -".test.ts".length)}/`);
  const astray = suitesIn(root).filter(
    (suite) => entries.filter((entry) => suite.startsWith(entry)).length !== 1,
  );
  expect(astray).toEqual([]);
});
