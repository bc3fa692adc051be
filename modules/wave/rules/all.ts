import { arnRules } from "./arns";
import { autoscalingRules, autoscalingWarnings } from "./autoscaling";
import { buildNodeRules } from "./build-nodes";
import { cacheRules } from "./cache";
import { capacityRules } from "./capacity";
import { dataRules, dataWarnings } from "./data";
import { domainRules, domainWarnings } from "./domain";
import { egressRules } from "./egress";
import { environmentRules, environmentWarnings } from "./environments";
import {
  existingClusterRules,
  existingClusterWarnings,
} from "./existing-cluster";
import { imageRules, imageWarnings } from "./images";
import { ingressRules, ingressWarnings } from "./ingress";
import { jobRules, jobWarnings } from "./jobs";
import { jvmRules } from "./jvm";
import { jvmPathRules } from "./jvm-paths";
import { modeRules } from "./mode";
import { mountPathRules } from "./mount-paths";
import { redisPoolRules } from "./redis-pool";
import { registryWarnings } from "./registries";
import { privateNetworkRules, privateNetworkWarnings } from "./private-network";
import { serverNodeRules, serverNodeWarnings } from "./server-nodes";
import { serverRules, serverWarnings } from "./server";
import { versionRules, versionWarnings } from "./versions";

/** Every contradiction that settings with Wave can have, less those of the core. */
export const waveRules = [
  ...arnRules,
  ...versionRules,
  ...modeRules,
  ...buildNodeRules,
  ...existingClusterRules,
  ...capacityRules,
  ...autoscalingRules,
  ...jobRules,
  ...dataRules,
  ...domainRules,
  ...egressRules,
  ...ingressRules,
  ...imageRules,
  ...privateNetworkRules,
  ...cacheRules,
  ...jvmRules,
  ...jvmPathRules,
  ...mountPathRules,
  ...environmentRules,
  ...redisPoolRules,
  ...serverRules,
  ...serverNodeRules,
];

/** Texts that Wave resolves itself: they are written with `${` and `%{` escaped. */
export const waveEscapedTexts = ["wave.jvmOptions"];

/** What works with Wave and is worth knowing. */
export const waveWarnings = [
  ...versionWarnings,
  ...existingClusterWarnings,
  ...autoscalingWarnings,
  ...jobWarnings,
  ...dataWarnings,
  ...domainWarnings,
  ...ingressWarnings,
  ...imageWarnings,
  ...privateNetworkWarnings,
  ...environmentWarnings,
  ...registryWarnings,
  ...serverWarnings,
  ...serverNodeWarnings,
];
