import {
  countOf,
  groupChanges,
  newNotices,
} from "../../../../tools/lab/from/changes";

type Values = Record<string, unknown>;

const planned = (
  address: string,
  actions: string[],
  more: Values = {},
  mode = "managed",
) => ({
  address,
  mode,
  type: address.split(".")[0],
  change: { actions, before: {}, after: {}, ...more },
});

const grouped = (...changes: unknown[]) =>
  groupChanges(JSON.stringify({ resource_changes: changes }));

test("changes are grouped by kind, type and attributes, the worst first", () => {
  const policy = { before: { policy: "a" }, after: { policy: "b" } };
  const tags = {
    before: { tags: {}, tags_all: {} },
    after: { tags: { a: "1" }, tags_all: { a: "1" } },
  };
  expect(
    grouped(
      planned("aws_vpc.new", ["create"]),
      planned("aws_iam_policy.one", ["update"], policy),
      planned("aws_iam_policy.tagged", ["update"], tags),
      planned("aws_iam_policy.two", ["update"], policy),
      planned("aws_eip.gone", ["delete"]),
      planned("aws_vpc.same", ["no-op"]),
      planned("aws_region.here", ["read"], {}, "data"),
    ),
  ).toEqual([
    {
      kind: "destroyed",
      type: "aws_eip",
      attributes: [],
      addresses: ["aws_eip.gone"],
    },
    {
      kind: "changed",
      type: "aws_iam_policy",
      attributes: ["policy"],
      addresses: ["aws_iam_policy.one", "aws_iam_policy.two"],
    },
    {
      kind: "changed",
      type: "aws_iam_policy",
      attributes: ["tags"],
      addresses: ["aws_iam_policy.tagged"],
    },
    {
      kind: "made",
      type: "aws_vpc",
      attributes: [],
      addresses: ["aws_vpc.new"],
    },
  ]);
});

test.each([
  [["delete", "create"], "either order"],
  [["create", "delete"], "either order"],
])("%j is a replacement, for what asks for it alone", (actions) => {
  const change = {
    before: { name: "a", tags: 1 },
    after: { name: "b", tags: 2 },
    replace_paths: [["spec", 0, "name"]],
  };
  const [group] = grouped(planned("aws_eip.a", actions, change));
  expect(group).toMatchObject({ kind: "replaced", attributes: ["spec.name"] });
});

test("a value that is known after the apply has changed, also inside of another", () => {
  const change = {
    before: { arn: null, spec: [{ port: 2 }], name: "n" },
    after: { spec: [{ port: 2 }], name: "n" },
    after_unknown: { arn: true, spec: [{ ip: true }], name: false },
  };
  const [group] = grouped(planned("aws_eip.a", ["update"], change));
  expect(group?.attributes).toEqual(["arn", "spec"]);
});

test("resources are counted, not groups", () => {
  const groups = grouped(
    planned("aws_eip.a", ["create"]),
    planned("aws_eip.b", ["create"]),
    planned("aws_vpc.c", ["create"]),
  );
  expect(countOf(groups, "made")).toBe(3);
  expect(countOf(groups, "destroyed")).toBe(0);
});

test("a notice that an older version gave with more words is not new", () => {
  const older = ["Note: one thing (because)."];
  expect(newNotices(["Note: one thing.", "Note: another."], older)).toEqual([
    "Note: another.",
  ]);
});
