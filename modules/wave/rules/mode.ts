import { type WaveSettings } from "../settings/schema";
import { type Rule, when } from "../../settings/rule";
import { hasBuilds, isClassic } from "../release/line";
import { FEATURE_VERSIONS } from "../release/feature-versions";

/** Wave Lite is a mode of the current line. */
const liteNeedsCurrent: Rule<WaveSettings> = (settings) =>
  when(isClassic(settings) && !hasBuilds(settings), () => ({
    path: "wave.mode",
    given: `lite, with wave.version ${settings.wave.version}`,
    allowed: "full on the classic line",
    fix: `remove it, or choose wave.version ${FEATURE_VERSIONS.roleLogin.version} or later: the classic line knows no Wave Lite`,
  }));

/** Builds have nodes of their own, and only Wave Lite has no builds. */
const buildsNeedNodes: Rule<WaveSettings> = (settings) =>
  when(
    hasBuilds(settings) && settings.cluster.nodeGroups.build === undefined,
    () => ({
      path: "cluster.nodeGroups.build",
      given: "nothing: the key is missing",
      allowed: "a node group for builds, except with wave.mode: lite",
      fix: "add minSize, desiredSize and maxSize, such as 1, 1 and 3; or set wave.mode: lite, which builds nothing",
    }),
  );

export const modeRules = [liteNeedsCurrent, buildsNeedNodes];
