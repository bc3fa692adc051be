import { type WaveEnvironment } from "../release/release";
import { hasBuilds } from "../release/line";

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration as Wave writes it: `15m` → 900. */
export function secondsOf(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof SECONDS;
  return Number(duration.slice(0, -1)) * SECONDS[unit];
}

/** What Wave itself allows, with builds or without. */
const DEFAULT_BUILD_SECONDS = 900;

/** Seconds of the longest build: on the current line that of a trusted user may be longer. */
export function longestBuildSeconds(
  settings: Pick<WaveEnvironment, "wave" | "release">,
): number {
  const { timeout, trustedTimeout } = settings.wave.build;
  if (!hasBuilds(settings)) return DEFAULT_BUILD_SECONDS;
  return settings.release.isClassic
    ? secondsOf(timeout)
    : Math.max(secondsOf(timeout), secondsOf(trustedTimeout));
}

/** Seconds that a connection may be silent at the load balancer: the longest build and 10 more, because Wave holds a pull open until its build ends. */
export function idleTimeoutSeconds(settings: WaveEnvironment): number {
  return (
    settings.wave.ingress.idleTimeoutSeconds ??
    longestBuildSeconds(settings) + 10
  );
}

/**
 * The same at Wave itself: a minute longer. Were both equal, Wave could close a connection in the moment in which the load
 * balancer sends the next request over it, and the client would get 502.
 */
export const serverIdleSeconds = (settings: WaveEnvironment): number =>
  idleTimeoutSeconds(settings) + 60;
