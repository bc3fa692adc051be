import { type Problem } from "../../lib/problem";
import {
  JVM_OVERHEAD,
  POOLED_ALLOCATOR,
  isPooled,
  jvmMemory,
} from "../config/jvm-memory";
import {
  type Rendered,
  containerOf,
  containersOf,
  isInside,
  items,
  mebibytesOf,
  podsOf,
  problemIf,
  shown,
  variable,
} from "./rendered-reading";

/** VR-24: `$(POD_NAME)` resolves only names that stand earlier in the list. */
export function podNameFirst(rendered: Rendered): Problem[] {
  const pod = podsOf(rendered.objects).find(
    ({ object }) => object === "Deployment wave",
  );
  const names = (pod === undefined ? [] : containersOf(pod)).flatMap(
    ({ env }) => items(env).map(({ name }) => name),
  );
  const podName = names.indexOf("POD_NAME");
  const options = names.indexOf("WAVE_JVM_OPTS");
  return problemIf(podName < 0 || options < podName, {
    path: "Deployment wave: env WAVE_JVM_OPTS",
    given: shown(names.join(", ")),
    allowed: "POD_NAME, and WAVE_JVM_OPTS after it",
    fix: "put POD_NAME before WAVE_JVM_OPTS: $(POD_NAME) would stay as text (VR-24)",
  });
}

/** VR-26: dumps and logs of the JVM hold secrets and do not go to the file system that builds share. */
export function jvmPathsOffTheBuildMount(rendered: Rendered): Problem[] {
  const { mountPath } = rendered.settings.wave.build;
  const options = variable(rendered, "wave", "WAVE_JVM_OPTS")?.value ?? "";
  return options
    .split(/\s+/)
    .filter((option) =>
      isInside(/[=:](\/.*)$/.exec(option)?.[1] ?? "", mountPath),
    )
    .map((option) => ({
      path: "Deployment wave: env WAVE_JVM_OPTS",
      given: option,
      allowed: `a path outside ${mountPath}, such as /dumps`,
      fix: "correct the path in wave.jvmOptions: builds can read this file system (VR-26)",
    }));
}

/** VR-25, DEP-08: the options replace Wave's own, so they hold the allocator, and they fit the pod. */
export function jvmFitsThePod(rendered: Rendered): Problem[] {
  const path = "Deployment wave: env WAVE_JVM_OPTS";
  const options = variable(rendered, "wave", "WAVE_JVM_OPTS")?.value ?? "";
  const limit = mebibytesOf(
    containerOf(rendered, "wave")?.resources?.limits?.memory,
  );
  const { heap, direct } = jvmMemory(options, limit);
  return [
    ...problemIf(!isPooled(options), {
      path,
      given: shown(options),
      allowed: `options that hold ${POOLED_ALLOCATOR}`,
      fix: `add ${POOLED_ALLOCATOR} to wave.jvmOptions: Wave runs out of direct memory otherwise (VR-25)`,
    }),
    ...problemIf(!(heap + direct + JVM_OVERHEAD <= limit), {
      path,
      given: `heap ${Math.round(heap)}Mi, direct memory ${Math.round(direct)}Mi and ${JVM_OVERHEAD}Mi for the rest`,
      allowed: `at most ${limit}Mi together, the memory limit of the container`,
      fix: "lower -Xmx or -XX:MaxDirectMemorySize, or raise wave.memory (VR-25)",
    }),
  ];
}
