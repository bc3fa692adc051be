import { stackSum } from "../../../../tools/audit/checkov/result";
import { scannerTable } from "../../../../tools/audit/report/scanner";
import { tilesOf } from "../../../../tools/audit/report/tiles";

const bucket = (name: string) => ({
  resource: { aws_s3_bucket: { one: { bucket: name } } },
});
const stacks = { data: bucket("a"), network: bucket("b") };
const covers = [
  { id: "EXC-04", rule: "CKV_AWS_18", paths: ["data/*/Default"] },
];

const scan = (stack: keyof typeof stacks, ...failed: [string, string][]) => ({
  name: "prod",
  stack,
  sum: stackSum(stacks[stack]),
  failed: failed.map(([check, path]) => ({
    check,
    path,
    asks: `why ${check}`,
  })),
});
const resultOf = (...scans: ReturnType<typeof scan>[]) => ({
  ...{ version: "3.3.30", day: "2026-01-02", commit: "abcdef0123456789" },
  scans,
});
const table = (...scans: ReturnType<typeof scan>[]) =>
  scannerTable("prod", stacks, covers, resultOf(...scans));
const tile = (one: ReturnType<typeof table>) =>
  tilesOf([one], []).find((some) => some.table === "scanner");

test("checkov never ran", () => {
  const none = scannerTable("prod", stacks, covers, undefined);
  expect(none.rows).toEqual([
    ["", "data", "", "scanner not run", "", ""],
    ["", "network", "", "scanner not run", "", ""],
  ]);
  expect(none.look).toEqual([]);
  expect(tile(none)).toMatchObject({ value: "not run", verdict: "warn" });
});

test("what failed has its entry, or is looked at", () => {
  const both = table(
    scan("data", ["CKV_AWS_18", "data/logs/Default"], ["CKV_AWS_18", "data/b"]),
    scan("network"),
  );
  expect(both.rows).toEqual([
    [
      "CKV_AWS_18",
      "data",
      "data/logs/Default",
      "excepted",
      "EXC-04",
      "why CKV_AWS_18",
    ],
    ["CKV_AWS_18", "data", "data/b", "NO ENTRY", "", "why CKV_AWS_18"],
    ["", "network", "", "nothing failed", "", ""],
  ]);
  expect(both.summary).toEqual([
    "checkov 3.3.30 ran on 2026-01-02 at commit abcdef012345 over data, network: 2 checks failed, 1 of them without an entry of the register.",
  ]);
  expect(both.look).toEqual([
    "CKV_AWS_18 of checkov's fails at data/b, and no exception names it.",
  ]);
  expect(tile(both)).toMatchObject({ value: "1", verdict: "bad" });
});

test("a scan of another JSON says nothing of this one, and is named", () => {
  const old = table(scan("data"), {
    ...scan("network", ["CKV_AWS_18", "network/x"]),
    sum: stackSum(bucket("c")),
  });
  expect(old.rows.at(-1)).toEqual([
    "",
    "network",
    "",
    "scanner not run",
    "",
    "",
  ]);
  expect(old.look).toEqual([
    "checkov 3.3.30 ran on 2026-01-02 at commit abcdef012345, over another JSON of network than this one: run it again.",
  ]);
  expect(tile(old)).toMatchObject({ value: "not run" });
});

test("where the state is makes no other JSON, an attribute does", () => {
  const at = (path: string) => ({
    ...bucket("a"),
    terraform: { backend: { local: { path } } },
  });
  expect(stackSum(at("x"))).toBe(stackSum(at("y")));
  expect(stackSum(bucket("a"))).not.toBe(stackSum(bucket("b")));
});
