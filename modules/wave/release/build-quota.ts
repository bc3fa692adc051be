import { largestMemory, mebibytes } from "../../lib/quantity";
import { type WaveSettings } from "../settings/schema";
import { isClassic } from "./line";

// The line that has a queue of its own limits jobs by it, and the other one by the quota of its namespace alone.

/** Room that a quota leaves above the jobs of Wave, for pods that are on their way out. */
export const SPARE_PODS = 5;

/** Pods the build namespace may hold: the only cap on builds of the classic line. */
export function quotaPods(settings: WaveSettings): number {
  const { quota, maxRunningJobs } = settings.wave.build;
  return quota.pods ?? (isClassic(settings) ? 20 : maxRunningJobs + SPARE_PODS);
}

/** Builds, scans and copies that may run at a time: of the classic line as many as the quota has pods. */
export const jobsAtOnce = (settings: WaveSettings): number =>
  isClassic(settings)
    ? quotaPods(settings)
    : settings.wave.build.maxRunningJobs;

/** Memory that the largest of them asks for; only the current line copies images. */
export function jobMemory(settings: WaveSettings): string {
  const { build, scan, mirror } = settings.wave;
  return isClassic(settings)
    ? largestMemory(build.requestMemory, scan.requestMemory)
    : largestMemory(
        build.requestMemory,
        scan.requestMemory,
        mirror.requestMemory,
      );
}

/**
 * Memory that a container may take which says nothing of a limit. Kaniko says nothing, and takes more than it asks for while
 * it writes layers.
 */
export const containerMemoryLimit = (settings: WaveSettings): string => {
  const request = largestMemory("3600Mi", jobMemory(settings));
  return isClassic(settings) ? `${2 * mebibytes(request)}Mi` : request;
};

/** Memory that pods of the build namespace may ask for together: of all that may run at a time, so that pods are what counts. */
export function quotaMemory(settings: WaveSettings): string {
  const { limitsMemory, requestsMemory } = settings.wave.build.quota;
  if (requestsMemory !== undefined) return requestsMemory;
  const all = jobsAtOnce(settings) * mebibytes(jobMemory(settings));
  return limitsMemory !== undefined && mebibytes(limitsMemory) < all
    ? limitsMemory
    : `${all}Mi`;
}

/** Memory that pods of the build namespace may take together. */
export function quotaMemoryLimit(settings: WaveSettings): string {
  const { limitsMemory, requestsMemory } = settings.wave.build.quota;
  if (limitsMemory !== undefined) return limitsMemory;
  if (!isClassic(settings)) return quotaMemory(settings);
  const each = mebibytes(containerMemoryLimit(settings));
  return requestsMemory === undefined
    ? `${jobsAtOnce(settings) * each}Mi`
    : `${2 * mebibytes(requestsMemory)}Mi`;
}
