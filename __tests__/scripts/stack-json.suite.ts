import { differences } from "../../scripts/stack-json";

const stack = {
  "//": { metadata: { version: "0.21.0" } },
  resource: { aws_vpc: { main: { "//": 1, tags: { Name: "a" }, ids: ["x"] } } },
};

test("what stands under // does not count", () => {
  const other = structuredClone(stack);
  other["//"].metadata.version = "0.24.0";
  other.resource.aws_vpc.main["//"] = 2;
  expect(differences(stack, other)).toEqual([]);
});

test.each([
  ["a value", { tags: { Name: "b" }, ids: ["x"] }, "main.tags.Name"],
  ["a missing key", { tags: {}, ids: ["x"] }, "main.tags.Name"],
  ["a new key", { tags: { Name: "a", More: 1 }, ids: ["x"] }, "main.tags.More"],
  ["the length of a list", { tags: { Name: "a" }, ids: [] }, "main.ids.0"],
  ["a map for a list", { tags: { Name: "a" }, ids: { 0: "x" } }, "main.ids"],
  ["null for a map", { tags: null, ids: ["x"] }, "main.tags"],
])("finds %s, and says where", (_what, main, at) => {
  const found = differences(stack, { resource: { aws_vpc: { main } } });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`resource.aws_vpc.${at}: `);
});
