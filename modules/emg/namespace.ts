import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Construct } from "constructs";
import { systemNodes } from "../core/cluster/node-labels";
import { createClosedNamespace } from "../core/controllers/platform-controller";
import { networkFactsOf } from "../core/network-facts";
import { REGISTRY_LOGINS, type RegistryLogin } from "../core/registries";
import { type Dependencies, createAll } from "../kubernetes/create-all";
import { type APPS, EMG_LABEL, labelsOf } from "./names";
import { networkPolicies } from "./network-policies";
import { type EmgSettings } from "./settings/schema";

/** Creates the namespace, closed but for what each part takes and reaches: all that stands in it waits for these. */
export function createNamespace(
  scope: Construct,
  {
    settings,
    registryLogins,
  }: {
    readonly settings: EmgSettings;
    readonly registryLogins: readonly RegistryLogin[];
  },
): Dependencies {
  const closed = createClosedNamespace(scope, "emg", {
    name: settings.emg.namespace,
    partOf: "emg",
    labels: EMG_LABEL,
    podSecurity: settings.emg.podSecurity,
    registryLogins,
    retain: settings.retain,
  });
  const policies = createAll(
    scope,
    "network-policy",
    NetworkPolicyV1,
    networkPolicies(settings, networkFactsOf(settings)),
    () => closed,
  );
  return [...closed, ...policies];
}

/** What every pod of a part has. */
export const podOf = (settings: EmgSettings, part: keyof typeof APPS) => ({
  namespace: settings.emg.namespace,
  labels: labelsOf(part),
  nodeSelector: systemNodes(settings),
  pullSecrets: (settings.registries ?? []).length > 0 ? [REGISTRY_LOGINS] : [],
});
