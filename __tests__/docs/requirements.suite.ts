import { requirementProblems, strayIds } from "../../tools/requirements";

/** Where a reader finds no id that this repository does not explain. */
const CLEAN = [
  "modules",
  "tools",
  "scripts",
  "policies",
  "settings",
  "docs",
  "README.md",
  "CHANGELOG.md",
  "__tests__",
];

test("an id in a test has its sentence, every sentence its test, and elsewhere there is none", () => {
  expect(requirementProblems(CLEAN)).toEqual([]);
});

test("tests may name a requirement that is defined, and nobody else may", () => {
  const undefinedId = ["INF", "99"].join("-");
  const text = `INF-01, ${undefinedId}`;
  expect(strayIds("__tests__/a.suite.ts", text)).toEqual([
    `__tests__/a.suite.ts: ${undefinedId}`,
  ]);
  expect(strayIds("modules/a.ts", text)).toEqual([
    "modules/a.ts: INF-01",
    `modules/a.ts: ${undefinedId}`,
  ]);
});
