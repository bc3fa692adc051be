import { mebibytes } from "../lib/quantity";
import {
  JVM_OVERHEAD,
  POOLED_ALLOCATOR,
  isPooled,
  jvmMemory,
} from "../wave/jvm-memory";
import { isCurrent } from "../wave/line";
import { serverMemory } from "../wave/line-defaults";
import { type Rule, when } from "./settings-rule";

/** Memory below which the default heap of the current line, the limit less 1 Gi, is no heap at all (DEP-08). */
const LEAST_MEMORY = "2Gi";

/** VR-25, DEP-08: the variable replaces Wave's own options, this one included. */
const pooledAllocator: Rule = (settings) => {
  const { jvmOptions } = settings.wave;
  return when(
    isCurrent(settings) && jvmOptions !== undefined && !isPooled(jvmOptions),
    () => ({
      path: "wave.jvmOptions",
      given: `options without ${POOLED_ALLOCATOR}`,
      allowed: `options that hold ${POOLED_ALLOCATOR}`,
      fix: `add ${POOLED_ALLOCATOR}, or remove the key: Wave runs out of direct memory otherwise`,
    }),
  );
};

/** VR-25, DEP-08. */
const jvmFitsMemory: Rule = (settings) => {
  const { jvmOptions } = settings.wave;
  if (!isCurrent(settings) || jvmOptions === undefined) return [];
  const limit = mebibytes(serverMemory(settings));
  const { heap, direct } = jvmMemory(jvmOptions, limit);
  return when(heap + direct + JVM_OVERHEAD > limit, () => ({
    path: "wave.jvmOptions",
    given: `heap ${Math.round(heap)}Mi, direct memory ${Math.round(direct)}Mi and ${JVM_OVERHEAD}Mi for the rest`,
    allowed: `at most ${limit}Mi together, the pod's memory limit (wave.memory)`,
    fix: "lower -Xmx or -XX:MaxDirectMemorySize, or raise wave.memory: Kubernetes ends a pod that takes more",
  }));
};

/** DEP-08: said of `wave.memory`, because the options are ours then. */
const memoryHoldsHeap: Rule = (settings) => {
  const memory = serverMemory(settings);
  return when(
    isCurrent(settings) &&
      settings.wave.jvmOptions === undefined &&
      mebibytes(memory) < mebibytes(LEAST_MEMORY),
    () => ({
      path: "wave.memory",
      given: memory,
      allowed: `${LEAST_MEMORY} or more`,
      fix: "raise it, or write wave.jvmOptions that fit: by default the heap is this memory less 1 Gi",
    }),
  );
};

export const jvmRules = [pooledAllocator, jvmFitsMemory, memoryHoldsHeap];
