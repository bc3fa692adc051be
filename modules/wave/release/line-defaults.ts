import { largestMemory, mebibytes } from "../../lib/quantity";
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

/** Room that a quota leaves above the jobs of Wave, for pods that are on their way out. */
export const SPARE_PODS = 5;

/** Pods the build namespace may hold: the only cap on builds of the classic line. */
export function quotaPods(settings: WaveSettings): number {
  const { quota, maxRunningJobs } = settings.wave.build;
  return quota.pods ?? (isClassic(settings) ? 20 : maxRunningJobs + SPARE_PODS);
}

/** Memory of the largest job of the current line: a build, a scan or a copy of an image. */
export const jobMemory = ({
  wave: { build, scan, mirror },
}: WaveSettings): string =>
  largestMemory(build.requestMemory, scan.requestMemory, mirror.requestMemory);

/** Memory that pods of the build namespace may ask for together: on the current line, all the jobs Wave starts. */
export function quotaMemory(settings: WaveSettings): string {
  const { quota, maxRunningJobs } = settings.wave.build;
  if (quota.requestsMemory !== undefined) return quota.requestsMemory;
  if (isClassic(settings)) return "20Gi";
  return `${maxRunningJobs * mebibytes(jobMemory(settings))}Mi`;
}

/** Memory that pods of the build namespace may take together. */
export const quotaMemoryLimit = (settings: WaveSettings): string =>
  settings.wave.build.quota.limitsMemory ?? quotaMemory(settings);
