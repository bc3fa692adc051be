import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemReport } from "../../../../modules/lib/problem";
import { type OperatorValue } from "../../../../tools/operate/rotate/rotatable";
import {
  readValue,
  valueProblems,
} from "../../../../tools/operate/rotate/value";

const LOGIN = { name: "registry-quay", keys: ["username", "password"] };
const KEY = { name: "ecr-key", keys: ["accessKeyId", "secretAccessKey"] };
const GIT = { name: "git", keys: ["identity", "knownHosts"] };
const SECRET = "s3cr3t-7f3a";

const given = (
  value: unknown,
  secret: Pick<OperatorValue, "name" | "keys"> = LOGIN,
): string[] =>
  valueProblems(
    typeof value === "string" ? value : JSON.stringify(value),
    secret,
  ).map((one) => `${one.path}: ${one.given}`);

test("a value with its keys is taken, and more keys beside them", () => {
  expect(given({ username: "u", password: SECRET, email: "" })).toEqual([]);
  expect(
    given({ accessKeyId: "AKIA123", secretAccessKey: SECRET }, KEY),
  ).toEqual([]);
  const identity = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END";
  expect(given({ identity, knownHosts: "a b\nc d\n" }, GIT)).toEqual([]);
});

test.each([
  ["", ["registry-quay: nothing"]],
  [SECRET, ["registry-quay: a text that is no JSON"]],
  [[SECRET], ["registry-quay: JSON that is no object"]],
  [
    { password: `${SECRET}\n` },
    [
      "registry-quay.username: nothing",
      "registry-quay.password: a text with space or a line end before or after it",
    ],
  ],
  [
    { username: " ", password: { deep: SECRET } },
    [
      "registry-quay.username: an empty text",
      "registry-quay.password: no text",
    ],
  ],
])("%j is refused, all of it at once", (value, problems) => {
  expect(given(value)).toEqual(problems);
});

test("a key of a session, and a key that is none, are refused", () => {
  const session = { accessKeyId: "ASIA123", secretAccessKey: SECRET };
  expect(given(session, KEY)).toEqual(["ecr-key.accessKeyId: something else"]);
  expect(given({ identity: SECRET, knownHosts: "a" }, GIT)).toEqual([
    "git.identity: something else",
  ]);
});

test("nothing of the value is said", () => {
  for (const value of [SECRET, [SECRET], { username: SECRET, password: "" }])
    expect(
      JSON.stringify(valueProblems(JSON.stringify(value), KEY)),
    ).not.toContain(SECRET);
});

test("more than Secrets Manager takes is refused", () => {
  const value = { username: "u", password: "p".repeat(70_000) };
  expect(given(value)[0]).toMatch(/70\d\d\d bytes$/);
});

test("a file is read from where the user is, and one that is missing is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "rotate-"));
  try {
    const text = '{"username": "u", "password": "p"}';
    writeFileSync(join(folder, "v.json"), `${text}\n`);
    expect(readValue(LOGIN, "v.json", { INIT_CWD: folder })).toBe(text);
    expect(() => readValue(LOGIN, "w.json", { INIT_CWD: folder })).toThrow(
      ProblemReport,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
