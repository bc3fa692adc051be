import { keptOf } from "../../core/cluster/node-room";
import { memoryMiOf } from "../../lib/instance-type";
import { mebibytes } from "../../lib/quantity";
import { type Rule, when } from "../../settings/rule";
import { isClassic } from "../release/line";
import {
  containerMemoryLimit,
  quotaMemory,
  quotaMemoryLimit,
} from "../release/build-quota";
import { type WaveSettings } from "../settings/schema";

/** Memory of the smallest instance a group may start, in Mi; undefined when a type is not known. */
export function smallestBuildNode(
  { cluster }: WaveSettings,
  group: "build" | "buildArm64" = "build",
): number | undefined {
  const { instanceTypes = [] } = cluster.nodeGroups[group] ?? {};
  if (instanceTypes.length === 0) return undefined;
  const sizes = instanceTypes.map(memoryMiOf);
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? Math.min(...known) : undefined;
}

/** Pods that the quota lets in and no node can hold would wait until Wave gives up. */
const quotaFitsNodes: Rule<WaveSettings> = (settings) => {
  const node = smallestBuildNode(settings);
  const { maxSize = 0 } = settings.cluster.nodeGroups.build ?? {};
  // Unset, it follows from the jobs, which are judged by themselves.
  const { requestsMemory } = settings.wave.build.quota;
  if (maxSize === 0 || requestsMemory === undefined) return [];
  const room = (node ?? Infinity) * maxSize;
  return when(mebibytes(requestsMemory) > room, () => ({
    path: "wave.build.quota.requestsMemory",
    given: requestsMemory,
    allowed: `at most ${room}Mi: ${maxSize} build nodes of ${room / maxSize}Mi each`,
    fix: "lower the quota, or raise cluster.nodeGroups.build.maxSize and desiredSize or choose larger instances",
  }));
};

const podFits = (
  path: string,
  read: (settings: WaveSettings) => string,
): readonly Rule<WaveSettings>[] => [
  ...(["build", "buildArm64"] as const).map(
    (group): Rule<WaveSettings> =>
      (settings) => {
        const node = smallestBuildNode(settings, group) ?? Infinity;
        const room = Math.max(node - keptOf(settings).memoryMi, 0);
        return when(mebibytes(read(settings)) > room, () => ({
          path,
          given: read(settings),
          allowed: `at most ${room}Mi: what the smallest build node has for a pod`,
          fix: `lower it, or choose larger instances for cluster.nodeGroups.${group}`,
        }));
      },
  ),
  (settings) => {
    const requestsMemory = quotaMemory(settings);
    return when(mebibytes(read(settings)) > mebibytes(requestsMemory), () => ({
      path,
      given: read(settings),
      allowed: `at most the quota, ${requestsMemory}`,
      fix: "lower it, or raise wave.build.quota.requestsMemory",
    }));
  },
];

const limitsAboveRequests: Rule<WaveSettings> = (settings) => {
  const requestsMemory = quotaMemory(settings);
  const limitsMemory = quotaMemoryLimit(settings);
  return when(mebibytes(limitsMemory) < mebibytes(requestsMemory), () => ({
    path: "wave.build.quota.limitsMemory",
    given: `${limitsMemory}, below requestsMemory ${requestsMemory}`,
    allowed: `at least ${requestsMemory}`,
    fix: "raise it: a limit is never below its request",
  }));
};

/** The default limit of the namespace counts against the quota, pod by pod. */
const containerFitsLimits: Rule<WaveSettings> = (settings) => {
  const { limitsMemory } = settings.wave.build.quota;
  const each = containerMemoryLimit(settings);
  return when(
    isClassic(settings) &&
      limitsMemory !== undefined &&
      mebibytes(limitsMemory) < mebibytes(each),
    () => ({
      path: "wave.build.quota.limitsMemory",
      given: limitsMemory ?? "",
      allowed: `at least ${each}, the limit of one build: twice its request`,
      fix: "raise it, or remove it to have twice requestsMemory",
    }),
  );
};

export const capacityRules = [
  quotaFitsNodes,
  ...podFits(
    "wave.build.requestMemory",
    ({ wave }) => wave.build.requestMemory,
  ),
  ...podFits("wave.scan.requestMemory", ({ wave }) => wave.scan.requestMemory),
  ...podFits(
    "wave.mirror.requestMemory",
    ({ wave }) => wave.mirror.requestMemory,
  ),
  limitsAboveRequests,
  containerFitsLimits,
];
