import { readApprovals, withApprovals } from "../../../tools/audit/approvals";
import { NOBODY } from "../../../tools/audit/report/registers";
import { strictFailures } from "../../../tools/audit/report/strict";
import { type Table } from "../../../tools/audit/report/table";

const read = (text: string) =>
  readApprovals(text, "approvals.yaml", ["EXC-01", "RISK-02"], "2027-01-31");

test("what a file says is laid over the register, and the rest stays", () => {
  const open = { owner: "", approver: "", approved: "", what: "it" };
  const approvals = read(
    "EXC-01: { owner: Ann, approver: Ben, approved: 2027-01-31 }\nRISK-02: { approver: Cy, approved: 2026-12-01 }",
  );
  expect(
    withApprovals(
      [
        { id: "EXC-01", ...open },
        { id: "RISK-02", ...open },
        { id: "EXC-03", ...open },
      ],
      approvals,
    ),
  ).toEqual([
    {
      id: "EXC-01",
      owner: "Ann",
      approver: "Ben",
      approved: "2027-01-31",
      what: "it",
    },
    {
      id: "RISK-02",
      owner: "",
      approver: "Cy",
      approved: "2026-12-01",
      what: "it",
    },
    { id: "EXC-03", ...open },
  ]);
});

test.each([
  [
    "an id that no register has, with the nearest",
    "EXC-11: {}",
    /EXC-11\n {4}given {4}an id that no register has\n.*\n.*write EXC-01/,
  ],
  [
    "no approver",
    "EXC-01: { approved: 2027-01-01 }",
    /EXC-01\.approver\n {4}given {4}nothing\n {4}allowed {2}a name/,
  ],
  [
    "no date",
    "EXC-01: { approver: Ben, approved: 31.1.2027 }",
    /EXC-01\.approved\n {4}given {4}"31\.1\.2027"\n {4}allowed {2}a day, such as/,
  ],
  [
    "a day to come",
    "EXC-01: { approver: Ben, approved: 2027-02-01 }",
    /EXC-01\.approved\n {4}given {4}2027-02-01\n {4}allowed {2}a day until 2027-01-31/,
  ],
  [
    "another key",
    "EXC-01: { approver: Ben, approved: 2027-01-01, aprover: Ann }",
    /allowed {2}owner, approver, approved/,
  ],
  ["no entries", "- EXC-01", /allowed {2}YAML: ids/],
  ["no YAML", "EXC-01: {", /allowed {2}YAML: ids/],
])("fails on %s", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("all problems of a file at once", () => {
  expect(() => read("EXC-11: {}\nRISK-02: {}")).toThrow(/3 problems/);
});

const table = (id: string, columns: string[], ...rows: string[][]): Table => ({
  id,
  title: "",
  note: "",
  columns,
  rows,
});
const REGISTER = ["Id", "Found here", "Expires", "Approver", "Approved"];

test("strict names what nobody accepted, what expired or ended, and no more", () => {
  const tables = [
    table(
      "exceptions",
      REGISTER,
      ["EXC-01", "", "2027-06-01", "Ben", "2027-01-01"],
      ["EXC-02", "", "2027-06-01", NOBODY, NOBODY],
    ),
    table(
      "risks",
      REGISTER,
      ["RISK-01", "", "2027-01-31", "Ben", "2027-01-01"],
      ["NONE", "hop: a to b", "", "", ""],
    ),
    table(
      "versions",
      ["What", "Version", "Support ends"],
      ["Kaniko", "1", "2027-01-30: ENDED 1 days ago"],
      ["EKS", "2", "2027-01-31: ends in 0 days"],
      ["SurrealDB", "1", "no date found"],
    ),
  ];
  expect(strictFailures(tables, [], "2027-01-31")).toEqual([
    "EXC-02: accepted by nobody",
    "RISK-01: expired on 2027-01-31",
    "no entry for hop: a to b",
    "Kaniko 1: support ended on 2027-01-30",
  ]);
});
