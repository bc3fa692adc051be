import { architectureOf, memoryMiOf } from "../../lib/instance-type";
import { mebibytes } from "../../lib/quantity";
import { type Settings } from "../../schema";
import { isClassic } from "../../wave/release/line";
import {
  quotaMemory,
  quotaMemoryLimit,
} from "../../wave/release/line-defaults";
import { NODE_GROUPS } from "./nodes";
import { type Rule, type Warning, when } from "../../settings/rule";

type Group = (typeof NODE_GROUPS)[number];

/** DEC-20: Terraform owns all three numbers. */
const sizesInOrder =
  (group: Group): Rule =>
  ({ cluster }) => {
    const nodes = cluster.nodeGroups[group];
    if (nodes === undefined) return [];
    const { minSize, desiredSize, maxSize } = nodes;
    return when(minSize > desiredSize || desiredSize > maxSize, () => ({
      path: `cluster.nodeGroups.${group}`,
      given: `minSize ${minSize}, desiredSize ${desiredSize}, maxSize ${maxSize}`,
      allowed: "minSize ≤ desiredSize ≤ maxSize",
      fix: "put the three in order; nothing changes them at run time (DEC-20)",
    }));
  };

/** An image of one architecture does not start on the other. */
const imageFitsInstances =
  (group: Group): Rule =>
  ({ cluster }) => {
    const nodes = cluster.nodeGroups[group];
    if (nodes === undefined) return [];
    const { amiType, instanceTypes } = nodes;
    const image = amiType.includes("ARM") ? "arm64" : "amd64";
    return instanceTypes.flatMap((instanceType, index) =>
      when(architectureOf(instanceType) !== image, () => ({
        path: `cluster.nodeGroups.${group}.instanceTypes[${index}]`,
        given: `"${instanceType}" (${architectureOf(instanceType)}), with amiType ${amiType}`,
        allowed: `${image} instance types`,
        fix: `choose ${image} instances, or the other amiType`,
      })),
    );
  };

/** Memory of the smallest instance a group may start, in Mi; undefined when a type is not known. */
export function smallestBuildNode(
  { cluster }: Settings,
  group: "build" | "buildArm64" = "build",
): number | undefined {
  const { instanceTypes = [] } = cluster.nodeGroups[group] ?? {};
  if (instanceTypes.length === 0) return undefined;
  const sizes = instanceTypes.map(memoryMiOf);
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? Math.min(...known) : undefined;
}

/** DEC-20: pods that the quota lets in and no node can hold would wait until Wave gives up. */
const quotaFitsNodes: Rule = (settings) => {
  const node = smallestBuildNode(settings);
  const { maxSize = 0 } = settings.cluster.nodeGroups.build ?? {};
  // What follows from maxRunningJobs is judged with it.
  const follows =
    !isClassic(settings) &&
    settings.wave.build.quota.requestsMemory === undefined;
  if (maxSize === 0 || follows) return [];
  const requestsMemory = quotaMemory(settings);
  const room = (node ?? Infinity) * maxSize;
  return when(mebibytes(requestsMemory) > room, () => ({
    path: "wave.build.quota.requestsMemory",
    given: requestsMemory,
    allowed: `at most ${room}Mi: ${maxSize} build nodes of ${room / maxSize}Mi each`,
    fix: "lower the quota, or raise cluster.nodeGroups.build.maxSize and desiredSize or choose larger instances (DEC-20)",
  }));
};

const podFits = (
  path: string,
  read: (settings: Settings) => string,
): readonly Rule[] => [
  ...(["build", "buildArm64"] as const).map((group): Rule => (settings) => {
    const node = smallestBuildNode(settings, group) ?? Infinity;
    return when(mebibytes(read(settings)) >= node, () => ({
      path,
      given: read(settings),
      allowed: `less than the ${node}Mi of the smallest build node`,
      fix: `lower it, or choose larger instances for cluster.nodeGroups.${group}`,
    }));
  }),
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

const limitsAboveRequests: Rule = (settings) => {
  const requestsMemory = quotaMemory(settings);
  const limitsMemory = quotaMemoryLimit(settings);
  return when(mebibytes(limitsMemory) < mebibytes(requestsMemory), () => ({
    path: "wave.build.quota.limitsMemory",
    given: `${limitsMemory}, below requestsMemory ${requestsMemory}`,
    allowed: `at least ${requestsMemory}`,
    fix: "raise it: a limit is never below its request",
  }));
};

/** VR-49, HPA-01. */
const replicasInOrder: Rule = ({ wave: { autoscaling } }) => {
  if (autoscaling === undefined) return [];
  const { minReplicas, maxReplicas } = autoscaling;
  return when(minReplicas > maxReplicas, () => ({
    path: "wave.autoscaling.minReplicas",
    given: `${minReplicas}, above maxReplicas ${maxReplicas}`,
    allowed: `1 to ${maxReplicas}`,
    fix: "lower minReplicas or raise maxReplicas",
  }));
};

/** VR-49, HPA-03. */
const requestMetric: Rule = ({ wave: { autoscaling, metrics } }) =>
  when(autoscaling?.requestsPerSecond !== undefined && !metrics, () => ({
    path: "wave.autoscaling.requestsPerSecond",
    given: `"${autoscaling?.requestsPerSecond ?? ""}", with wave.metrics off`,
    allowed: "only with wave.metrics: true and a custom-metrics adapter",
    fix: "set wave.metrics: true and install an adapter that serves http_server_requests, or remove the key to scale by CPU",
  }));

/** VR-49. */
const fewReplicas: Warning = ({ wave: { autoscaling } }) =>
  autoscaling !== undefined && autoscaling.minReplicas < 2
    ? [
        "wave.autoscaling.minReplicas is 1: Wave is away for some seconds whenever its only pod moves (VR-49).",
      ]
    : [];

/** VR-49, DEP-21. */
const scaleDownLosesBuilds: Warning = (settings) =>
  isClassic(settings) && settings.wave.autoscaling !== undefined
    ? [
        "wave.autoscaling on the classic line: builds live in the Wave pods, so a scale-down loses those that run (VR-49, DEP-21).",
      ]
    : [];

export const capacityRules = [
  ...NODE_GROUPS.map(sizesInOrder),
  ...NODE_GROUPS.map(imageFitsInstances),
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
  replicasInOrder,
  requestMetric,
];
export const capacityWarnings = [fewReplicas, scaleDownLosesBuilds];
