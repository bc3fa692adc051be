import { type WaveEnvironment } from "../release/release";
import { WAVE_PORT } from "./kubernetes-names";

const health = { httpGet: { path: "/health", port: String(WAVE_PORT) } };

/** Probes of Wave. A first start takes up to a minute; the startup probe allows three. */
export function serverProbes(settings: WaveEnvironment) {
  const first = {
    ...health,
    initialDelaySeconds: settings.release.isClassic ? 5 : 10,
    timeoutSeconds: 3,
  };
  return {
    startupProbe: {
      ...health,
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 36,
    },
    readinessProbe: first,
    livenessProbe: { ...first, failureThreshold: 10 },
  };
}
