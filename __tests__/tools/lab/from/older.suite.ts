import { DEFAULT_LANE } from "../../../../modules/core/versions/lanes";
import {
  type AskGit,
  findCommit,
  linesOf,
} from "../../../../tools/lab/from/older";
import { chooseFrom } from "../../../../tools/lab/from/run";

const ID = "7e3ae00d45537869d86fb90fcea800bf2bc58b8d";

/** Git of a clean clone that has the commit, but for what `answers` says; `undefined` is a failure. */
const gitWith =
  (answers: Readonly<Record<string, string | undefined>> = {}): AskGit =>
  (...args) => {
    const [command = ""] = args;
    const text = args.join(" ");
    const key = Object.keys(answers).find((part) => text.includes(part));
    if (key !== undefined) return answers[key];
    return { "rev-parse": ID, show: "2026-11-21" }[command] ?? "";
  };

const found = (
  answers?: Readonly<Record<string, string | undefined>>,
  ref = "v0.0.9",
) =>
  findCommit(ref, ["classic"], { git: gitWith(answers), lane: DEFAULT_LANE });

test("a tag is resolved to its commit and its day", () => {
  expect(found()).toEqual({ id: ID, ref: "v0.0.9", date: "2026-11-21" });
});

test.each([
  ["no repository", { status: undefined }, "git finds no repository here"],
  ["changed files", { status: " M a\n M b" }, "2 files differ"],
  ["an unknown commit", { "rev-parse": undefined }, "no such tag or commit"],
  ["another branch", { "merge-base": undefined }, "no earlier commit"],
  [
    "a version without its app",
    { "scripts/app.mjs": undefined },
    "has no scripts/app.mjs",
  ],
  [
    "a version without the example",
    { "settings/example.yaml": undefined },
    "has no settings/example.yaml",
  ],
])("%s is refused in one sentence", (_, answers, sentence) => {
  expect(() => found(answers)).toThrow(sentence);
});

test("a flag of git is no commit, whatever git would answer", () => {
  expect(() => found({}, "--all")).toThrow("no such tag or commit");
});

test("another lane is refused", () => {
  const lane = "another";
  expect(() => findCommit("v1", [], { git: gitWith(), lane })).toThrow(
    `--from runs in lane ${DEFAULT_LANE}`,
  );
});

const options = { from: "v1", record: false, others: [] };

test("without --line both lines are run, with it one", () => {
  expect(linesOf(options)).toEqual(["classic", "current"]);
  expect(linesOf({ ...options, line: "current" })).toEqual(["current"]);
});

test.each([
  [{ ...options, line: "lite" }, "there are classic and current"],
  [{ ...options, line: "classic", record: true }, "leave --line out"],
  [{ ...options, others: ["keep"] }, "--keep does not go with --from"],
])("%j is refused", (given, sentence) => {
  expect(() => linesOf(given)).toThrow(sentence);
});

test("a flag that was not given is in nobody's way", () => {
  expect(chooseFrom({ record: false, keep: true })).toBeUndefined();
  const given = { from: "v1", record: false, full: false, keep: true };
  expect(() => chooseFrom(given)).toThrow("--keep does not go");
});
