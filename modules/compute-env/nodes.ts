import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { isIPv4 } from "node:net";
import { NodeGroup } from "../aws/eks/node-group";
import { createNodeRole } from "../aws/eks/node-role";
import { NodeSecurityGroup } from "../aws/eks/node-security-group";
import { type NetworkOutputs } from "../contracts/network";
import {
  AUTOSCALED_BY,
  autoscalerOf,
  desiredSizeOf,
} from "../core/cluster/autoscaled-groups";
import { clientSecurityGroupsOf } from "../core/controllers/given";
import { networkFactsOf } from "../core/network-facts";
import { proxyOf, proxyPorts } from "../core/proxy";
import { portOf } from "../core/registries";
import { namesOf } from "../lib/names";
import { COMPUTE_NODES } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** Toleration of a pod, as Kubernetes has it. */
export interface Toleration {
  readonly key?: string | undefined;
  readonly operator: "Equal" | "Exists";
  readonly value?: string | undefined;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
}

/** Labels of the nodes that head pods and tasks run on; none: any node. */
export const nodeSelectorOf = ({
  computeEnv: { nodes },
}: ComputeEnvSettings): Readonly<Record<string, string>> =>
  nodes.kind === "existing"
    ? nodes.nodeSelector
    : { [COMPUTE_NODES.key]: COMPUTE_NODES.value };

/** What these nodes' taints ask of head pods and tasks. */
export const tolerationsOf = ({
  computeEnv: { nodes },
}: ComputeEnvSettings): readonly Toleration[] =>
  nodes.kind === "existing"
    ? nodes.tolerations
    : [{ ...COMPUTE_NODES, operator: "Equal", effect: "NoSchedule" }];

/** The nodes that are made here; nothing where they are given. */
export interface ComputeNodes {
  /** For those who need running nodes. */
  readonly resource?: ITerraformDependable;
  /** Group of the nodes: storage that is not made here has to admit it. */
  readonly securityGroupId?: string;
}

/** What the nodes stand on. */
export interface ComputeNodesInputs {
  readonly settings: ComputeEnvSettings;
  readonly network: NetworkOutputs;
}

/** EKS appends its own suffix to the prefix: 37 characters with the hyphen. */
const NAME_LIMIT = 36;

/**
 * The node group of pipelines, from 0 nodes with an autoscaler. Tasks are code of users: the nodes have a role and a security
 * group of their own, which neither Redis nor the database admits.
 */
export function createComputeNodes(
  scope: Construct,
  { settings, network }: ComputeNodesInputs,
): ComputeNodes {
  const { cluster, computeEnv, iam, region, tags } = settings;
  const { nodes } = computeEnv;
  if (nodes.kind === "existing") return {};
  const role = createNodeRole(scope, "node-role", {
    ...iam,
    name: namesOf(settings).iam("compute-node"),
    region,
    policyArns: cluster.nodePolicyArns,
  });
  const { securityGroupId, rules } = createNodeAccess(scope, settings, network);
  const { resource } = new NodeGroup(scope, "nodes", {
    ...nodes,
    desiredSize: desiredSizeOf(nodes),
    autoscaledBy:
      autoscalerOf(settings) === undefined
        ? undefined
        : { key: AUTOSCALED_BY, value: network.clusterName },
    name: namesOf(settings).of("compute", NAME_LIMIT),
    clusterName: network.clusterName,
    version: cluster.version,
    nodeRoleArn: role.arn,
    subnetIds: Object.values(network.privateSubnetIds),
    labels: { [COMPUTE_NODES.key]: COMPUTE_NODES.value },
    taints: [{ ...COMPUTE_NODES, effect: "NO_SCHEDULE" }],
    proxy: proxyOf(settings),
    securityGroupIds: [securityGroupId],
    tags,
    dependsOn: [...role.permissions, ...rules],
  });
  return { resource, securityGroupId };
}

function createNodeAccess(
  scope: Construct,
  settings: ComputeEnvSettings,
  network: NetworkOutputs,
): NodeSecurityGroup {
  return new NodeSecurityGroup(scope, "node-access", {
    name: namesOf(settings).of("compute-nodes"),
    description: "Nodes that pipelines run on",
    vpcId: network.vpcId,
    clusterSecurityGroupId: network.clusterSecurityGroupId,
    otherNodesSecurityGroupIds: clientSecurityGroupsOf(settings),
    ...storageAccess(settings),
    webPorts: webPorts(settings),
  });
}

/** Where an NFS server that has a name may be: networks are joined by private ranges (RFC 1918, RFC 6598). */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
];

/** Where storage answers. What a given claim speaks is not known: FSx for Lustre, for example, has ports of its own. */
function storageAccess(settings: ComputeEnvSettings): {
  fileCidrs: readonly string[];
  filePorts?: readonly [number, number];
} {
  const { storage } = settings.computeEnv;
  const { privateCidrs, vpcCidrs } = networkFactsOf(settings);
  switch (storage.kind) {
    case "efs":
      return { fileCidrs: Object.values(privateCidrs) };
    case "fusion":
      return { fileCidrs: [] };
    case "nfs":
      return {
        fileCidrs: isIPv4(storage.server)
          ? [`${storage.server}/32`]
          : [...new Set([...vpcCidrs, ...PRIVATE])],
      };
    case "claim":
      return { fileCidrs: vpcCidrs, filePorts: [1, 65535] };
  }
}

/** AWS and registries: the ports of the settings, of logins, of images and of the proxy. */
const webPorts = (settings: ComputeEnvSettings): number[] => [
  ...new Set([
    80,
    443,
    ...settings.computeEnv.egress.ports,
    ...Object.values(settings.computeEnv.images).flatMap(portOf),
    ...(settings.registries ?? []).flatMap(({ host }) => portOf(`${host}/`)),
    ...proxyPorts(settings),
  ]),
];
