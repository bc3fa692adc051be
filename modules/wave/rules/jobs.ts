import { keptOf } from "../../core/cluster/node-room";
import { isAutoscaled } from "../../core/cluster/autoscaled-groups";
import { sizeOf } from "../../lib/instance-type";
import { mebibytes, millicores } from "../../lib/quantity";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isClassic, isCurrent } from "../release/line";
import {
  SPARE_PODS,
  containerMemoryLimit,
  jobMemory,
  jobsAtOnce,
  quotaMemory,
  quotaMemoryLimit,
  quotaPods,
} from "../release/build-quota";
import { secondsOf } from "../config/timeouts";
import { type Rule, type Warning, when } from "../../settings/rule";

/** The rules of this file are about Jobs, which the classic line and Wave Lite do not have. */
const hasJobs = (settings: WaveSettings): boolean =>
  isCurrent(settings) && hasBuilds(settings);

/** Wave gives trusted users more time, never less. */
const trustedBuildsLonger: Rule<WaveSettings> = (settings) => {
  const { timeout, trustedTimeout } = settings.wave.build;
  return when(
    hasJobs(settings) && secondsOf(trustedTimeout) < secondsOf(timeout),
    () => ({
      path: "wave.build.trustedTimeout",
      given: `${trustedTimeout}, below wave.build.timeout ${timeout}`,
      allowed: `${timeout} or more`,
      fix: "raise it, or lower wave.build.timeout: a trusted user's build may not end before another's",
    }),
  );
};

/** Pods on their way out count too. */
const quotaAboveJobs: Rule<WaveSettings> = (settings) => {
  if (!hasJobs(settings)) return [];
  const { maxRunningJobs } = settings.wave.build;
  const least = maxRunningJobs + SPARE_PODS;
  const pods = quotaPods(settings);
  return when(pods < least, () => ({
    path: "wave.build.quota.pods",
    given: `${pods}, with maxRunningJobs ${maxRunningJobs}`,
    allowed: `${least} or more: maxRunningJobs + ${SPARE_PODS}`,
    fix: "raise it, lower wave.build.maxRunningJobs, or remove the key to have the right number: Wave fails builds whose pods are refused",
  }));
};

/** CPU request of a build: of the configuration on the current line, of the namespace's defaults on the classic one. */
const JOB_CPU = 500;

/** Jobs of the largest kind that one node of the group holds; undefined when a type is not known. */
function jobsOnNode(settings: WaveSettings): number | undefined {
  const { instanceTypes = [] } = settings.cluster.nodeGroups.build ?? {};
  const each = mebibytes(jobMemory(settings));
  const kept = keptOf(settings);
  const slots = instanceTypes.map((instanceType) => {
    const size = sizeOf(instanceType);
    return size === undefined
      ? NaN
      : Math.min(
          Math.floor((size.memoryMi - kept.memoryMi) / each),
          Math.floor((size.cpus * 1000 - kept.cpu) / JOB_CPU),
        );
  });
  const least = Math.min(...slots);
  // One job that fits no node is judged by itself.
  return Number.isFinite(least) && least > 0 ? least : undefined;
}

/** Every job that Wave starts has room on the build group at its largest. */
const jobsFitNodes: Rule<WaveSettings> = (settings) => {
  const onNode = jobsOnNode(settings);
  const { maxSize } = settings.cluster.nodeGroups.build ?? {};
  if (!hasJobs(settings) || onNode === undefined || maxSize === undefined)
    return [];
  const { maxRunningJobs } = settings.wave.build;
  return when(maxRunningJobs > onNode * maxSize, () => ({
    path: "wave.build.maxRunningJobs",
    given: `${maxRunningJobs} jobs of ${jobMemory(settings)}`,
    allowed: `at most ${onNode * maxSize}: a build node holds ${onNode}, and there are ${maxSize} at most`,
    fix: "lower it, or raise cluster.nodeGroups.build.maxSize or choose larger instances: the other jobs would wait until their time is over",
  }));
};

/** Nodes for builds that there are when builds wait. */
const buildNodes = (settings: WaveSettings): number => {
  const { desiredSize, minSize, maxSize } =
    settings.cluster.nodeGroups.build ?? {};
  return (
    (isAutoscaled(settings, "build") ? maxSize : (desiredSize ?? minSize)) ?? 0
  );
};

/** Nobody starts the nodes that the others wait for. */
const jobsAboveNodes: Warning<WaveSettings> = (settings) => {
  const onNode = jobsOnNode(settings);
  if (!hasBuilds(settings) || onNode === undefined) return [];
  const nodes = buildNodes(settings);
  const jobs = jobsAtOnce(settings);
  const path = isClassic(settings)
    ? "wave.build.quota.pods"
    : "wave.build.maxRunningJobs";
  return jobs > onNode * nodes
    ? [
        `${path} lets ${jobs} builds start at a time, and the nodes for builds hold ${onNode * nodes} (${nodes} with ${onNode} each): the others wait while their time runs, and fail at its end. Lower it, or add nodes; cluster.autoscaler does it by need.`,
      ]
    : [];
};

/** The quota holds back pods of jobs that Wave counts as running; of the classic line it has them fail. */
const jobsAboveQuota: Warning<WaveSettings> = (settings) => {
  if (!hasBuilds(settings)) return [];
  const { quota } = settings.wave.build;
  const jobs = jobsAtOnce(settings);
  const memory = mebibytes(jobMemory(settings));
  const limit = isClassic(settings)
    ? mebibytes(containerMemoryLimit(settings))
    : memory;
  const holds = {
    [`requestsMemory ${quotaMemory(settings)}`]:
      mebibytes(quotaMemory(settings)) / memory,
    [`limitsMemory ${quotaMemoryLimit(settings)}`]:
      mebibytes(quotaMemoryLimit(settings)) / limit,
    [`requestsCpu ${quota.requestsCpu}`]:
      millicores(quota.requestsCpu) / JOB_CPU,
  };
  const rest = isClassic(settings)
    ? `wave.build.quota.pods ${jobs} lets more in, and Wave fails the rest at once`
    : `wave.build.maxRunningJobs ${jobs} lets Wave start more, and the rest wait while their time runs`;
  return Object.entries(holds)
    .map(([given, room]) => [given, Math.floor(room)] as const)
    .filter(([, room]) => room < jobs)
    .map(
      ([given, room]) =>
        `wave.build.quota.${given} holds ${room} jobs of ${jobMemory(settings)} at a time; ${rest}.`,
    );
};

export const jobRules = [trustedBuildsLonger, quotaAboveJobs, jobsFitNodes];
export const jobWarnings = [jobsAboveQuota, jobsAboveNodes];
