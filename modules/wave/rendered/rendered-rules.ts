import { type WaveSettings } from "../settings/schema";
import * as absent from "./rendered-absent";
import * as accounts from "./rendered-accounts";
import * as autoscaling from "./rendered-autoscaling";
import * as builds from "./rendered-builds";
import * as configFile from "./rendered-config-file";
import * as configKeys from "./rendered-config-keys";
import * as environments from "./rendered-environments";
import * as ingress from "./rendered-ingress";
import * as jobs from "./rendered-jobs";
import * as jvm from "./rendered-jvm";
import * as network from "./rendered-network";
import * as pods from "./rendered-pods";
import * as policies from "./rendered-policies";
import { type RenderedRule, type Shape, shapeOf } from "./rendered-reading";
import * as registries from "./rendered-registries";
import * as rights from "./rendered-rights";
import * as secrets from "./rendered-secrets";
import * as storage from "./rendered-storage";
import * as stores from "./rendered-stores";
import * as surreal from "./rendered-surreal";
import * as trusts from "./rendered-trusts";

// The static rules of `wave-verification.md` 1, by what they apply to, and in the order of a report.

/** Of both lines and of Wave Lite. */
const ALWAYS: readonly RenderedRule[] = [
  configKeys.noForeignKeys,
  configKeys.mandatoryKeys,
  configFile.closedEndpoints,
  configFile.escapedPlaceholders,
  configFile.serverUrl,
  configFile.platformUrl,
  configFile.anonymousAccess,
  environments.requiredEnvironments,
  environments.noDeduction,
  environments.knownEnvironments,
  environments.mailEverywhereOrNowhere,
  environments.rateLimits,
  environments.regionAndNoKeys,
  jvm.podNameFirst,
  jvm.jvmPathsOffTheBuildMount,
  secrets.noUserInfoInAddresses,
  secrets.noSecretInTheConfigFile,
  secrets.noSecretInPods,
  stores.redisAddress,
  rights.noPowerfulRole,
  rights.noTokenByDefault,
  accounts.oneRolePerAccount,
  accounts.namespaces,
  policies.rolesOfTheShape,
  policies.serverPolicy,
  policies.noWildcards,
  trusts.oneSubjectPerRole,
  pods.restrictedPods,
  pods.nothingOfTheHost,
  pods.boundedContainers,
  pods.pinnedImages,
  ingress.clusterServices,
  ingress.fixedAnnotations,
  ingress.groupBySettingOnly,
  ingress.ingressHost,
  ingress.ingressPaths,
  ingress.listeners,
  ingress.loadBalancerName,
  autoscaling.autoscalerBounds,
  autoscaling.autoscalerMetrics,
  autoscaling.replicasLeftToTheAutoscaler,
  network.closedNamespaces,
  network.waveTraffic,
];

/** Of both lines with builds. */
const BUILDS: readonly RenderedRule[] = [
  configFile.camelCaseStorageKeys,
  storage.workspaceInTheMount,
  storage.claimOfTheBuildNamespace,
  storage.volumesAndClaimsInPairs,
  storage.accessPoints,
  builds.buildNodeSelector,
  builds.idleTimeouts,
  builds.quotaWithDefaults,
  rights.exactRole,
  rights.oneRoleBinding,
  network.buildsStayOutside,
];

/** Of the current line, with builds or without. */
const CURRENT: readonly RenderedRule[] = [
  configKeys.noStreamPool,
  jvm.jvmFitsThePod,
  stores.databasePasswords,
  stores.databaseAddress,
  network.storeTraffic,
  absent.nothingOfTheClassicLine,
];

const RULES: Readonly<Record<Shape, readonly RenderedRule[]>> = {
  classic: [
    ...ALWAYS,
    ...BUILDS,
    stores.surrealPassword,
    stores.redisAddressFromSecret,
    storage.databaseOnItsOwnClaim,
    registries.ecrLogin,
    registries.repositories,
    policies.buildPolicy,
    surreal.surrealAsksForAPassword,
    surreal.surrealArguments,
    surreal.surrealIsAlone,
    surreal.surrealAccount,
    surreal.surrealAddress,
    network.surrealClients,
  ],
  current: [
    ...ALWAYS,
    ...BUILDS,
    ...CURRENT,
    registries.ecrByRole,
    registries.buildTargets,
    jobs.trustedTimeout,
    jobs.quotaAboveJobs,
    jobs.objectPaths,
    jobs.jobMemory,
    jobs.writtenSwitches,
    policies.ecrPolicy,
    policies.cachePolicy,
    trusts.ecrTrust,
  ],
  lite: [...ALWAYS, ...CURRENT, absent.nothingOfBuilds],
};

/** The rules of the shape that the settings ask for. */
export const rulesOf = (settings: WaveSettings): readonly RenderedRule[] =>
  RULES[shapeOf(settings)];
