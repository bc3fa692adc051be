import { type WaveSettings } from "../settings/schema";
import { type Line, lineOf } from "./line";

/** What the number of a release says, parsed once. */
export interface Release {
  /** The full number, such as `1.37.0`. */
  readonly version: string;
  /** Undefined for a number that the settings rules refuse. */
  readonly line: Line | undefined;
  /** The line of SurrealDB and Kaniko; else that of PostgreSQL and BuildKit. */
  readonly isClassic: boolean;
}

/** Settings of an environment with Wave, and the release that they name. */
export type WaveEnvironment = WaveSettings & { readonly release: Release };

/** Reads the number of a release. */
export function releaseOf(version: string): Release {
  const line = lineOf(version);
  return { version, line, isClassic: line === "classic" };
}

/** Parses `wave.version`: each stack does it once, and everything below it gets the result. */
export const withRelease = (settings: WaveSettings): WaveEnvironment => ({
  ...settings,
  release: releaseOf(settings.wave.version),
});
