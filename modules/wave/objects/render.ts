import { type WaveSettings } from "../settings/schema";
import { autoscaler } from "./autoscaler";
import { buildCleanupObjects } from "./build-cleanup-objects";
import { buildRole } from "./build-role";
import { buildSweep } from "./build-sweep";
import { configFile } from "../config/config-file";
import { configMap } from "../config/config-map";
import { disruptionBudget } from "./disruption-budget";
import { waveIngress } from "./ingress";
import { WAVE } from "./kubernetes-names";
import { hasBuilds, isClassic } from "../release/line";
import { waveNamespaces } from "./namespaces";
import { networkPolicies } from "./network-policies";
import { type WaveInputs, type WaveObjects, type WaveParts } from "./objects";
import { buildLimitRange, buildQuota } from "./quota";
import { serverDeployment } from "./server-deployment";
import { waveService } from "./service";
import { serviceAccounts } from "../identity/service-accounts";
import { storageObjects } from "./storage";
import { surrealExport } from "./surreal-export";
import { surrealObjects } from "./surrealdb";

/**
 * Every Kubernetes object of Wave, of either line and of Wave Lite, except for Secrets, which hold values only Terraform
 * may see.
 */
export function renderWave(
  settings: WaveSettings,
  inputs: WaveInputs,
): WaveObjects {
  return {
    configFile: configFile(settings, inputs),
    configMap: configMap(settings, inputs),
    namespaces: waveNamespaces(settings),
    ...joined([
      server(settings, inputs),
      ...(hasBuilds(settings) ? builds(settings, inputs) : []),
    ]),
    ...(hasBuilds(settings) && {
      quota: buildQuota(settings),
      limitRange: buildLimitRange(settings),
    }),
    disruptionBudget: disruptionBudget(settings),
    ingress: waveIngress(settings, inputs),
    autoscaler: autoscaler(settings),
  };
}

/** Wave itself, and what it and its builds have in common. */
function server(
  settings: WaveSettings,
  inputs: WaveInputs,
): Partial<WaveParts> {
  return {
    serviceAccounts: serviceAccounts(settings, inputs),
    deployments: { [WAVE]: serverDeployment(settings, inputs) },
    services: { [WAVE]: waveService(settings) },
    networkPolicies: networkPolicies(settings, inputs),
  };
}

/** What builds need. Only the classic line has a store in the cluster, and pods that outlive their build. */
function builds(
  settings: WaveSettings,
  inputs: WaveInputs,
): readonly Partial<WaveParts>[] {
  const common = [buildRole(settings), storageObjects(settings, inputs)];
  if (!isClassic(settings))
    return [...common, buildCleanupObjects(settings, inputs)];
  return [
    ...common,
    surrealObjects(settings, inputs),
    surrealExport(settings, inputs),
    buildSweep(settings, inputs),
  ];
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
