import ipaddr from "ipaddr.js";
import { type Graph, type Subject, ofType } from "../../tools/audit/graph";
import {
  matches,
  policiesOf,
  portOf,
} from "../../tools/audit/network-policies";
import { at, first, referred } from "../../tools/audit/reading";

/** One end of a connection. */
export interface Place {
  /** Address as the other end sees it. */
  readonly address: string;
  /** In the group that EKS makes: control plane, nodes and pods. */
  readonly isClusterMember?: boolean;
  /** Security group by its id, of a host that is not ours. */
  readonly groupId?: string;
  /** Policies select it. */
  readonly pod?: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  /** Resource with `security_group_ids`, or the like. Unset: no group of ours guards it. */
  readonly guard?: Subject;
}

const RULE = "aws_vpc_security_group_ingress_rule";
const GROUP_PATHS = [
  "security_groups",
  "security_group_ids",
  "vpc_security_group_ids",
];

/** Whether a connection is let through by the groups of the target, and by the policies of both ends. */
export function reaches(
  graph: Graph,
  from: Place,
  to: Place,
  port: number,
  protocol = "TCP",
): boolean {
  return (
    groupsAdmit(graph, from, to, port) &&
    policiesAllow(graph, "egress", from, to, port, protocol) &&
    policiesAllow(graph, "ingress", to, from, port, protocol)
  );
}

/** Groups are stateful, and the cluster's lets everything out: only the target's count. */
function groupsAdmit(
  graph: Graph,
  from: Place,
  to: Place,
  port: number,
): boolean {
  if (to.isClusterMember === true)
    // EKS lets members reach one another on every port, as long as nodes have its group and no other.
    return from.isClusterMember === true
      ? nodesHaveClusterGroup(graph)
      : rulesAdmit(graph, ofType(graph, "aws_eks_cluster"), from, port);
  if (to.guard === undefined) return true;
  const { guard } = to;
  const groups = GROUP_PATHS.flatMap((path) =>
    referred(graph, guard, path, "aws_security_group"),
  );
  return rulesAdmit(graph, groups, from, port);
}

const nodesHaveClusterGroup = (graph: Graph): boolean =>
  ofType(graph, "aws_launch_template").every(
    ({ body }) =>
      at(body, "vpc_security_group_ids").length === 0 &&
      at(body, "network_interfaces.security_groups").length === 0,
  );

/** Rules that open a port of one of the groups to the source. `aws_eks_cluster` stands for the group it makes. */
function rulesAdmit(
  graph: Graph,
  groups: readonly Subject[],
  { address, groupId, isClusterMember }: Place,
  port: number,
): boolean {
  return ofType(graph, RULE).some((rule) => {
    const { body } = rule;
    const guards = [
      ...referred(graph, rule, "security_group_id", "aws_security_group"),
      ...referred(graph, rule, "security_group_id", "aws_eks_cluster"),
    ];
    const source = body.referenced_security_group_id;
    const fromCluster =
      isClusterMember === true &&
      referred(graph, rule, "referenced_security_group_id", "aws_eks_cluster")
        .length > 0;
    return (
      guards.some((group) => groups.includes(group)) &&
      Number(body.from_port) <= port &&
      port <= Number(body.to_port) &&
      (fromCluster ||
        (groupId !== undefined && source === groupId) ||
        (typeof body.cidr_ipv4 === "string" && isIn(body.cidr_ipv4, address)))
    );
  });
}

/** Kubernetes: a pod that no policy selects for a direction is open; else one rule must match peer and port. */
function policiesAllow(
  graph: Graph,
  direction: "ingress" | "egress",
  { pod }: Place,
  peer: Place,
  port: number,
  protocol: string,
): boolean {
  if (pod === undefined) return true;
  const type = direction === "ingress" ? "Ingress" : "Egress";
  const selecting = policiesOf(pod.namespace, graph).filter(
    ({ body }) =>
      at(body, "spec.policy_types").includes(type) &&
      matches(first(body, "spec.pod_selector.match_labels") ?? {}, pod.labels),
  );
  if (selecting.length === 0) return true;
  const peers = direction === "ingress" ? "from" : "to";
  return selecting.some((policy) =>
    at(policy.body, `spec.${direction}`).some(
      (rule) =>
        at(rule, "ports").some(
          (one) =>
            portOf(first(one, "port"), graph) === String(port) &&
            first(one, "protocol") === protocol,
        ) && at(rule, peers).some((one) => isPeer(one, peer, pod.namespace)),
    ),
  );
}

function isPeer(wanted: unknown, peer: Place, namespace: string): boolean {
  const [block] = at(wanted, "ip_block");
  if (block !== undefined)
    return (
      isIn(String(first(block, "cidr")), peer.address) &&
      !at(block, "except").some((range) => isIn(String(range), peer.address))
    );
  if (peer.pod === undefined) return false;
  const selector = first(wanted, "namespace_selector.match_labels");
  const name = { "kubernetes.io/metadata.name": peer.pod.namespace };
  return (
    (selector === undefined
      ? peer.pod.namespace === namespace
      : matches(selector, name)) &&
    matches(first(wanted, "pod_selector.match_labels") ?? {}, peer.pod.labels)
  );
}

export const isIn = (range: string, address: string): boolean =>
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(range));

/** An address inside a range, clear of those that AWS keeps. */
export function addressIn(range: string): string {
  const [first] = ipaddr.IPv4.parseCIDR(range);
  const [a = 0, b = 0, c = 0] = first.octets;
  return `${a}.${b}.${c}.${(first.octets[3] ?? 0) + 10}`;
}
