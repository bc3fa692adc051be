import { systemNodes } from "../core/cluster/node-labels";
import { proxyEnvironment } from "../core/proxy";
import { REGISTRY_LOGINS } from "../core/registries";
import { type Dependencies } from "../kubernetes/create-all";
import { sha256 } from "../lib/sha256";
import { type APPS, type SECRETS, labelsOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/** What each part stands on. */
export interface PartInputs {
  readonly settings: EmgSettings;
  readonly secrets: {
    readonly checksums: Readonly<Partial<Record<keyof typeof SECRETS, string>>>;
  };
  readonly dependsOn: Dependencies;
}

/** What every pod of a part has. */
export const podDefaults = (
  settings: EmgSettings,
  part: keyof typeof APPS,
) => ({
  namespace: settings.emg.namespace,
  labels: labelsOf(part),
  nodeSelector: systemNodes(settings),
  pullSecrets: (settings.registries ?? []).length > 0 ? [REGISTRY_LOGINS] : [],
});

/** Name of the ConfigMap with the variables of the company's proxy. */
export const PROXY_CONFIG = "proxy-config";

/** What a pod has that goes through the proxy: nothing without one. */
export function proxied(settings: EmgSettings): {
  readonly configMaps: readonly string[];
  readonly checksums: Readonly<Record<string, string>>;
} {
  if (settings.network.proxy === undefined)
    return { configMaps: [], checksums: {} };
  const checksum = sha256(JSON.stringify(proxyEnvironment(settings)));
  return { configMaps: [PROXY_CONFIG], checksums: { proxy: checksum } };
}
