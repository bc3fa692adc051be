import { type Problem } from "./lib/problem";
import { type Settings } from "./schema";
import { accessRules, accessWarnings } from "./core/rules/access";
import { arnRules } from "./core/rules/arns";
import { cacheRules } from "./wave/rules/cache";
import { capacityRules, capacityWarnings } from "./core/rules/capacity";
import { dataRules, dataWarnings } from "./wave/rules/data";
import { domainRules, domainWarnings } from "./core/rules/domain";
import {
  environmentRules,
  environmentWarnings,
} from "./wave/rules/environments";
import { imageRules, imageWarnings } from "./wave/rules/images";
import { ingressRules } from "./wave/rules/ingress";
import { jobRules, jobWarnings } from "./wave/rules/jobs";
import { jvmRules } from "./wave/rules/jvm";
import { modeRules } from "./wave/rules/mode";
import { networkRules, networkWarnings } from "./core/rules/network";
import { nodeRules } from "./core/rules/nodes";
import { runAll } from "./settings/rule";
import { secretProblems } from "./settings/secrets";
import { tagRules } from "./core/rules/tags";
import { versionRules, versionWarnings } from "./core/rules/versions";
import { waveRules, waveWarnings } from "./wave/rules/wave";

const rules = [
  ...accessRules,
  ...arnRules,
  ...networkRules,
  ...versionRules,
  ...tagRules,
  ...modeRules,
  ...nodeRules,
  ...capacityRules,
  ...jobRules,
  ...dataRules,
  ...domainRules,
  ...ingressRules,
  ...imageRules,
  ...cacheRules,
  ...jvmRules,
  ...environmentRules,
  ...waveRules,
];

const warnings = [
  ...accessWarnings,
  ...networkWarnings,
  ...versionWarnings,
  ...capacityWarnings,
  ...jobWarnings,
  ...dataWarnings,
  ...domainWarnings,
  ...imageWarnings,
  ...environmentWarnings,
  ...waveWarnings,
];

/** Every contradiction in settings of the right shape (gate 2): all of them, none thrown. */
export function checkSettings(settings: Settings): Problem[] {
  return runAll([...rules, secretProblems], settings);
}

/** What works and is worth knowing: sentences for stdout. */
export function warningsOf(settings: Settings): string[] {
  return runAll(warnings, settings);
}
