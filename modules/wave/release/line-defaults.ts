import { rateLimitsSchema } from "../settings/rate-limit-schema";
import { type WaveSettings } from "../settings/schema";
import { isClassic } from "./line";

// Defaults that differ between the lines cannot stand in the schema: there the key is optional, and here is its value.

/** Limits of Wave; undefined for none. On the current line absent ones would be those of the jar, a twentieth of these. */
export function rateLimits(settings: Pick<WaveSettings, "wave">) {
  const { rateLimit } = settings.wave;
  if (rateLimit === false) return undefined;
  if (rateLimit === undefined && isClassic(settings)) return undefined;
  return rateLimit ?? rateLimitsSchema.parse({});
}

/** Memory request and limit of Wave's pod. */
export const serverMemory = (settings: Pick<WaveSettings, "wave">): string =>
  settings.wave.memory ?? (isClassic(settings) ? "4000Mi" : "4Gi");

/** CPU limit of Wave's pod; undefined for none. */
export const serverCpuLimit = (settings: WaveSettings): string | undefined =>
  settings.wave.cpuLimit ?? (isClassic(settings) ? undefined : "2000m");

/** Repository of Wave's image: the registry path moved between the lines. */
export const imageRepository = (settings: WaveSettings): string =>
  settings.wave.image.repository ??
  (isClassic(settings)
    ? "cr.seqera.io/private/nf-tower-enterprise/wave"
    : "cr.seqera.io/enterprise/wave/server");
