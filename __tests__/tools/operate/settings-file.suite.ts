import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../../modules/lib/project-file";
import { edited } from "../../../tools/operate/settings-file";

const example = readFileSync(projectFile("settings", "example.yaml"), "utf8");

/** Lines that one text has and the other has not. */
const news = (before: string, after: string): string[] => {
  const known = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !known.has(line));
};

test("a value that stands is replaced where it stands, comments stay", () => {
  const text = "a:\n  # why\n  b: 1 # one\n  c: [x]\n";
  expect(edited(text, ["a", "b"], 2)).toBe(
    "a:\n  # why\n  b: 2 # one\n  c: [x]\n",
  );
});

test("a key that is missing becomes the first of its section", () => {
  expect(edited("a:\n  b: 1\nz: 2\n", ["a", "n"], "x")).toBe(
    "a:\n  n: x\n  b: 1\nz: 2\n",
  );
});

test("sections that are missing are made", () => {
  const text = edited(
    "# head\na:\n  b: 1\n",
    ["data", "redis", "authVersion"],
    2,
  );
  expect(text).toBe(
    "# head\ndata:\n  redis:\n    authVersion: 2\na:\n  b: 1\n",
  );
});

test("a section in one line is kept, whatever else becomes of the text", () => {
  const text = edited("a: {b: 1}\n", ["a", "c", "d"], true);
  expect(parse(text)).toEqual({ a: { b: 1, c: { d: true } } });
});

test("an empty section is filled", () => {
  const text = edited("a: 1\ndata:\n", ["data", "redis", "tls"], false);
  expect(parse(text)).toEqual({ a: 1, data: { redis: { tls: false } } });
});

test("a value that YAML would misread is quoted", () => {
  expect(parse(edited("a: 1\n", ["a"], "1.30"))).toEqual({ a: "1.30" });
  expect(parse(edited("a: 1\n", ["b"], "yes: no"))).toMatchObject({
    b: "yes: no",
  });
});

test("the example keeps every line but the one that is changed", () => {
  expect(news(example, edited(example, ["wave", "version"], "1.7.9"))).toEqual([
    "  version: 1.7.9",
  ]);
  const added = edited(
    example,
    ["wave", "classic", "surrealPasswordVersion"],
    2,
  );
  expect(news(example, added)).toEqual([
    "  classic:",
    "    surrealPasswordVersion: 2",
  ]);
  expect(parse(added)).toMatchObject({
    wave: { classic: { surrealPasswordVersion: 2 }, version: "1.3.3" },
  });
});

test("a key is taken away with its line, and an empty section with it", () => {
  expect(
    edited("a:\n  b: 1\n  c: 2 # two\nz: 3\n", ["a", "c"], undefined),
  ).toBe("a:\n  b: 1\nz: 3\n");
  expect(parse(edited("a:\n  b: 1\nz: 3\n", ["a", "b"], undefined))).toEqual({
    a: {},
    z: 3,
  });
  expect(edited("z: 3\n", ["a", "b"], undefined)).toBe("z: 3\n");
});
