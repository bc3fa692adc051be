import {
  type ExistingClusterSettings,
  type ExistingNetworkSettings,
  isExistingCluster,
  isExistingNetwork,
} from "../../../modules/core/kinds";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type ForeignInput } from "./foreign";

type Given = ExistingNetworkSettings & ExistingClusterSettings;

const isGiven = (settings: CoreSettings): settings is Given =>
  isExistingNetwork(settings) && isExistingCluster(settings);

/** Node groups by the selectors that the settings know them by. */
const GROUPS = {
  general: "system",
  builders: "build",
  "builders-arm": "buildArm64",
} as const;

/**
 * The VPC and the cluster that fit the settings: all of it but the ids.
 * @throws Error when they are made by the settings' own stacks.
 */
export function foreignOf(settings: CoreSettings): ForeignInput {
  if (!isGiven(settings))
    throw new Error("settings/example-existing.yaml: both kinds are existing");
  const { region, access, network, cluster } = settings;
  return {
    region,
    deployer: access.deployer,
    vpc_cidrs: network.cidrs,
    private: rangesOf(network.subnets.private),
    public: rangesOf(network.subnets.public),
    cluster: {
      name: cluster.name,
      version: cluster.version,
      service_cidr: cluster.serviceCidr,
    },
    node_groups: Object.fromEntries(
      Object.entries(GROUPS).flatMap(([name, key]) => {
        const labels = cluster.nodeSelectors[key];
        return labels === undefined ? [] : [[name, labels]];
      }),
    ),
  };
}

const rangesOf = (
  subnets: Readonly<Record<string, { readonly cidr: string }>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(subnets).map(([zone, { cidr }]) => [zone, cidr]),
  );
