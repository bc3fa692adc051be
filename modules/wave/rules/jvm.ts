import { type WaveSettings } from "../settings/schema";
import { mebibytes } from "../../lib/quantity";
import {
  JVM_OVERHEAD,
  POOLED_ALLOCATOR,
  isPooled,
  jvmMemory,
} from "../config/jvm-memory";
import { jvmOptions } from "../config/jvm-options";
import { isCurrent } from "../release/line";
import { releaseOf } from "../release/release";
import { serverMemory } from "../release/line-defaults";
import { type Rule, when } from "../../settings/rule";

/** Reads the section `wave` alone: another one may be unreadable. */
const optionsOf = ({ wave }: WaveSettings): string =>
  jvmOptions({ wave, release: releaseOf(wave.version) });

/** The variable replaces Wave's own options, this one included. */
const pooledAllocator: Rule<WaveSettings> = (settings) => {
  return when(isCurrent(settings) && !isPooled(optionsOf(settings)), () => ({
    path: "wave.jvmOptions",
    given: `options without ${POOLED_ALLOCATOR}`,
    allowed: `options that hold ${POOLED_ALLOCATOR}`,
    fix: `add ${POOLED_ALLOCATOR}, or remove the key: Wave runs out of direct memory otherwise`,
  }));
};

/** Said of `wave.memory` when the options are ours. */
const jvmFitsMemory: Rule<WaveSettings> = (settings) => {
  if (!isCurrent(settings)) return [];
  const memory = serverMemory(settings);
  const limit = mebibytes(memory);
  const { heap, direct } = jvmMemory(optionsOf(settings), limit);
  const isOurs = settings.wave.jvmOptions === undefined;
  return when(heap + direct + JVM_OVERHEAD > limit, () => ({
    path: isOurs ? "wave.memory" : "wave.jvmOptions",
    given: `${isOurs ? `${memory}: ` : ""}heap ${Math.round(heap)}Mi, direct memory ${Math.round(direct)}Mi and ${JVM_OVERHEAD}Mi for the rest`,
    allowed: `at most ${limit}Mi together, the pod's memory limit (wave.memory)`,
    fix: isOurs
      ? "raise it: Kubernetes ends a pod that takes more"
      : "lower -Xmx or -XX:MaxDirectMemorySize, or raise wave.memory: Kubernetes ends a pod that takes more",
  }));
};

export const jvmRules = [pooledAllocator, jvmFitsMemory];
