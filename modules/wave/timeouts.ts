import { type Settings } from "../settings/schema";

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration as Wave writes it: `15m` → 900. */
export function secondsOf(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof SECONDS;
  return Number(duration.slice(0, -1)) * SECONDS[unit];
}

/**
 * Seconds that a connection may be silent, for the load balancer and for Wave itself: the longest build and 10 more,
 * because Wave holds a pull open until its build ends (DEC-32).
 */
export function idleTimeoutSeconds({ wave }: Settings): number {
  return wave.ingress.idleTimeoutSeconds ?? secondsOf(wave.build.timeout) + 10;
}
