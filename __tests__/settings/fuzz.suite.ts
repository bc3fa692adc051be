import fc from "fast-check";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { ProblemReport } from "../../modules/lib/problem";
import { loadSettings } from "../../modules/load";
import { bomb, damagedText, mutatedSettings } from "../support/arbitrary-wrong";
import { DEEP, PATIENCE, runs } from "../support/deep";

/** What takes longer hangs, in milliseconds: the slowest file here takes half a second, and a busy machine has waits. */
const LONGEST = 20_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-fuzz-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A timer cannot end a loop that never yields; the timeout of a context can, whatever runs in it. */
function withinTime(run: () => void): void {
  clock.run = run;
  runInContext("run()", clock, { timeout: LONGEST });
}

// One for all: thousands of contexts fill the memory, and then everything takes long.
const clock = createContext({ run: (): void => undefined }) as {
  run: () => void;
};

/** Accepted, or refused by a report whose every part says something: anything else is thrown. */
function evaluate(content: string | Buffer): "accepted" | "refused" {
  const file = join(folder, "prod.yaml");
  writeFileSync(file, content);
  let report: Error | undefined;
  withinTime(() => {
    try {
      loadSettings({ SETTINGS_DIR: folder });
    } catch (error) {
      report = error as Error;
    }
  });
  expect(readdirSync(folder)).toEqual(["prod.yaml"]);
  expect(readFileSync(file).equals(Buffer.from(content))).toBe(true);
  if (report === undefined) return "accepted";
  if (!(report instanceof ProblemReport)) throw report;
  expect(report.problems.length).toBeGreaterThan(0);
  for (const { path, given, allowed, fix } of report.problems)
    expect([path, given, allowed, fix].map((part) => typeof part)).toEqual(
      Array.from({ length: 4 }, () => "string"),
    );
  expect(
    report.problems.filter(
      ({ given, allowed, fix }) => !given || !allowed || !fix,
    ),
  ).toEqual([]);
  expect(report.message).not.toMatch(/\n\s+at .*[\\/]modules[\\/]/);
  return "refused";
}

const kinds: readonly (readonly [
  what: string,
  inputs: fc.Arbitrary<string | Buffer>,
  quick: number,
  deep: number,
])[] = [
  ["mutated settings", mutatedSettings, 30, 5_500],
  ["damaged texts", damagedText, 117, 4_000],
  ["bombs", bomb, 3, 500],
];

test.each(kinds)(
  "%s end in settings or in a report: no stack trace, no hang, no written file",
  (what, inputs, quick, deep) => {
    const counts = { accepted: 0, refused: 0 };
    const parameters = runs(quick, deep);
    fc.assert(
      fc.property(inputs, (content) => {
        counts[evaluate(content)] += 1;
      }),
      parameters,
    );
    // Inputs that are all accepted would show nothing.
    expect(counts.refused).toBeGreaterThan(parameters.numRuns / 4);
    if (DEEP)
      process.stdout.write(
        `${what}, seed ${parameters.seed}: ${counts.refused} refused, ${counts.accepted} accepted\n`,
      );
  },
  PATIENCE,
);

test("a hang is noticed", () => {
  expect(() => {
    runInContext("run()", createContext({ run: forever }), { timeout: 50 });
  }).toThrow(/timed out/);
});

function forever(): void {
  for (;;);
}
