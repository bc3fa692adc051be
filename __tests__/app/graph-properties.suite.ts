import fc from "fast-check";
import { checkSettings } from "../../modules/rules";
import { lineKeyProblems } from "../../modules/wave/rules/line-keys";
import {
  type Settings,
  hasWave,
  requireWave,
  settingsSchema,
} from "../../modules/schema";
import { lineOf } from "../../modules/wave/release/line";
import {
  arbitraryExistingSettings,
  arbitraryPipelines,
  arbitrarySettings,
} from "../support/arbitrary-settings";
import { PATIENCE, runs } from "../support/deep";
import { environmentOf } from "../support/environment";
import { GRAPH_BREAKS } from "../support/graph-breaks";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { currentSettings, exampleSettings } from "../support/settings";

const CASES = runs(6, 500);

/** How many settings were drawn, and how many of them the rules accept. */
let drawn = 0;
const accepted = new Map<string, number>();

const count = (what: string) => {
  accepted.set(what, (accepted.get(what) ?? 0) + 1);
};

/** Settings as the loader would let them through. */
const validOnes = (inputs: typeof arbitrarySettings) =>
  inputs
    .map((input) => ({ input, shape: settingsSchema.safeParse(input) }))
    .filter(({ input, shape }) => {
      drawn += 1;
      return (
        shape.success &&
        hasWave(shape.data) &&
        checkSettings(shape.data).length === 0 &&
        lineKeyProblems(shape.data, input).length === 0
      );
    })
    .map(({ input }) => requireWave(settingsSchema.parse(input)));

test(
  `all graph checks hold for ${CASES.numRuns} random settings`,
  () => {
    fc.assert(
      fc.property(validOnes(arbitrarySettings), (settings) => {
        const { version, mode } = settings.wave;
        count(mode === "lite" ? mode : String(lineOf(version)));
        count(settings.backend.kind);
        const environment = environmentOf(settings);
        for (const [sentence, check] of Object.entries(GRAPH_CHECKS))
          expect({ sentence, broken: check(environment) }).toEqual({
            sentence,
            broken: [],
          });
      }),
      CASES,
    );
    // A property over settings that are all refused, or all alike, would show nothing.
    expect(drawn).toBeLessThan(CASES.numRuns * 1.5);
    expect([...accepted.keys()].sort()).toEqual([
      "classic",
      "cloud",
      "current",
      "lite",
      "local",
      "s3",
    ]);
    if (CASES.numRuns > 100)
      process.stdout.write(
        `${CASES.numRuns} environments of ${drawn} drawn, seed ${CASES.seed}: ${[...accepted].map(([what, times]) => `${times} ${what}`).join(", ")}\n`,
      );
  },
  PATIENCE,
);

const EXISTING_CASES = runs(3, 200);

test(
  `and for ${EXISTING_CASES.numRuns} in a VPC that exists, with a cluster that is made or exists`,
  () => {
    drawn = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(validOnes(arbitraryExistingSettings), (settings) => {
        kinds.add(settings.cluster.kind);
        const environment = environmentOf(settings);
        // The least of no sizes, where no nodes are ours.
        expect(JSON.stringify(environment.stacks)).not.toMatch(/Infinity|NaN/);
        for (const [sentence, check] of Object.entries(GRAPH_CHECKS))
          expect({ sentence, broken: check(environment) }).toEqual({
            sentence,
            broken: [],
          });
      }),
      EXISTING_CASES,
    );
    expect(drawn).toBeLessThan(EXISTING_CASES.numRuns * 2.5);
    expect([...kinds].sort()).toEqual(["created", "existing"]);
  },
  PATIENCE,
);

const CLASSIC = environmentOf(exampleSettings());
const CURRENT = environmentOf(currentSettings());

test.each(GRAPH_BREAKS)("%p catches: %s", (pattern, _what, line, change) => {
  const { settings, ...written } = { classic: CLASSIC, current: CURRENT }[line];
  const environment = { ...structuredClone(written), settings };
  change(environment, (stack) => environment.stacks[stack]?.resource ?? {});
  const checks = Object.entries(GRAPH_CHECKS).filter(([sentence]) =>
    pattern.test(sentence),
  );
  expect(checks).toHaveLength(1);
  for (const [, check] of checks)
    expect(check(environment).length).toBeGreaterThan(0);
});

test("every check has a break that it catches", () => {
  const covered = Object.keys(GRAPH_CHECKS).filter((sentence) =>
    GRAPH_BREAKS.some(([pattern]) => pattern.test(sentence)),
  );
  expect(covered).toEqual(Object.keys(GRAPH_CHECKS));
});

const PIPELINE_CASES = runs(2, 200);

test(
  `and for ${PIPELINE_CASES.numRuns} with a compute environment, beside Wave and without it`,
  () => {
    const valid = arbitraryPipelines
      .map((input) => settingsSchema.safeParse(input))
      .filter(
        ({ success, data }) => success && checkSettings(data).length === 0,
      )
      .map(({ data }) => data as Settings);
    fc.assert(
      fc.property(valid, (settings) => {
        const environment = environmentOf(settings);
        expect(Object.keys(environment.stacks)).toContain("compute-env");
        for (const [sentence, check] of Object.entries(GRAPH_CHECKS))
          expect({ sentence, broken: check(environment) }).toEqual({
            sentence,
            broken: [],
          });
      }),
      PIPELINE_CASES,
    );
  },
  PATIENCE,
);
