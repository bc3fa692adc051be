import {
  type Snapshot,
  differences,
  withoutFields,
} from "../../../../tools/lab/existing/snapshot";
import { checkUntouched } from "../../../../tools/lab/existing/untouched";
import { Report } from "../../../../tools/lab/report";

const before: Snapshot = new Map<string, unknown>([
  ["vpc", { cidr: "10.0.0.0/16", tags: { a: "1" } }],
  ["subnet", { cidr: "10.0.0.0/20" }],
]);
const after: Snapshot = new Map<string, unknown>([
  ["vpc", { cidr: "10.0.0.0/16", tags: { a: "1", ours: "2" } }],
  ["rule", { port: 2049 }],
]);

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

/** Whether two snapshots pass for the same. */
function passes(kept?: readonly string[], to = after): boolean {
  const report = new Report();
  checkUntouched(report, [before, to], "deploy", kept);
  return !report.failed;
}

test("what changed is named with its fields, and what went and came besides", () => {
  expect(differences(before, after)).toEqual({
    changed: ["vpc (tags)"],
    gone: ["subnet"],
    added: ["rule"],
  });
  expect(differences(before, before)).toEqual({
    changed: [],
    gone: [],
    added: [],
  });
});

test("fields that change by themselves are left out at every depth", () => {
  expect(
    withoutFields(
      { a: [{ status: 1, b: 2 }], status: {} },
      new Set(["status"]),
    ),
  ).toEqual({ a: [{ b: 2 }] });
});

test("while an environment stands, things are beside what was there; after its destroy only what may stay", () => {
  const more: Snapshot = new Map([...before, ["rule", {}]]);
  expect(passes(undefined, more)).toBe(true);
  expect(passes([], more)).toBe(false);
  expect(passes(["rule"], more)).toBe(true);
});

test("a change fails, and so does what is gone", () => {
  expect(passes()).toBe(false);
  expect(passes(undefined, new Map([...before].slice(0, 1)))).toBe(false);
});
