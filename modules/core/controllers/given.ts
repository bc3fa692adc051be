import { type CoreSettings } from "../settings/schema";

/** Whose a controller is: installed here, in the cluster already, or missing. */
export type Owner = "ours" | "existing" | "none";

/** Whose the controllers are. In a cluster that is made here all are ours. */
export const controllersOf = ({
  cluster,
}: Pick<CoreSettings, "cluster">): Readonly<
  Record<"loadBalancerController" | "efsCsiDriver" | "metricsServer", Owner>
> =>
  cluster.kind === "existing"
    ? cluster.controllers
    : {
        loadBalancerController: "ours",
        efsCsiDriver: "ours",
        metricsServer: "ours",
      };

/** Whose the IAM OIDC provider of the cluster is. */
export const oidcProviderOf = ({
  cluster,
}: Pick<CoreSettings, "cluster">): "ours" | "existing" =>
  cluster.kind === "existing" ? cluster.oidcProvider : "ours";

/** Security groups of a given cluster's nodes, beside the one that EKS made for it. */
export const clientSecurityGroupsOf = ({
  cluster,
}: Pick<CoreSettings, "cluster">): readonly string[] =>
  cluster.kind === "existing" ? cluster.clientSecurityGroupIds : [];
