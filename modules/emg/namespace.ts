import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Construct } from "constructs";
import {
  type ClosedNamespace,
  createClosedNamespace,
} from "../core/controllers/platform-controller";
import { networkFactsOf } from "../core/network-facts";
import { proxyEnvironment } from "../core/proxy";
import { type RegistryLogin } from "../core/registries";
import { createAll } from "../kubernetes/create-all";
import { EMG_LABEL } from "./names";
import { networkPolicies } from "./network-policies";
import { PROXY_CONFIG } from "./pods";
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
): ClosedNamespace {
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
  if (settings.network.proxy === undefined) return [...closed, ...policies];
  const proxy = new ConfigMapV1(scope, PROXY_CONFIG, {
    metadata: { name: PROXY_CONFIG, namespace: settings.emg.namespace },
    data: proxyEnvironment(settings),
    dependsOn: [...closed],
  });
  return [...closed, ...policies, proxy];
}
