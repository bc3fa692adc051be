import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommit } from "../../../../tools/audit/report/commit";
import { readFolder, writeFolder } from "../../../../tools/audit/report/folder";
import { manifestOf } from "../../../../tools/audit/report/manifest";
import { scanCopy } from "../../../../tools/audit/report/scan-copy";
import { csvOf, jsonOf } from "../../../../tools/audit/report/table";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-audit-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesWith = (files: Record<string, string>) => ({
  ...files,
  MANIFEST: manifestOf(files),
});
const first = filesWith({ "index.html": "one", "tables/a.json": "[]" });

test("writes into a new folder, and an earlier run's files are gone afterwards", () => {
  const target = join(folder, "new", "audit");
  writeFolder(target, first);
  writeFolder(target, filesWith({ "index.html": "two" }));
  expect(readFileSync(join(target, "index.html"), "utf8")).toBe("two");
  expect(readdirSync(join(target, "tables"))).toEqual([]);
});

test.each<[string, (target: string) => void, RegExp]>([
  [
    "a file of somebody else",
    (target) => {
      writeFileSync(join(target, "tables", "notes.txt"), "mine");
    },
    /tables\/notes\.txt/,
  ],
  [
    "a file that was changed since",
    (target) => {
      writeFileSync(join(target, "index.html"), "one, with a comment");
    },
    /index\.html/,
  ],
  [
    "no manifest: it was not finished",
    (target) => {
      rmSync(join(target, "MANIFEST"));
    },
    /index\.html, tables/,
  ],
])("fails on a folder with %s, and changes nothing", (_, spoil, named) => {
  writeFolder(folder, first);
  spoil(folder);
  const before = readdirSync(folder, { recursive: true });
  expect(() => {
    writeFolder(folder, filesWith({ "index.html": "two" }));
  }).toThrow(named);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
  expect(readFileSync(join(folder, "index.html"), "utf8")).toMatch(/^one/);
});

test("fails where a file has the folder's name", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => {
    writeFolder(file, first);
  }).toThrow(/a file/);
});

test("a folder is read to be compared; another one, or a changed one, is refused", () => {
  writeFolder(
    folder,
    filesWith({
      "terraform/data/cdk.tf.json": '{"output":{}}',
      "tables/a.json": "[]",
      "tables/a.csv": "",
      "settings.yaml": "name: wave",
      "index.html": "",
      "charts/a.yaml": "a",
    }),
  );
  const { others, ...read } = readFolder(folder);
  expect(read).toEqual({
    stacks: { data: { output: {} } },
    tables: { a: [] },
    settings: { name: "wave" },
  });
  expect(Object.keys(others)).toEqual(["charts/a.yaml", "settings.yaml"]);
  const other = join(folder, "other");
  mkdirSync(other);
  for (const wrong of [other, join(folder, "none"), join(folder, "MANIFEST")])
    expect(() => readFolder(wrong)).toThrow(/no such folder/);
  writeFileSync(join(folder, "charts", "a.yaml"), "b");
  expect(() => readFolder(folder)).toThrow(/a\.yaml: not what MANIFEST/);
});

test("CSV has its quotes doubled, keeps lines, and no cell is a formula", () => {
  const table = {
    id: "a",
    title: "A",
    note: "",
    columns: ["x", "y"],
    rows: [
      ['say "no", twice', "one\ntwo"],
      ["=1+1", "*"],
    ],
  };
  expect(csvOf(table)).toBe(
    `x,y\r\n"say ""no"", twice","one\ntwo"\r\n'=1+1,*\r\n`,
  );
  expect(JSON.parse(jsonOf(table))).toEqual([
    { x: 'say "no", twice', y: "one\ntwo" },
    { x: "=1+1", y: "*" },
  ]);
});

test("the repository is named without a login", () => {
  execFileSync("git", ["init", "-q", folder]);
  const git = { ...process.env, GIT_DIR: join(folder, ".git") };
  execFileSync(
    "git",
    ["remote", "add", "origin", "https://ann:secret@example.com/wave.git"],
    { env: git },
  );
  expect(readCommit(git).repository).toBe("https://example.com/wave.git");
});

test("without git the commit is told to be unknown", () => {
  const { id, changes } = readCommit({ PATH: folder });
  expect(id).toMatch(/^unknown: no git/);
  expect(changes).toEqual([id]);
});

test("a stack that stops checkov has a copy without what does, another one none", () => {
  const terraform = { backend: { local: {} } };
  const stack = { resource: { aws_vpc: { vpc: {} } }, terraform };
  expect(scanCopy(stack)).toBeUndefined();
  for (const more of [
    { moved: [{ from: "a", to: "b" }], import: [], removed: [] },
    { terraform: { required_version: "1.11.4", ...terraform } },
  ])
    expect(JSON.parse(scanCopy({ ...stack, ...more }) ?? "")).toEqual(stack);
});
