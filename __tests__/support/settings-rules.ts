import { checkSettings } from "../../modules/rules";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { type SettingsChange, exampleSettings } from "./settings";

/** A change to the example, the only path it is reported at, and words that the report must hold. */
export type RefusedCase = readonly [
  what: string,
  change: SettingsChange,
  path: string,
  words: readonly string[],
];

/**
 * Tests that each change is refused at its path and nowhere else, in these words.
 *
 * @param settingsOf What is changed: the classic example by default.
 */
export function testRefused(
  cases: readonly RefusedCase[],
  settingsOf: (change: SettingsChange) => Settings = exampleSettings,
): void {
  test.each(cases)("refused: %s", (_what, change, path, words) => {
    const problems = checkSettings(settingsOf(change));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    const [problem] = problems;
    const told = `${problem?.given} | ${problem?.allowed} | ${problem?.fix}`;
    for (const word of words) expect(told).toContain(word);
  });
}

/** `iam::123456789012:role/x` → its ARN in the partition of the example. */
export const arn = (rest: string): string => `arn:aws:${rest}`;

/** A change of the build node group. */
export const buildNodes = (build: object): SettingsChange => ({
  cluster: { nodeGroups: { build } },
});
