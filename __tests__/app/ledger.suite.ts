import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import { ledgerOf, ledgerProblems } from "../support/ledger";
import { ALL_SHAPES } from "../support/shapes";
import { type StackJson, synthApp } from "../support/synth";

const shapes = Object.entries(ALL_SHAPES).map(
  ([name, settings]) => [name, synthApp(settings())] as const,
);

const fileOf = (shape: string): string =>
  projectFile("__tests__/golden", shape, "addresses.txt");

// `npm run ledger`: a change of a list is a change of what is deployed, and is reviewed as such.
if (process.env.UPDATE_LEDGER === "1")
  for (const [shape, stacks] of shapes) {
    mkdirSync(dirname(fileOf(shape)), { recursive: true });
    writeFileSync(fileOf(shape), `${ledgerOf(stacks).join("\n")}\n`);
  }

test.each(shapes)(
  "no address of %s came or went without its ledger",
  (shape, stacks) => {
    const ledger = readFileSync(fileOf(shape), "utf8").trim().split("\n");
    expect(ledger.length).toBeGreaterThan(50);
    expect(ledgerProblems(ledger, stacks)).toEqual([]);
  },
);

describe("what a changed address is answered", () => {
  const ledger = ["data aws_kms_key.old", "data data.aws_lb.old"];
  const stacks = (moved?: unknown): Record<string, StackJson> => ({
    data: { resource: { aws_kms_key: { new: {} } }, moved },
  });

  test("the call to write, for what was renamed", () => {
    expect(ledgerProblems(ledger, stacks())).toEqual([
      'data aws_kms_key.old is gone, and would be destroyed: if data aws_kms_key.new is the same thing, call .moveFromId("aws_kms_key.old") on it; if not, run npm run ledger and say in the commit what is destroyed',
      "data data.aws_lb.old is gone: run npm run ledger, and say in the commit why",
      "data aws_kms_key.new is new: run npm run ledger, and say in the commit why",
    ]);
  });

  test("with a moved block, only that the ledger follows", () => {
    const moved = [{ from: "aws_kms_key.old", to: "aws_kms_key.new" }];
    expect(ledgerProblems(ledger.slice(0, 1), stacks(moved))).toEqual([
      "data aws_kms_key.old is moved: run npm run ledger",
    ]);
  });
});
