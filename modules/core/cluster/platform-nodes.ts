import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { NodeGroup, type NodeGroupProps } from "../../aws/eks/node-group";
import { createNodeRole } from "../../aws/eks/node-role";
import {
  NodeSecurityGroup,
  type NodeSecurityGroupProps,
} from "../../aws/eks/node-security-group";
import { type NetworkOutputs } from "../../contracts/network";
import { namesOf } from "../../lib/names";
import { clientSecurityGroupsOf } from "../controllers/given";
import { proxyOf, proxyPorts } from "../proxy";
import { portOf } from "../registries";
import { type CoreSettings } from "../settings/schema";
import {
  AUTOSCALED_BY,
  autoscalerOf,
  desiredSizeOf,
} from "./autoscaled-groups";

/** What a platform says of its nodes. */
export interface PlatformNodesProps extends Pick<
  NodeSecurityGroupProps,
  "fileCidrs" | "filePorts"
> {
  readonly settings: CoreSettings;
  readonly network: NetworkOutputs;
  /** End of the names: `compute`. */
  readonly name: string;
  /** What the nodes are for: `Nodes that pipelines run on`. AWS cannot change it later. */
  readonly description: string;
  /** Label and taint, by which pods choose the nodes and all others stay away. */
  readonly label: { readonly key: string; readonly value: string };
  /** The group of the settings; an autoscaler of ours changes its size. */
  readonly nodes: Pick<
    NodeGroupProps,
    | "instanceTypes"
    | "capacityType"
    | "minSize"
    | "maxSize"
    | "amiType"
    | "releaseVersion"
    | "diskGiB"
    | "volumeKmsKeyArn"
    | "maxUserNamespaces"
    | "pluginResources"
  > & { readonly desiredSize?: number | undefined };
  /** Ports of the internet that pods reach, besides those of registries that have a login, and of the proxy. */
  readonly ports: readonly number[];
}

/** Nodes, and their security group: what they are to reach has to admit it. */
export interface PlatformNodes {
  readonly resource: ITerraformDependable;
  readonly securityGroupId: string;
}

/** EKS appends its own suffix to the prefix: 37 characters with the hyphen. */
const NAME_LIMIT = 36;

/**
 * A node group of a platform's own, in its own stack. Its pods are code of users: the nodes have a role and a security group of
 * their own, which the stores of other platforms do not admit.
 */
export function createPlatformNodes(
  scope: Construct,
  props: PlatformNodesProps,
): PlatformNodes {
  const { settings, network, name, label, nodes } = props;
  const { cluster, iam, region, tags } = settings;
  const names = namesOf(settings);
  const role = createNodeRole(scope, "node-role", {
    ...iam,
    name: names.iam(`${name}-node`),
    region,
    policyArns: cluster.nodePolicyArns,
  });
  const { securityGroupId, rules } = createAccess(scope, props);
  const { resource } = new NodeGroup(scope, "nodes", {
    ...nodes,
    desiredSize: desiredSizeOf(nodes),
    autoscaledBy:
      autoscalerOf(settings) === undefined
        ? undefined
        : { key: AUTOSCALED_BY, value: network.clusterName },
    name: names.of(name, NAME_LIMIT),
    clusterName: network.clusterName,
    version: cluster.version,
    nodeRoleArn: role.arn,
    subnetIds: Object.values(network.privateSubnetIds),
    labels: { [label.key]: label.value },
    taints: [{ ...label, effect: "NO_SCHEDULE" }],
    proxy: proxyOf(settings),
    securityGroupIds: [securityGroupId],
    tags,
    dependsOn: [...role.permissions, ...rules],
  });
  return { resource, securityGroupId };
}

const createAccess = (
  scope: Construct,
  { settings, network, name, description, ports, ...files }: PlatformNodesProps,
): NodeSecurityGroup =>
  new NodeSecurityGroup(scope, "node-access", {
    name: namesOf(settings).of(`${name}-nodes`),
    description,
    vpcId: network.vpcId,
    clusterSecurityGroupId: network.clusterSecurityGroupId,
    otherNodesSecurityGroupIds: clientSecurityGroupsOf(settings),
    fileCidrs: files.fileCidrs,
    filePorts: files.filePorts,
    webPorts: [
      ...new Set([
        80,
        443,
        ...ports,
        ...(settings.registries ?? []).flatMap(({ host }) =>
          portOf(`${host}/`),
        ),
        ...proxyPorts(settings),
      ]),
    ],
  });
