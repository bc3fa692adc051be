import { lineKeyProblems } from "../../../modules/wave/rules/line-keys";
import { settingsSchema } from "../../../modules/schema";
import { everyKey } from "../../../modules/settings/reference";
import {
  BUILD_KEYS,
  CLASSIC_KEYS,
  CURRENT_KEYS,
  isUnder,
} from "../../../modules/wave/settings/line-keys";
import { pathSteps } from "../../../modules/settings/path";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import {
  currentFileOf,
  fileOf,
  problemsOf,
  reportOnFiles,
} from "../../support/settings-files";

/** A document with one key of any value. */
const documentWith = (key: string, value: unknown = {}): unknown =>
  pathSteps(key).reduceRight<unknown>(
    (inner, step) => ({ [step]: inner }),
    value,
  );

const classic = exampleSettings();
const current = currentSettings();
const lite = liteSettings();
const known = everyKey(settingsSchema).map(({ path }) => path);

const pathsOf = (problems: readonly { path: string }[]) =>
  problems.map(({ path }) => path);

test.each([...CLASSIC_KEYS, ...CURRENT_KEYS, ...BUILD_KEYS])(
  "%s is a key of the schema, or a section of it",
  (key) => {
    expect(known.some((path) => isUnder(path, [key]))).toBe(true);
  },
);

describe("VER-01, VER-02: every key of the other line is refused at its path", () => {
  test.each(CURRENT_KEYS)("classic: %s", (key) => {
    const [problem, ...others] = lineKeyProblems(classic, documentWith(key));
    expect(others).toEqual([]);
    expect(problem?.path).toBe(key);
    expect(problem?.given).toContain("current line, with wave.version 1.3.3");
    expect(problem?.fix).toContain("remove it, or choose wave.version 1.33.0");
  });

  test.each(CLASSIC_KEYS)("current: %s", (key) => {
    const [problem, ...others] = lineKeyProblems(current, documentWith(key));
    expect(others).toEqual([]);
    expect(problem?.path).toBe(key);
    expect(problem?.given).toContain("classic line, with wave.version 1.37.0");
    expect(problem?.fix).toContain("remove it, or choose wave.version 1.7.9");
  });

  test.each(BUILD_KEYS)("Wave Lite: %s", (key) => {
    const [problem, ...others] = lineKeyProblems(lite, documentWith(key));
    expect(others).toEqual([]);
    expect(problem?.path).toBe(key);
    expect(problem?.given).toContain("wave.mode: lite");
    expect(problem?.fix).toContain("set wave.mode: full");
  });
});

describe("what is not refused", () => {
  test("keys of the line itself, and those of both", () => {
    for (const key of [...CLASSIC_KEYS, "wave.build", "wave.scan", "data.efs"])
      expect(lineKeyProblems(classic, documentWith(key))).toEqual([]);
    for (const key of [...CURRENT_KEYS, ...BUILD_KEYS])
      expect(lineKeyProblems(current, documentWith(key))).toEqual([]);
    for (const key of ["wave.current", "data.postgres", "data.redis"])
      expect(lineKeyProblems(lite, documentWith(key))).toEqual([]);
  });

  test("any key with a release in the gap, whose line nobody knows", () => {
    const settings = exampleSettings({ wave: { version: "1.20.0" } });
    for (const key of [...CLASSIC_KEYS, ...CURRENT_KEYS])
      expect(lineKeyProblems(settings, documentWith(key))).toEqual([]);
  });
});

test("a key that is refused for builds is not refused a second time for its line", () => {
  const document = { wave: { build: { failedPodsAfterHours: 12 } } };
  expect(pathsOf(lineKeyProblems(lite, document))).toEqual(["wave.build"]);
});

describe("in a file", () => {
  test("with their lines, beside all other problems", () => {
    const { problems, message } = reportOnFiles({
      "prod.yaml": fileOf({
        network: { zones: ["a"] },
        wave: { current: { strict: true }, build: { maxRunningJobs: 7 } },
      }),
    });
    expect(pathsOf(problems).sort()).toEqual([
      "network.zones",
      "wave.build.maxRunningJobs",
      "wave.current",
    ]);
    expect(message).toMatch(
      /wave\.current\n +given +a key of the current line, with wave\.version 1\.3\.3 \(line \d+\)/,
    );
  });

  test("a section without content is a wrong shape, and said once", () => {
    expect(pathsOf(problemsOf({ wave: { current: null } }))).toEqual([
      "wave.current",
    ]);
  });

  test("Wave Lite with all that builds need: every path at once", () => {
    const { problems } = reportOnFiles({
      "prod.yaml": currentFileOf({
        wave: { mode: "lite", build: { arm64: true }, scan: { enabled: true } },
        data: { buildCache: {} },
      }),
    });
    expect(pathsOf(problems)).toEqual([
      "cluster.nodeGroups.build",
      "wave.build",
      "wave.scan",
      "data.buildCache",
    ]);
  });
});
