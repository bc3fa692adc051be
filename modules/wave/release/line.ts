import { prerelease, valid } from "semver";
import { type WaveSettings } from "../settings/schema";
import { isClassicRelease, isCurrentRelease } from "./feature-versions";

/** Whether a text is the full number of a release, such as `1.7.9`: no `v`, nothing left out, no pre-release. */
export function isRelease(version: string): boolean {
  return valid(version) === version && prerelease(version) === null;
}

/** The two lines of releases that are supported. */
export type Line = "classic" | "current";

/**
 * Line of a Wave release: `classic` (SurrealDB, Kaniko) from 1.3.3 to 1.7.9, `current` (PostgreSQL, BuildKit) from
 * 1.33.0 (`feature-versions.ts`). Undefined for anything else: the settings rules report why.
 */
export function lineOf(version: string): Line | undefined {
  if (!isRelease(version)) return undefined;
  if (isClassicRelease(version)) return "classic";
  return isCurrentRelease(version) ? "current" : undefined;
}

/** True for the line of SurrealDB and Kaniko. */
export const isClassic = ({ wave }: Pick<WaveSettings, "wave">): boolean =>
  lineOf(wave.version) === "classic";

/** True for the line of PostgreSQL and BuildKit. */
export const isCurrent = ({ wave }: Pick<WaveSettings, "wave">): boolean =>
  lineOf(wave.version) === "current";

/** How Wave sends mails. They are about builds: Wave Lite sends none, whatever the settings say. */
export const mailOf = (
  settings: Pick<WaveSettings, "wave">,
): WaveSettings["wave"]["mail"] =>
  hasBuilds(settings) ? settings.wave.mail : undefined;

/** False for Wave Lite, which builds nothing: no build namespace, EFS, ECR, CSI driver or build nodes. */
export const hasBuilds = ({ wave }: Pick<WaveSettings, "wave">): boolean =>
  wave.mode === "full";
