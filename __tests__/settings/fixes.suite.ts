import { parse, stringify } from "yaml";
import { pathSteps } from "../../modules/settings/path";
import { loadSettings } from "../../modules/load";
import { ProblemReport } from "../../modules/lib/problem";
import { corpus, textOf } from "../support/corpus";
import { reportOnFiles, withSettingsFiles } from "../support/settings-files";

/** The value that a fix names for its own key: `write wave.example.com`, `write the letter alone: a`, `write "a b", for example`. */
function valueIn(fix: string): string | undefined {
  const [, quoted, plain] =
    /^write (?:[^":]* (?:alone|case): )?(?:"([^"]*)"|([^\s",:]+(?::[^\s",:]+)*))(?:,|: byte| \(|$)/.exec(
      fix,
    ) ?? [];
  const value = quoted ?? plain;
  // A place holder, a key of its own, or a list is no value.
  return value === undefined || /[<>…{}[\]]|:$/.test(value) ? undefined : value;
}

/** Writes the value, or the name of a key that there is none of. @returns whether there was a place for it. */
function put(
  node: unknown,
  [step, ...rest]: PropertyKey[],
  value: string,
  isName: boolean,
): boolean {
  if (typeof node !== "object" || node === null || step === undefined)
    return false;
  const section = node as Record<PropertyKey, unknown>;
  if (rest.length > 0) return put(section[step], rest, value, isName);
  if (isName) {
    section[value] = section[step];
    return Reflect.deleteProperty(section, step);
  }
  if (typeof section[step] === "object") return false;
  section[step] = value;
  return true;
}

const problemsIn = (text: string) =>
  withSettingsFiles({ "prod.yaml": text }, (folder) => {
    try {
      loadSettings({ SETTINGS_DIR: folder });
      return [];
    } catch (error) {
      if (error instanceof ProblemReport) return error.problems;
      throw error;
    }
  });

const named = corpus().flatMap(([subject, file]) => {
  const text = textOf(file);
  return reportOnFiles({ "prod.yaml": text }).problems.flatMap((problem) => {
    const value = valueIn(problem.fix);
    const steps = pathSteps(problem.path);
    // What is no key of the file, such as a variable or a line, cannot be mended in it.
    const document = value === undefined ? undefined : readable(text);
    const isName = problem.given.startsWith("a key that");
    if (value === undefined || !put(document, [...steps], value, isName))
      return [];
    const title = `${subject}: ${file.what}: ${problem.path} ${value}`;
    return [[title, problem, stringify(document)] as const];
  });
});

function readable(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

describe("a fix that names a value is accepted by the rule that printed it", () => {
  test.each(named)("%s", (_title, { path, allowed }, mended) => {
    const again = problemsIn(mended).filter(
      (other) => other.path === path && other.allowed === allowed,
    );
    expect(again).toEqual([]);
  });
});
