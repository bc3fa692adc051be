import { type Problem } from "../lib/problem";
import { type Settings } from "../settings/schema";
import { accessRules, accessWarnings } from "./settings-access";
import { arnRules } from "./settings-arns";
import { capacityRules, capacityWarnings } from "./settings-capacity";
import { dataRules, dataWarnings } from "./settings-data";
import { domainRules, domainWarnings } from "./settings-domain";
import { imageRules, imageWarnings } from "./settings-images";
import { ingressRules } from "./settings-ingress";
import { networkRules, networkWarnings } from "./settings-network";
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
  ...capacityRules,
  ...dataRules,
  ...domainRules,
  ...ingressRules,
  ...imageRules,
  ...waveRules,
];

const warnings = [
  ...accessWarnings,
  ...networkWarnings,
  ...versionWarnings,
  ...capacityWarnings,
  ...dataWarnings,
  ...domainWarnings,
  ...imageWarnings,
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
