import { accessRules, accessWarnings } from "./access";
import { arnRules } from "./arns";
import { endpointRules, endpointWarnings } from "./endpoint";
import { imageRules } from "./images";
import { mirrorRules } from "./mirrors";
import { networkRules, networkWarnings } from "./network";
import { nodeGroupRules, nodeGroupWarnings } from "./node-groups";
import { nodePolicyRules } from "./node-policies";
import { podRangeRules, podRangeWarnings } from "./pod-range";
import { proxyRules } from "./proxy";
import { registryRules, registryWarnings } from "./registries";
import { tagRules } from "./tags";
import { versionRules, versionWarnings } from "./versions";

/** Every contradiction that the sections of the core can have. */
export const coreRules = [
  ...accessRules,
  ...arnRules,
  ...networkRules,
  ...podRangeRules,
  ...endpointRules,
  ...versionRules,
  ...tagRules,
  ...nodeGroupRules,
  ...nodePolicyRules,
  ...imageRules,
  ...proxyRules,
  ...registryRules,
  ...mirrorRules,
];

/** What works in the sections of the core and is worth knowing. */
export const coreWarnings = [
  ...accessWarnings,
  ...endpointWarnings,
  ...networkWarnings,
  ...podRangeWarnings,
  ...nodeGroupWarnings,
  ...registryWarnings,
  ...versionWarnings,
];
