import { type WaveSettings } from "../settings/schema";
import { isInside } from "../../lib/path-inside";
import { hasBuilds } from "../release/line";
import { type Rule } from "../../settings/rule";

/** Dumps and logs of the JVM hold secrets: they stay off the file system that builds share. */
const jvmPathsOffTheBuildMount: Rule<WaveSettings> = (settings) => {
  const { jvmOptions = "", build } = settings.wave;
  if (!hasBuilds(settings)) return [];
  return jvmOptions
    .split(/\s+/)
    .filter((option) =>
      pathsOf(option).some((path) => isInside(path, build.mountPath)),
    )
    .map((option) => ({
      path: "wave.jvmOptions",
      given: option,
      allowed: `paths outside ${build.mountPath} (wave.build.mountPath), such as /dumps`,
      fix: "write the file below /dumps, /work or /tmp: builds can read the shared file system, and dumps hold passwords",
    }));
};

/** `-Xlog:gc*:file=/dumps/gc.log:time` → `/dumps/gc.log`. */
const pathsOf = (option: string): string[] =>
  option.split(/[=:,;"']+/).filter((part) => part.startsWith("/"));

export const jvmPathRules = [jvmPathsOffTheBuildMount];
