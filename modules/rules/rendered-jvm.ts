import { type Problem } from "../lib/problem";
import {
  type Rendered,
  containersOf,
  isInside,
  items,
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
