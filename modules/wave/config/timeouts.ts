import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isClassic } from "../release/line";

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration as Wave writes it: `15m` → 900. */
export function secondsOf(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof SECONDS;
  return Number(duration.slice(0, -1)) * SECONDS[unit];
}

/** What Wave itself allows, with builds or without. */
const DEFAULT_BUILD_SECONDS = 900;

/** Seconds of the longest build: on the current line that of a trusted user may be longer. */
export function longestBuildSeconds(settings: WaveSettings): number {
  const { timeout, trustedTimeout } = settings.wave.build;
  if (!hasBuilds(settings)) return DEFAULT_BUILD_SECONDS;
  return isClassic(settings)
    ? secondsOf(timeout)
    : Math.max(secondsOf(timeout), secondsOf(trustedTimeout));
}

/**
 * Seconds that a connection may be silent, for the load balancer and for Wave itself: the longest build and 10 more,
 * because Wave holds a pull open until its build ends.
 */
export function idleTimeoutSeconds(settings: WaveSettings): number {
  return (
    settings.wave.ingress.idleTimeoutSeconds ??
    longestBuildSeconds(settings) + 10
  );
}
