import { type Effect } from "./effect";

/** The rows of a VPC and a cluster that exist. */
export const EXISTING_EFFECTS: readonly Effect[] = [
  {
    keys: ["network.kind", "network.vpcId", "cluster.kind", "cluster.name"],
    does: "refused",
    remark:
      "Everything stands in it: another environment. While `retain` is on, the plan refuses to give up a VPC or a cluster that was made here, to leave the cluster that the roles of service accounts trust, and to give another name to a cluster that was made here: EKS renames none. From `existing` to `created` nothing refuses it: a second VPC or cluster is made",
    warn: true,
  },
  {
    keys: ["access.manage"],
    does: "in place",
    remark:
      "In a cluster that exists. On: the access entries of the deployer and the admins are made; one that is there already is refused by EKS. Off: they go, and the deployer's with them, so that the cluster's owner makes one again before the next deploy",
  },
  {
    keys: ["network.cidrs", "network.endpointCidrs", "cluster.networkPolicies"],
    does: "in place",
    remark: "Network policies",
  },
  {
    keys: ["network.subnets.private"],
    does: "replaced",
    remark:
      "Mount targets, for whose time mounts in that zone hang, and nodes of ours. Redis and the database stay where they are: AWS refuses to take away a subnet that one stands in. A further zone comes in place",
    warn: true,
  },
  {
    keys: ["network.subnets.public"],
    does: "in place",
    remark: "The load balancer stands in the other subnets",
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
    keys: ["cluster.controllers.*"],
    does: "in place",
    remark:
      "From `ours` to `existing` removes ours, and only then the owner's can come: their names are there once. Load balancers stay; mounts of EFS hang until its driver is there, Wave's pods may have to be made anew, and builds that run are lost. The other way the owner's goes first",
    warn: true,
  },
  {
    keys: ["cluster.oidcProvider"],
    does: "in place",
    remark:
      "From `ours` to `existing` deletes the provider that every role trusts, and with it their logins: take it out of the state of `identity` first (`terraform state rm`). The other way IAM refuses a second one for the issuer: import it",
    warn: true,
  },
];
