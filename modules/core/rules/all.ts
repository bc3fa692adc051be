import { accessRules, accessWarnings } from "./access";
import { arnRules } from "./arns";
import { endpointRules, endpointWarnings } from "./endpoint";
import { existingRules } from "./existing";
import { imageRules } from "./images";
import { mirrorRules } from "./mirrors";
import { createdNetworkRules, networkRules, networkWarnings } from "./network";
import { nodeGroupRules, nodeGroupWarnings } from "./node-groups";
import { nodePolicyRules } from "./node-policies";
import { observabilityRules, observabilityWarnings } from "./observability";
import { podRangeRules, podRangeWarnings } from "./pod-range";
import { proxyRules } from "./proxy";
import { registryRules, registryWarnings } from "./registries";
import { tagRules } from "./tags";
import { createdVersionRules, versionRules, versionWarnings } from "./versions";
import {
  type CreatedClusterSettings,
  type CreatedNetworkSettings,
  isCreatedCluster,
  isCreatedNetwork,
} from "../kinds";
import { runAll } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

/** Rules that say nothing of a VPC that exists. */
const ofCreatedNetwork =
  <T>(rules: readonly ((settings: CreatedNetworkSettings) => T[])[]) =>
  (settings: CoreSettings): T[] =>
    isCreatedNetwork(settings) ? runAll(rules, settings) : [];

/** Rules that say nothing of a cluster that exists. */
const ofCreatedCluster =
  <T>(rules: readonly ((settings: CreatedClusterSettings) => T[])[]) =>
  (settings: CoreSettings): T[] =>
    isCreatedCluster(settings) ? runAll(rules, settings) : [];

/** Every contradiction that the sections of the core can have. */
export const coreRules = [
  ...accessRules,
  ...arnRules,
  ...networkRules,
  ...existingRules,
  ofCreatedNetwork([...createdNetworkRules, ...podRangeRules]),
  ofCreatedCluster([...endpointRules, ...createdVersionRules]),
  ...versionRules,
  ...tagRules,
  ...nodeGroupRules,
  ...nodePolicyRules,
  ...imageRules,
  ...proxyRules,
  ...registryRules,
  ...mirrorRules,
  ...observabilityRules,
];

/** What works in the sections of the core and is worth knowing. */
export const coreWarnings = [
  ...accessWarnings,
  ofCreatedCluster(endpointWarnings),
  ...networkWarnings,
  ofCreatedNetwork(podRangeWarnings),
  ...nodeGroupWarnings,
  ...registryWarnings,
  ...observabilityWarnings,
  ...versionWarnings,
];
