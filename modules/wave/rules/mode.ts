import { type WaveSettings } from "../settings/schema";
import { type Rule, when } from "../../settings/rule";
import { hasBuildNodes } from "../objects/nodes";
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
  when(hasBuilds(settings) && !hasBuildNodes(settings, "build"), () =>
    settings.cluster.kind === "created"
      ? {
          path: "cluster.nodeGroups.build",
          given: "nothing: the key is missing",
          allowed: "a node group for builds, except with wave.mode: lite",
          fix: "add minSize, desiredSize and maxSize, such as 1, 1 and 3; or set wave.mode: lite, which builds nothing",
        }
      : {
          path: "cluster.nodeSelectors.build",
          given: "nothing, and no cluster.nodeGroups.build either",
          allowed: "nodes for builds, except with wave.mode: lite",
          fix: "write a label that only untainted x86_64 nodes for builds have, such as {nodegroup: builders}; add cluster.nodeGroups.build for nodes of this project; or set wave.mode: lite, which builds nothing",
        },
  );

export const modeRules = [liteNeedsCurrent, buildsNeedNodes];
