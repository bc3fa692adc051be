import {
  type RoleDefinition,
  type TrustedProvider,
  trustDocument,
} from "../aws/role-trust";
import { partitionOf } from "../lib/aws-partition";
import { type Problem, ProblemReport } from "../lib/problem";
import { type Settings } from "../settings/schema";
import { renderWave } from "../wave/render";
import { waveRoles } from "../wave/roles";
import { standInInputs } from "../wave/stand-in-inputs";
import * as autoscaling from "./rendered-autoscaling";
import * as builds from "./rendered-builds";
import * as configFile from "./rendered-config-file";
import * as environments from "./rendered-environments";
import * as ingress from "./rendered-ingress";
import * as jvm from "./rendered-jvm";
import * as network from "./rendered-network";
import * as pods from "./rendered-pods";
import * as policies from "./rendered-policies";
import {
  type Rendered,
  type RenderedRole,
  type RenderedRule,
  propertiesOf,
} from "./rendered-reading";
import * as rights from "./rendered-rights";
import * as secrets from "./rendered-secrets";
import * as storage from "./rendered-storage";
import * as surreal from "./rendered-surreal";
import * as trusts from "./rendered-trusts";

/** All static rules over rendered objects, in the order of a report (`wave-verification.md` 1, classic). */
export const renderedRules: readonly RenderedRule[] = [
  configFile.noKeyOfTheCurrentLine,
  configFile.mandatoryKeys,
  configFile.camelCaseStorageKeys,
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
  secrets.surrealPassword,
  secrets.redisPassword,
  secrets.redisAddress,
  storage.workspaceInTheMount,
  storage.claimOfTheBuildNamespace,
  storage.volumesAndClaimsInPairs,
  storage.accessPoints,
  storage.databaseOnItsOwnClaim,
  builds.buildNodeSelector,
  builds.ecrLogin,
  builds.repositories,
  builds.idleTimeouts,
  builds.quotaWithDefaults,
  rights.exactRole,
  rights.oneRoleBinding,
  rights.noPowerfulRole,
  rights.noTokenByDefault,
  rights.oneRolePerAccount,
  rights.namespaces,
  policies.serverPolicy,
  policies.buildPolicy,
  policies.noWildcards,
  trusts.oneSubjectPerRole,
  surreal.surrealAsksForAPassword,
  surreal.surrealArguments,
  surreal.surrealIsAlone,
  surreal.surrealAccount,
  surreal.surrealAddress,
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
  network.buildsStayOutside,
  network.surrealClients,
  network.waveTraffic,
];

/**
 * Renders Wave with literals in the place of what only AWS knows, and judges the result: all problems at once, before
 * anything is written. A placeholder without a value, and a value without a placeholder, are problems too.
 */
export function checkRendered(settings: Settings): Problem[] {
  try {
    return judge(render(settings));
  } catch (error) {
    if (error instanceof ProblemReport) return [...error.problems];
    throw error;
  }
}

/** What is judged, before the rules' own view of it is added. */
export type RenderedParts = Omit<Rendered, "properties">;

/** What every rule finds. */
export function judge(parts: RenderedParts): Problem[] {
  const properties = propertiesOf(parts.objects.configFile);
  return renderedRules.flatMap((rule) => rule({ ...parts, properties }));
}

/** Objects and roles of Wave as the stacks place them, with stand-in values. */
export function render(settings: Settings): RenderedParts {
  const inputs = standInInputs(settings);
  const roles: Record<string, RenderedRole> = {};
  for (const [name, role] of Object.entries<RoleDefinition | undefined>({
    ...waveRoles(settings, inputs.data),
  })) {
    if (role === undefined) continue;
    const partition = partitionOf(settings.region);
    const provider = standInProvider(settings);
    roles[name] = {
      trust: trustDocument(role.trust, partition, provider),
      permissions: role.policy,
    };
  }
  return {
    settings,
    objects: renderWave(settings, inputs),
    roles: roles as Rendered["roles"],
  };
}

/** Stands for the cluster's OIDC provider. */
function standInProvider({ region, accountId }: Settings): TrustedProvider {
  const issuerHost = `oidc.eks.${region}.amazonaws.com/id/00000000000000000000000000000000`;
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuerHost}`;
  return { arn, issuerHost };
}
