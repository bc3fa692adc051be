import { lineOf } from "../../../modules/wave/release/line";
import {
  NEWEST_CHECKED,
  NEWEST_CLASSIC,
  hasFeature,
} from "../../../modules/wave/release/feature-versions";

test("VER-04: a release has what came with it, and with those before it", () => {
  expect(hasFeature("1.36.9", "capabilities")).toBe(false);
  expect(hasFeature("1.37.0", "capabilities")).toBe(true);
  expect(hasFeature("1.40.0", "tokenWatcher")).toBe(true);
});

test.each([
  ["1.3.2", undefined],
  ["1.3.3", "classic"],
  [NEWEST_CLASSIC, "classic"],
  ["1.7.99", "classic"],
  ["1.8.0", undefined],
  ["1.32.99", undefined],
  ["1.33.0", "current"],
  [NEWEST_CHECKED, "current"],
  ["2.0.0", "current"],
  ["v1.37.0", undefined],
  ["1.37", undefined],
  ["1.37.0-rc1", undefined],
])("VER-01, VER-02, VER-03: line of %s is %s", (version, line) => {
  expect(lineOf(version)).toBe(line);
});
