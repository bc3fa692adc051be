import { type Problem } from "../lib/problem";
import { type Settings } from "../settings/schema";
import { accessRules, accessWarnings } from "./settings-access";
import { arnRules } from "./settings-arns";
import { cacheRules } from "./settings-cache";
import { capacityRules, capacityWarnings } from "./settings-capacity";
import { dataRules, dataWarnings } from "./settings-data";
import { domainRules, domainWarnings } from "./settings-domain";
import { environmentRules, environmentWarnings } from "./settings-environments";
import { imageRules, imageWarnings } from "./settings-images";
import { ingressRules } from "./settings-ingress";
import { jobRules, jobWarnings } from "./settings-jobs";
import { jvmRules } from "./settings-jvm";
import { modeRules } from "./settings-mode";
import { networkRules, networkWarnings } from "./settings-network";
import { nodeRules } from "./settings-nodes";
import { runAll } from "./settings-rule";
import { secretProblems } from "./settings-secrets";
import { tagRules } from "./settings-tags";
import { versionRules, versionWarnings } from "./settings-versions";
import { waveRules, waveWarnings } from "./settings-wave";

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
