import { overlaps, within } from "../../lib/ip-range";
import { type Problem } from "../../lib/problem";
import { type Rule, eachOnce, runAll, when } from "../../settings/rule";
import { valueAt } from "../../settings/path";
import { type PlatformFacts, needsOf } from "../facts";
import {
  type ExistingClusterSettings,
  type ExistingNetworkSettings,
  isCreatedNetwork,
  isExistingCluster,
  isExistingNetwork,
} from "../kinds";
import { type CoreSettings } from "../settings/schema";

type NetworkRule = Rule<ExistingNetworkSettings>;
type ClusterRule = Rule<ExistingClusterSettings>;

const PRIVATE = "network.subnets.private";
const PUBLIC = "network.subnets.public";

/** EKS, stores and load balancers want two zones. */
const twoOrThreeZones: NetworkRule = ({ network: { subnets } }) => {
  const zones = Object.keys(subnets.private);
  return when(zones.length < 2 || zones.length > 3, () => ({
    path: PRIVATE,
    given: `${zones.length} (${zones.join(", ") || "none"})`,
    allowed: "the subnets of 2 or 3 zone letters",
    fix:
      zones.length < 2
        ? "add a private subnet of another zone: stores and the load balancer need two"
        : "keep three of them",
  }));
};

/** A load balancer sends nothing to pods of a zone that it is not in. */
const publicZones: NetworkRule = ({ network: { subnets } }) => {
  const zones = Object.keys(subnets.private).sort();
  const open = Object.keys(subnets.public).sort();
  return when(open.length > 0 && open.join() !== zones.join(), () => ({
    path: PUBLIC,
    given: open.join(", "),
    allowed: `the zone letters of ${PRIVATE}: ${zones.join(", ")}; or none, for an internal load balancer`,
    fix: "write one public subnet for each zone of the private ones: the load balancer reaches pods in its own zones only",
  }));
};

interface NamedSubnet {
  readonly path: string;
  readonly id: string;
  readonly cidr: string;
}

const subnetsOf = ({
  network: { subnets },
}: ExistingNetworkSettings): NamedSubnet[] =>
  [
    { path: PRIVATE, of: subnets.private },
    { path: PUBLIC, of: subnets.public },
  ].flatMap(({ path, of }) =>
    Object.entries(of).map(([zone, subnet]) => ({
      path: `${path}.${zone}`,
      ...subnet,
    })),
  );

/** A rule over each subnet and those that stand before it. */
const eachSubnet =
  (
    rule: (subnet: NamedSubnet, before: readonly NamedSubnet[]) => Problem[],
  ): NetworkRule =>
  (settings) => {
    const all = subnetsOf(settings);
    return all.flatMap((subnet, index) => rule(subnet, all.slice(0, index)));
  };

const everySubnetOnce = eachSubnet(({ path, id }, before) => {
  const same = before.find((other) => other.id === id);
  return when(same !== undefined, () => ({
    path: `${path}.id`,
    given: `"${id}", the same as ${same?.path ?? ""}.id`,
    allowed: "every subnet once",
    fix: "write the id of this zone's own subnet, or remove one of the two",
  }));
});

const subnetsApart = eachSubnet(({ path, id, cidr }, before) => {
  const other = before.find((one) => one.id !== id && overlaps(one.cidr, cidr));
  return when(other !== undefined, () => ({
    path: `${path}.cidr`,
    given: `"${cidr}", which overlaps ${other?.path ?? ""}.cidr ${other?.cidr ?? ""}`,
    allowed: "ranges without a common address, as the subnets of a VPC have",
    fix: "write the range that AWS has for this subnet",
  }));
});

const subnetsInRanges: NetworkRule = (settings) => {
  const { cidrs } = settings.network;
  return subnetsOf(settings).flatMap(({ path, cidr }) =>
    when(!within(cidrs, cidr), () => ({
      path: `${path}.cidr`,
      given: `"${cidr}"`,
      allowed: `a range in network.cidrs: ${cidrs.join(", ")}`,
      fix: "correct it, or add the range of the VPC that it is part of to network.cidrs",
    })),
  );
};

const rangesOnce: NetworkRule = ({ network }) => [
  ...eachOnce("network.cidrs", network.cidrs),
  ...eachOnce("network.endpointCidrs", network.endpointCidrs),
];

/** Pods would take a host of the VPC for a service. */
const servicesApart: NetworkRule = ({ cluster, network }) =>
  network.cidrs.flatMap((cidr, index) =>
    when(overlaps(cluster.serviceCidr, cidr), () => ({
      path: "cluster.serviceCidr",
      given: `"${cluster.serviceCidr}", which overlaps network.cidrs[${index}] ${cidr}`,
      allowed: `a range that shares no address with ${cidr}`,
      fix: isExistingCluster({ cluster } as CoreSettings)
        ? "write the range of services that the cluster has"
        : "choose another range of services; it cannot be changed later",
    })),
  );

/** A cluster is of one VPC for ever. */
const clusterInItsVpc: ClusterRule = (settings) =>
  when(isCreatedNetwork(settings), () => ({
    path: "cluster.kind",
    given: "existing, in a network that is made here",
    allowed: "a cluster that exists, with network.kind: existing",
    fix: "write network.kind: existing with the VPC of the cluster and its subnets, or cluster.kind: created: a cluster outside this VPC cannot use it",
  }));

const groupsOnce: ClusterRule = ({ cluster }) =>
  eachOnce("cluster.clientSecurityGroupIds", cluster.clientSecurityGroupIds);

/** A group of ours has a label of its own. */
const systemNodesOnce: ClusterRule = ({ cluster }) => {
  const labels = Object.keys(cluster.nodeSelectors.system);
  return when(
    labels.length > 0 && cluster.nodeGroups.system !== undefined,
    () => ({
      path: "cluster.nodeSelectors.system",
      given: `${labels.join(", ")}, beside cluster.nodeGroups.system`,
      allowed: "one of the two",
      fix: "remove it: the group has a label by which Wave and the controllers choose it; or remove the group",
    }),
  );
};

/** The role that they would be attached to is made with the first group. */
const policiesOfNodes: ClusterRule = ({ cluster }) => {
  const { nodePolicyArns, nodeGroups } = cluster;
  const hasGroups = Object.keys(nodeGroups).length > 0;
  return when(nodePolicyArns.length > 0 && !hasGroups, () => ({
    path: "cluster.nodePolicyArns",
    given: `${nodePolicyArns.length}, without cluster.nodeGroups`,
    allowed: "policies for nodes that are made here",
    fix: "remove it: the role of the cluster's own nodes is its owner's",
  }));
};

/** What mounts has to be there, whoever brings it. */
export const missingDriver = (
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): Problem[] => {
  if (!isExistingCluster(settings)) return [];
  const mounting = facts
    .filter(({ needs }) => needs.efs)
    .map(({ platform }) => platform);
  return when(
    settings.cluster.controllers.efsCsiDriver === "none" && needsOf(facts).efs,
    () => ({
      path: "cluster.controllers.efsCsiDriver",
      given: `none, and ${mounting.join(" and ")} mounts a file system in EFS`,
      allowed: "ours, or existing",
      fix: "write existing where the cluster has the EFS CSI driver, else ours",
    }),
  );
};

/** Keys of charts that are not installed. Takes the parsed YAML, because settings with their defaults have every key. */
export function idleCharts(
  settings: CoreSettings,
  document: unknown,
): Problem[] {
  if (!isExistingCluster(settings)) return [];
  const { loadBalancerController, efsCsiDriver } = settings.cluster.controllers;
  const given = asMap(valueAt(document, ["charts"]));
  const ofOwners = Object.entries({ loadBalancerController, efsCsiDriver })
    .filter(([chart, owner]) => chart in given && owner !== "ours")
    .map(([chart, owner]) => ({
      path: `charts.${chart}`,
      given: `a chart that is not installed: cluster.controllers.${chart} is ${owner}`,
      allowed: "charts of controllers of ours",
      fix: `remove it, or write cluster.controllers.${chart}: ours`,
    }));
  return [
    ...ofOwners,
    ...when("clusterAutoscaler" in given, () => ({
      path: "charts.clusterAutoscaler",
      given: "a chart that is installed in a cluster of ours only",
      allowed: "charts of controllers of ours",
      fix: "remove it: the nodes of this cluster are scaled by its owner",
    })),
  ];
}

const asMap = (value: unknown): object =>
  typeof value === "object" && value !== null ? value : {};

const ofNetwork: readonly NetworkRule[] = [
  twoOrThreeZones,
  publicZones,
  everySubnetOnce,
  subnetsApart,
  subnetsInRanges,
  rangesOnce,
  servicesApart,
];

const ofCluster: readonly ClusterRule[] = [
  clusterInItsVpc,
  groupsOnce,
  systemNodesOnce,
  policiesOfNodes,
];

/** Over what exists: what contradicts itself before AWS is asked. */
export const existingRules: readonly Rule<CoreSettings>[] = [
  (settings) =>
    isExistingNetwork(settings) ? runAll(ofNetwork, settings) : [],
  (settings) =>
    isExistingCluster(settings) ? runAll(ofCluster, settings) : [],
];
