import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NodeGroup, type NodeTaint } from "../../aws/eks/node-group";
import { createNodeRole } from "../../aws/eks/node-role";
import { NodeSecurityGroup } from "../../aws/eks/node-security-group";
import { type ServiceRole } from "../../aws/iam/service-role";
import { namesOf } from "../../lib/names";
import { type CreatedClusterSettings } from "../kinds";
import { networkFactsOf } from "../network-facts";
import { type CoreSettings } from "../settings/schema";
import { clientSecurityGroupsOf } from "../controllers/given";
import { proxyOf, proxyPorts } from "../proxy";
import { BUILD_GROUPS, SERVICE_LABELS, nodeGroupId } from "./node-labels";
import {
  AUTOSCALED_BY,
  desiredSizeOf,
  isAutoscaled,
} from "./autoscaled-groups";

/** Properties of `NodeGroups`. */
export interface NodeGroupsProps {
  readonly settings: CoreSettings;
  readonly clusterName: string;
  /** The group that EKS makes for the cluster. */
  readonly clusterSecurityGroupId: string;
  readonly vpcId: string;
  /** Private subnets. */
  readonly subnetIds: readonly string[];
  /**
   * Ports of registries that builds and their nodes reach, besides 80 and 443.
   * @default none
   */
  readonly buildPorts?: readonly number[];
  /** What nodes need to come up and to be drained. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Last part of the name of the nodes' role. */
export const NODE_ROLE = "eks-node";

/** EKS appends its own suffix to the prefix: 37 characters with the hyphen. */
const NAME_LIMIT = 36;

/** Effects of a taint, as the settings and Kubernetes spell them, and as the API of EKS does. */
const TAINT_EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

type Groups = CreatedClusterSettings["cluster"]["nodeGroups"];

/** One group of the settings; those that the product knows have no labels and taints to choose. */
type NodeGroupSettings = Omit<Groups["system"], "desiredSize"> &
  Pick<Groups[string], "labels" | "taints"> & { desiredSize?: number };

/** Where mount targets answer. */
const fileCidrsOf = (settings: CoreSettings): string[] =>
  settings.network.kind === "created"
    ? [settings.network.cidr]
    : Object.values(networkFactsOf(settings).privateCidrs);

/**
 * The groups of `cluster.nodeGroups`, and the role of their nodes. `system` and the groups of builds are not tainted: Wave
 * sets no tolerations on its builds.
 */
export class NodeGroups extends Construct {
  /** For those who need running nodes of the group `system`; undefined in a cluster that exists, where there is none. */
  readonly system: ITerraformDependable | undefined;
  /** Security group of the nodes that builds run on; undefined where there are none. */
  readonly buildSecurityGroupId: string | undefined;
  private readonly buildAccess: NodeSecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: NodeGroupsProps) {
    super(scope, id);
    const { iam, region, cluster } = props.settings;
    const role = createNodeRole(this, "role", {
      ...iam,
      name: namesOf(props.settings).iam(NODE_ROLE),
      region,
      policyArns: cluster.nodePolicyArns,
    });
    this.buildAccess = this.createBuildAccess(props);
    this.buildSecurityGroupId = this.buildAccess?.securityGroupId;
    const { system, ...others } = cluster.nodeGroups;
    this.system =
      system && this.createGroup("system", system, role, props).resource;
    for (const [key, nodes] of Object.entries<NodeGroupSettings | undefined>(
      others,
    ))
      if (nodes !== undefined) this.createGroup(key, nodes, role, props);
  }

  private createBuildAccess({
    settings,
    vpcId,
    clusterSecurityGroupId,
    buildPorts = [],
  }: NodeGroupsProps): NodeSecurityGroup | undefined {
    const { nodeGroups } = settings.cluster;
    if (BUILD_GROUPS.every((key) => nodeGroups[key] === undefined))
      return undefined;
    return new NodeSecurityGroup(this, "build-access", {
      name: namesOf(settings).of("build-nodes"),
      description: "Nodes that builds run on",
      vpcId,
      clusterSecurityGroupId,
      otherNodesSecurityGroupIds: clientSecurityGroupsOf(settings),
      fileCidrs: fileCidrsOf(settings),
      webPorts: [...new Set([80, 443, ...buildPorts, ...proxyPorts(settings)])],
    });
  }

  private createGroup(
    key: string,
    { taints = [], labels, ...nodes }: NodeGroupSettings,
    role: ServiceRole,
    { settings, clusterName, subnetIds, dependsOn }: NodeGroupsProps,
  ): NodeGroup {
    const id = nodeGroupId(key);
    const services: Readonly<Record<string, string>> = SERVICE_LABELS;
    const service = services[key];
    const access = BUILD_GROUPS.includes(key) ? this.buildAccess : undefined;
    return new NodeGroup(this, id, {
      ...nodes,
      desiredSize: desiredSizeOf(nodes),
      autoscaledBy: isAutoscaled(settings, key)
        ? { key: AUTOSCALED_BY, value: clusterName }
        : undefined,
      name: namesOf(settings).of(id, NAME_LIMIT),
      clusterName,
      version: settings.cluster.version,
      nodeRoleArn: role.arn,
      subnetIds,
      labels: service === undefined ? labels : { service },
      proxy: proxyOf(settings),
      securityGroupIds: access && [access.securityGroupId],
      taints: taints.map(({ effect, ...taint }): NodeTaint => ({
        ...taint,
        effect: TAINT_EFFECTS[effect],
      })),
      tags: settings.tags,
      dependsOn: [...role.permissions, ...dependsOn, ...(access?.rules ?? [])],
    });
  }
}
