import { readdirSync } from "node:fs";
import { type Problem } from "../../modules/lib/problem";
import { runApp } from "../support/app-command";
import { corpus, textOf } from "../support/corpus";
import { DEEP, PATIENCE } from "../support/deep";
import { reportOnFiles } from "../support/settings-files";

const files = corpus().map(
  ([subject, file]) =>
    [`${subject}: ${file.what}`, file.problems, textOf(file)] as const,
);

/** What was reported, as far as the corpus says it: every part begins with its words. */
function asNoted(problems: readonly Problem[], noted: readonly Problem[]) {
  const shortened = (text: string, words = ""): string =>
    words !== "" && text.startsWith(words) ? words : text;
  return problems.map(({ path, given, allowed, fix }, at) => ({
    path,
    given: shortened(given, noted[at]?.given),
    allowed: shortened(allowed, noted[at]?.allowed),
    fix: shortened(fix, noted[at]?.fix),
  }));
}

test("no two wrong files are the same", () => {
  const texts = files.map(([, , text]) => text);
  expect(new Set(texts).size).toBe(files.length);
});

describe("each is refused with path, given, allowed and fix, and all problems at once", () => {
  test.each(files)("%s", (_what, noted, text) => {
    const { problems, message } = reportOnFiles({ "prod.yaml": text });
    expect(asNoted(problems, noted)).toEqual(noted);
    expect(message).not.toMatch(/\n\s+at |undefined|\[object/);
    // No message repeats a secret of the file.
    expect(message).not.toMatch(SECRETS);
  });
});

const SECRETS = /AKIAIOS|wJalrXU|hunter2|BEGIN RSA|ghp_0123|dckr_pat_|glpat-/;

test("the corpus holds every one of these secrets", () => {
  const texts = files.map(([, , text]) => text).join();
  for (const secret of SECRETS.source.split("|"))
    expect(texts).toContain(secret);
});

// A process takes longer than all of the above.
if (DEEP)
  test.each(files.filter((_, at) => at % 12 === 0))(
    "the app command refuses it too, and writes nothing: %s",
    (_what, noted, text) => {
      const before = readdirSync(".");
      const { status, stdout, stderr, outdir } = runApp(text);
      expect({ status, stdout, outdir }).toEqual({
        status: 1,
        stdout: "",
        outdir: false,
      });
      for (const { path } of noted) expect(stderr).toContain(path);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(".")).toEqual(before);
    },
    PATIENCE,
  );
