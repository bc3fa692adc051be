import { REGISTRY_LOGINS } from "../core/registries";
import { configFile } from "./config/config-file";
import { configMap } from "./config/config-map";
import { serviceAccounts } from "./identity/service-accounts";
import { autoscaler } from "./objects/autoscaler";
import { buildCleanupObjects } from "./objects/build-cleanup";
import { buildRole } from "./objects/build-role";
import { buildSweep } from "./objects/build-sweep";
import {
  buildDisruptionBudget,
  disruptionBudget,
} from "./objects/disruption-budget";
import { waveIngress } from "./objects/ingress";
import { WAVE } from "./objects/kubernetes-names";
import { waveNamespaces } from "./objects/namespaces";
import { mayLoseBuildNodes } from "./objects/nodes";
import { networkPolicies } from "./objects/network-policies";
import {
  type WaveInputs,
  type WaveObjects,
  type WaveParts,
} from "./objects/objects";
import { buildLimitRange, buildQuota } from "./objects/quota";
import { serverDeployment } from "./objects/server-deployment";
import { waveService } from "./objects/service";
import { storageObjects } from "./objects/storage";
import { surrealExport } from "./objects/surreal-export";
import { surrealObjects } from "./objects/surrealdb";
import { hasBuilds } from "./release/line";
import { type WaveEnvironment } from "./release/release";

/** Every Kubernetes object of Wave as plain data, except for Secrets, whose values only Terraform may see. */
export function waveObjects(
  settings: WaveEnvironment,
  inputs: WaveInputs,
): WaveObjects {
  const server = {
    serviceAccounts: serviceAccounts(settings, inputs),
    deployments: { [WAVE]: serverDeployment(settings, inputs) },
    services: { [WAVE]: waveService(settings) },
    networkPolicies: networkPolicies(settings, inputs),
  };
  const parts = joined([server, ...buildParts(settings, inputs)]);
  return {
    configFile: configFile(settings, inputs),
    configMap: configMap(settings, inputs),
    namespaces: waveNamespaces(settings),
    ...parts,
    serviceAccounts: withPullSecrets(settings, parts.serviceAccounts),
    ...(hasBuilds(settings) && {
      quota: buildQuota(settings),
      limitRange: buildLimitRange(settings),
    }),
    ...(hasBuilds(settings) &&
      mayLoseBuildNodes(settings) && {
        buildDisruptionBudget: buildDisruptionBudget(settings),
      }),
    disruptionBudget: disruptionBudget(settings),
    ingress: waveIngress(settings, inputs),
    autoscaler: autoscaler(settings),
  };
}

/** Every pod of an account pulls with the logins: those that Wave makes name an account, and no Secret. */
const withPullSecrets = (
  { registries = [] }: WaveEnvironment,
  accounts: WaveParts["serviceAccounts"],
): WaveParts["serviceAccounts"] =>
  registries.length === 0
    ? accounts
    : Object.fromEntries(
        Object.entries(accounts).map(([name, account]) => [
          name,
          { ...account, imagePullSecret: [{ name: REGISTRY_LOGINS }] },
        ]),
      );

/** What builds need. Only the classic line has a store in the cluster, and pods that outlive their build. */
function buildParts(
  settings: WaveEnvironment,
  inputs: WaveInputs,
): Partial<WaveParts>[] {
  if (!hasBuilds(settings)) return [];
  const common = [buildRole(settings), storageObjects(settings, inputs)];
  return settings.release.isClassic
    ? [
        ...common,
        surrealObjects(settings, inputs),
        surrealExport(settings, inputs),
        buildSweep(settings, inputs),
      ]
    : [...common, buildCleanupObjects(settings, inputs)];
}

/** The objects of all parts, kind by kind. A key that two parts use is a mistake of ours. */
function joined(parts: readonly Partial<WaveParts>[]): WaveParts {
  const join = <Kind extends keyof WaveParts>(kind: Kind): WaveParts[Kind] => {
    const entries = parts.flatMap((part) => Object.entries(part[kind] ?? {}));
    const keys = new Set(entries.map(([key]) => key));
    if (keys.size < entries.length)
      throw new Error(`Two ${kind} of Wave have one key.`);
    return Object.fromEntries(entries) as WaveParts[Kind];
  };
  return {
    serviceAccounts: join("serviceAccounts"),
    roles: join("roles"),
    roleBindings: join("roleBindings"),
    volumes: join("volumes"),
    claims: join("claims"),
    deployments: join("deployments"),
    services: join("services"),
    cronJobs: join("cronJobs"),
    networkPolicies: join("networkPolicies"),
  };
}
