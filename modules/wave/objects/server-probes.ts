import { type WaveSettings } from "../settings/schema";
import { WAVE_PORT } from "./kubernetes-names";
import { isClassic } from "../release/line";

const health = { httpGet: { path: "/health", port: String(WAVE_PORT) } };

/** Probes of Wave. A first start takes up to a minute; the startup probe allows three. */
export function serverProbes(settings: WaveSettings) {
  const first = {
    ...health,
    initialDelaySeconds: isClassic(settings) ? 5 : 10,
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
