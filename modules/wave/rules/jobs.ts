import { mebibytes } from "../../lib/quantity";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isCurrent } from "../release/line";
import {
  SPARE_PODS,
  jobMemory,
  quotaMemory,
  quotaPods,
} from "../release/line-defaults";
import { secondsOf } from "../config/timeouts";
import { smallestBuildNode } from "./capacity";
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

/** Every job that Wave starts has room on the build group at its largest. */
const jobsFitNodes: Rule<WaveSettings> = (settings) => {
  const node = smallestBuildNode(settings);
  const { maxSize } = settings.cluster.nodeGroups.build ?? {};
  if (!hasJobs(settings) || node === undefined || maxSize === undefined)
    return [];
  const { maxRunningJobs } = settings.wave.build;
  const each = jobMemory(settings);
  const needed = maxRunningJobs * mebibytes(each);
  return when(needed > node * maxSize, () => ({
    path: "wave.build.maxRunningJobs",
    given: `${maxRunningJobs} jobs of ${each}, ${needed}Mi together`,
    allowed: `at most ${node * maxSize}Mi: ${maxSize} build nodes of ${node}Mi each`,
    fix: "lower it, or raise cluster.nodeGroups.build.maxSize or choose larger instances: the other jobs would wait until their time is over",
  }));
};

/** The quota holds back pods of jobs that Wave counts as running. */
const jobsAboveQuota: Warning<WaveSettings> = (settings) => {
  if (!hasJobs(settings)) return [];
  const { maxRunningJobs } = settings.wave.build;
  const memory = quotaMemory(settings);
  const each = jobMemory(settings);
  const atOnce = Math.floor(mebibytes(memory) / mebibytes(each));
  return atOnce < maxRunningJobs
    ? [
        `wave.build.quota.requestsMemory ${memory} holds ${atOnce} jobs of ${each} at a time; wave.build.maxRunningJobs ${maxRunningJobs} lets Wave start more, and the rest wait while their time runs.`,
      ]
    : [];
};

export const jobRules = [trustedBuildsLonger, quotaAboveJobs, jobsFitNodes];
export const jobWarnings = [jobsAboveQuota];
