import { releaseOf, withRelease } from "../../../modules/wave/release/release";
import { currentSettings } from "../../support/settings";

test.each([
  ["1.7.9", "classic", true],
  ["1.37.0", "current", false],
  ["1.20.0", undefined, false],
  ["latest", undefined, false],
] as const)("release %s is of line %s", (version, line, isClassic) => {
  expect(releaseOf(version)).toEqual({ version, line, isClassic });
});

test("the release stands beside the settings that name it, and changes none of them", () => {
  const settings = currentSettings();
  const { release, ...rest } = withRelease(settings);
  expect(release).toEqual(releaseOf(settings.wave.version));
  expect(rest).toEqual(settings);
});
