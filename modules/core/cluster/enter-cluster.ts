import { type TerraformStack } from "cdktf";
import {
  type IdentityOutputs,
  identityOutputs,
} from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { readOutputs } from "../../contracts/outputs";
import { createClusterAccess } from "../../kubernetes/cluster-access";
import {
  type RegistryLogin,
  createChartRegistries,
  createRegistryLogins,
} from "../registries";
import { type CoreSettings } from "../settings/schema";
import { readNetwork } from "../state/read-network";
import { readState } from "../state/remote-state";
import { laneOf } from "../versions/lanes";
import { kubeAuthOf } from "./cluster";

/** What a stack that works in the cluster stands on. */
export interface EnteredCluster {
  readonly network: NetworkOutputs;
  readonly identity: IdentityOutputs;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
}

/**
 * Reads what `network` and `identity` have made, and logs the stack in to the cluster and to the registries.
 *
 * @param chartRepositories Where the charts of the stack are; those of `oci://` may ask for a login.
 */
export function enterCluster(
  stack: TerraformStack,
  settings: CoreSettings,
  chartRepositories: readonly string[] = [],
): EnteredCluster {
  const network = readNetwork(stack, settings);
  const identity = readOutputs(
    readState(stack, settings, "identity"),
    identityOutputs,
    {},
  );
  const registryLogins = createRegistryLogins(stack, settings);
  createClusterAccess(stack, {
    ...network,
    region: settings.region,
    auth: kubeAuthOf(settings),
    roleArn: settings.access.assumeRole?.roleArn,
    chartRegistries: createChartRegistries(
      stack,
      chartRepositories,
      registryLogins,
    ),
    versions: laneOf().providers,
  });
  return { network, identity, registryLogins };
}
