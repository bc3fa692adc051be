import { textTable } from "../../../../tools/operate/cli/table";

const rows = [
  ["network", "a sentence that is long enough to be wrapped somewhere in it"],
  ["data", "short"],
];

test("columns are as wide as what is in them", () => {
  const [head, first] = textTable(["stack", "says"], rows).split("\n");
  expect(head).toBe("stack    says");
  expect(first).toBe(rows[0]?.join("  "));
});

test("the widest column is wrapped at words until the table fits", () => {
  const lines = textTable(["stack", "says"], rows, 40).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines.join(" ").replace(/\s+/g, " ")).toContain(rows[0]?.[1]);
});

test("a narrow terminal cuts nothing off", () => {
  const text = textTable(["stack", "says"], rows, 5).replace(/\s+/g, "");
  expect(text).toContain("wrappedsomewhereinit");
});
