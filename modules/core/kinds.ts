import { type CoreSettings } from "./settings/schema";

type Network = CoreSettings["network"];
type Cluster = CoreSettings["cluster"];

/** Settings of an environment whose VPC is made here. */
export type CreatedNetworkSettings = CoreSettings & {
  readonly network: Extract<Network, { readonly kind: "created" }>;
};

/** Settings of an environment in a VPC that exists. */
export type ExistingNetworkSettings = CoreSettings & {
  readonly network: Extract<Network, { readonly kind: "existing" }>;
};

/** Settings of an environment whose cluster is made here. */
export type CreatedClusterSettings = CoreSettings & {
  readonly cluster: Extract<Cluster, { readonly kind: "created" }>;
};

/** Settings of an environment on a cluster that exists. */
export type ExistingClusterSettings = CoreSettings & {
  readonly cluster: Extract<Cluster, { readonly kind: "existing" }>;
};

/** Whether the VPC is made here. */
export const isCreatedNetwork = (
  settings: CoreSettings,
): settings is CreatedNetworkSettings => settings.network.kind === "created";

/** Whether the VPC exists. */
export const isExistingNetwork = (
  settings: CoreSettings,
): settings is ExistingNetworkSettings => settings.network.kind === "existing";

/** Whether the cluster is made here. */
export const isCreatedCluster = (
  settings: CoreSettings,
): settings is CreatedClusterSettings => settings.cluster.kind === "created";

/** Whether the cluster exists. */
export const isExistingCluster = (
  settings: CoreSettings,
): settings is ExistingClusterSettings => settings.cluster.kind === "existing";

/** Whether the agents of CloudWatch are installed here. */
export const hasAgents = ({
  observability,
}: Pick<CoreSettings, "observability">): boolean =>
  observability?.addOn === "ours";
