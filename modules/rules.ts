import { computeEnvRules } from "./compute-env/rules/all";
import {
  computeEnvWarnings,
  isSeqeraCloud,
} from "./compute-env/rules/warnings";
import { coreRules, coreWarnings } from "./core/rules/all";
import { platformClashes } from "./core/rules/collisions";
import { idleCharts, missingDriver } from "./core/rules/existing";
import { autoscalerMirror } from "./core/rules/mirrors";
import { nothingToScale } from "./core/rules/node-groups";
import { systemRoomProblems } from "./core/rules/system-nodes";
import { deliveryRules } from "./delivery/rules/all";
import { besideProblems, besideWarnings } from "./delivery/rules/beside";
import { deliveryWarnings } from "./delivery/rules/warnings";
import { emgRules } from "./emg/rules/all";
import { emgWarnings } from "./emg/rules/warnings";
import { factsOf } from "./facts";
import { type Problem } from "./lib/problem";
import {
  PLATFORMS,
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "./schema";
import { runAll, when } from "./settings/rule";
import { secretProblems } from "./settings/secrets";
import { templateProblems } from "./settings/templates";
import { waveEscapedTexts, waveRules, waveWarnings } from "./wave/rules/all";
import { lineKeyProblems } from "./wave/rules/line-keys";

/** Every contradiction in settings of the right shape: all of them, none thrown. */
export function checkSettings(settings: Settings): Problem[] {
  const problems = runAll<Settings, Problem>(
    [
      ...coreRules,
      (all) => (hasWave(all) ? runAll(waveRules, all) : []),
      (all) => (hasComputeEnv(all) ? runAll(computeEnvRules, all) : []),
      (all) => (hasDelivery(all) ? runAll(deliveryRules, all) : []),
      (all) => (hasEmg(all) ? runAll(emgRules, all) : []),
      (all) => platformClashes(factsOf(all)),
      (all) => (hasDelivery(all) ? besideProblems(all, factsOf(all)) : []),
      (all) => missingDriver(all, factsOf(all)),
      // Wave alone counts its own.
      (all) => (hasEmg(all) ? systemRoomProblems(all, factsOf(all)) : []),
      (all) => autoscalerMirror(all, factsOf(all)),
      secretProblems,
      (all) => templateProblems(all, waveEscapedTexts),
    ],
    settings,
  );
  // Two platforms may need the same image, of which one line says enough.
  return [
    ...new Map(
      problems.map((problem) => [JSON.stringify(problem), problem]),
    ).values(),
  ];
}

/** What works and is worth knowing: sentences for stdout. */
export function warningsOf(settings: Settings): string[] {
  return [
    ...runAll(coreWarnings, settings),
    ...nothingToScale(settings, factsOf(settings)),
    ...(hasWave(settings) ? runAll(waveWarnings, settings) : []),
    ...(hasComputeEnv(settings) ? runAll(computeEnvWarnings, settings) : []),
    ...(hasDelivery(settings) ? runAll(deliveryWarnings, settings) : []),
    ...(hasEmg(settings) ? runAll(emgWarnings, settings) : []),
    ...runAll<Settings, string>(
      [
        pairing,
        (all) => (hasDelivery(all) ? besideWarnings(all, factsOf(all)) : []),
      ],
      settings,
    ),
  ];
}

/** `TOWER_ENABLE_WAVE` and `WAVE_SERVER_URL` are Platform Enterprise's. */
const pairing = (settings: Settings): string[] =>
  hasWave(settings) && hasComputeEnv(settings) && isSeqeraCloud(settings)
    ? [
        "computeEnv.launcher trusts Seqera Cloud, which uses Seqera's own Wave: the one of this environment pairs with Platform Enterprise.",
      ]
    : [];

/**
 * Keys that would do nothing, and an environment without a platform. Takes the parsed YAML too, because settings with
 * their defaults have every key.
 */
export function checkKeys(settings: Settings, document: unknown): Problem[] {
  return [
    ...platformProblems(document),
    ...runAll<Settings, Problem>(
      [
        (all) => (hasWave(all) ? lineKeyProblems(all, document) : []),
        (all) => idleCharts(all, document),
      ],
      settings,
    ),
  ];
}

function platformProblems(document: unknown): Problem[] {
  // What is no section at all is reported as a wrong shape.
  if (
    typeof document !== "object" ||
    document === null ||
    Array.isArray(document)
  )
    return [];
  const given = new Set(Object.keys(document));
  return [
    ...when(!PLATFORMS.some((platform) => given.has(platform)), () => ({
      path: "(the whole file)",
      given: "no platform: nothing would run in the cluster",
      allowed: `at least one of the sections: ${PLATFORMS.join(", ")}`,
      fix: "add one; settings/example.yaml shows the section wave",
    })),
    ...when(given.has("data") && !given.has("wave"), () => ({
      path: "data",
      given: "the stores of Wave, without a section wave",
      allowed: "only beside the section wave",
      fix: "remove it, or add the section wave: without Wave nothing of it is made",
    })),
  ];
}
