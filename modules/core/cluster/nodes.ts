import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import {
  AfterComputeAddOns,
  BeforeComputeAddOns,
} from "../../aws/eks/cluster-add-ons";
import { type CreatedClusterSettings } from "../kinds";
import { type ClusterFields, createAccess } from "./cluster";
import { NodeGroups } from "./node-groups";
import { SYSTEM_NODES } from "./node-labels";
import { type ClusterNetwork } from "./vpc";

/** What nodes stand on. */
export interface NodesInputs {
  readonly vpc: ClusterNetwork["vpc"];
  readonly cluster: ClusterFields;
  /** What nodes need of the network to join, and to be drained. */
  readonly connectivity: readonly ITerraformDependable[];
  /** Ports of registries that builds reach, besides 80 and 443. */
  readonly buildPorts: readonly number[];
}

/** In this order: way in, add-ons of nodes, nodes, add-ons that are pods. */
export function createNodes(
  scope: Construct,
  settings: CreatedClusterSettings,
  { vpc, cluster, connectivity, buildPorts }: NodesInputs,
) {
  const { clusterName } = cluster;
  const addOns = {
    clusterName,
    kubernetesVersion: settings.cluster.version,
    versions: settings.cluster.addOns,
  };
  const access = createAccess(scope, settings, clusterName);
  const before = new BeforeComputeAddOns(scope, "node-add-ons", {
    ...addOns,
    networkPolicyMode: settings.cluster.networkPolicyMode,
  });
  const nodes = new NodeGroups(scope, "nodes", {
    settings,
    clusterName,
    clusterSecurityGroupId: cluster.securityGroupId,
    vpcId: vpc.vpcId,
    buildPorts,
    subnetIds: Object.values(vpc.privateSubnetIds),
    dependsOn: [...access.deployer, ...before.resources, ...connectivity],
  });
  const after = new AfterComputeAddOns(scope, "pod-add-ons", {
    ...addOns,
    // Off the build nodes, which are not tainted and whose security group admits no other node.
    nodeSelector: SYSTEM_NODES,
    dependsOn: nodes.system ? [nodes.system] : [],
  });
  return { nodes, addOnVersions: { ...before.versions, ...after.versions } };
}
