import { type Problem } from "../../lib/problem";
import {
  BUILD_KEYS,
  CLASSIC_KEYS,
  CURRENT_KEYS,
  isUnder,
} from "../settings/line-keys";
import { pathSteps, valueAt } from "../../settings/path";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isClassic, isCurrent } from "../release/line";
import { FEATURE_VERSIONS, NEWEST_CLASSIC } from "../release/feature-versions";

/**
 * Keys of one line beside a version of the other, and keys of builds beside `wave.mode: lite`: they would do nothing.
 * Takes the parsed YAML too, because settings with their defaults have every key.
 */
export function lineKeyProblems(
  settings: WaveSettings,
  document: unknown,
): Problem[] {
  const { version } = settings.wave;
  const given = (keys: readonly string[]): string[] =>
    keys.filter((key) => isGiven(document, key));

  if (isClassic(settings))
    return given(CURRENT_KEYS).map((path) => ({
      path,
      given: `a key of the current line, with wave.version ${version}`,
      allowed: "keys that the classic line knows",
      fix: `remove it, or choose wave.version ${FEATURE_VERSIONS.roleLogin.version} or later`,
    }));
  if (!isCurrent(settings)) return [];

  const ofBuilds = hasBuilds(settings) ? [] : outermost(given(BUILD_KEYS));
  const ofClassic = given(CLASSIC_KEYS).filter(
    (path) => !isUnder(path, ofBuilds),
  );
  return [
    ...ofClassic.map((path) => ({
      path,
      given: `a key of the classic line, with wave.version ${version}`,
      allowed: "keys that the current line knows",
      fix: `remove it, or choose wave.version ${NEWEST_CLASSIC} or older`,
    })),
    ...ofBuilds.map((path) => ({
      path,
      given: "a key of builds, with wave.mode: lite",
      allowed: "keys that mean something without builds",
      fix: "remove it, or set wave.mode: full: Wave Lite builds, scans and copies nothing",
    })),
  ];
}

/** Null is a wrong shape, and reported as such. */
function isGiven(document: unknown, key: string): boolean {
  const value = valueAt(document, pathSteps(key));
  return value !== undefined && value !== null;
}

/** Without what lies below another one of them. */
const outermost = (paths: readonly string[]): string[] =>
  paths.filter(
    (path) =>
      !isUnder(
        path,
        paths.filter((other) => other !== path),
      ),
  );
