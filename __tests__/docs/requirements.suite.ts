import { requirementProblems, strayIds } from "../../tools/requirements";

/** Where a reader finds no id that this repository does not explain. */
const CLEAN = [
  "main.ts",
  "modules",
  "tools",
  "scripts",
  "policies",
  "settings",
  "manifests",
  ".ci",
  "cdktf.json",
  "eslint.config.mjs",
  "jest.config.js",
  "package.json",
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
  const shapes = [
    ["CDK", "K"],
    ["SEC", "G"],
    ["D", "28"],
    ["D", "7"],
    ["RW", "1"],
  ].map((parts) => parts.join("-"));
  expect(strayIds("docs/a.md", shapes.join(" "))).toEqual(
    shapes.map((id) => `docs/a.md: ${id}`),
  );
});
