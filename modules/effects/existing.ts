import { type Effect } from "./effect";

/** The rows of a VPC and a cluster that exist. */
export const EXISTING_EFFECTS: readonly Effect[] = [
  {
    keys: ["network.kind", "network.vpcId", "cluster.kind", "cluster.name"],
    does: "refused",
    remark: "Everything stands in it: another environment",
  },
  {
    keys: ["network.cidrs", "network.endpointCidrs", "cluster.networkPolicies"],
    does: "in place",
    remark: "Network policies",
  },
  {
    keys: ["cluster.clientSecurityGroupIds"],
    does: "in place",
    remark: "Rules of the stores' security groups",
  },
  {
    keys: ["cluster.nodeSelectors.*"],
    does: "restarts Wave",
    remark: "Pods move to the nodes that have the labels",
    warn: true,
  },
  {
    keys: ["cluster.controllers.*", "cluster.oidcProvider"],
    does: "in place",
    remark:
      "From `ours` to `existing` removes ours: install the other one first",
    warn: true,
  },
];
