import { prerelease, satisfies, valid } from "semver";

/** Whether a text is the full number of a release, such as `1.7.9`: no `v`, nothing left out, no pre-release. */
export function isRelease(version: string): boolean {
  return valid(version) === version && prerelease(version) === null;
}

/**
 * Line of a Wave release: `classic` (SurrealDB, Kaniko) from 1.3.3 to 1.7.9, `current` (PostgreSQL, BuildKit) from
 * 1.33.0. Undefined for anything else: rule VR-01 says why (VER-01…03).
 */
export function lineOf(version: string): "classic" | "current" | undefined {
  if (!isRelease(version)) return undefined;
  if (satisfies(version, ">=1.3.3 <1.8.0")) return "classic";
  if (satisfies(version, ">=1.33.0")) return "current";
  return undefined;
}
