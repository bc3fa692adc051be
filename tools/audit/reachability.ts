import ipaddr from "ipaddr.js";
import { type Graph, type Subject, ofType } from "./graph";
import { matches, policiesOf, portOf } from "./network-policies";
import { at, first, referred } from "./reading";

/** One end of a connection. */
export interface Place {
  /** Address as the other end sees it. */
  readonly address: string;
  /** Security groups around it; `aws_eks_cluster` stands for the group it makes. Unset: no group of ours. */
  readonly groups?: readonly Subject[];
  /** Security group by its id, of a host that is not ours. */
  readonly groupId?: string;
  /** Policies select it. */
  readonly pod?: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}

const GROUP_PATHS = [
  "security_groups",
  "security_group_ids",
  "vpc_security_group_ids",
  "network_interfaces.security_groups",
];

/** Groups that a resource names, such as those of a store. */
export const groupsOf = (graph: Graph, guard: Subject): Subject[] =>
  GROUP_PATHS.flatMap((path) =>
    referred(graph, guard, path, "aws_security_group"),
  );

/** Groups of a group of nodes: those of its launch template, or else the cluster's. */
export function groupsOfNodeGroup(graph: Graph, group: Subject): Subject[] {
  const groups = referred(
    graph,
    group,
    "launch_template.id",
    "aws_launch_template",
  ).flatMap((template) => groupsOf(graph, template));
  return groups.length > 0 ? groups : ofType(graph, "aws_eks_cluster");
}

/** Whether a connection is let through by the groups of both ends, and by their policies. */
export const reaches = (
  graph: Graph,
  from: Place,
  to: Place,
  port: number,
  protocol = "TCP",
): boolean =>
  groupsLetPass(graph, from, to, port, protocol) &&
  policiesLetPass(graph, from, to, port, protocol);

/** The groups alone. They are stateful; the one that EKS makes lets everything out, and in what is in it. */
export function groupsLetPass(
  graph: Graph,
  from: Place,
  to: Place,
  port: number,
  protocol = "TCP",
): boolean {
  const isCluster = ({ type }: Subject) => type === "aws_eks_cluster";
  const mayLeave = from.groups?.some(
    (group) =>
      isCluster(group) || opens(graph, "egress", group, to, port, protocol),
  );
  const mayEnter = to.groups?.some(
    (group) =>
      (isCluster(group) && from.groups?.includes(group)) === true ||
      opens(graph, "ingress", group, from, port, protocol),
  );
  return (mayLeave ?? true) && (mayEnter ?? true);
}

/** The policies alone. */
export const policiesLetPass = (
  graph: Graph,
  from: Place,
  to: Place,
  port: number,
  protocol = "TCP",
): boolean =>
  policiesAllow(graph, "egress", from, to, port, protocol) &&
  policiesAllow(graph, "ingress", to, from, port, protocol);

/** Whether a rule of a group names the other end and the port. */
function opens(
  graph: Graph,
  direction: "ingress" | "egress",
  group: Subject,
  peer: Place,
  port: number,
  protocol: string,
): boolean {
  const named = (rule: Subject, path: string): Subject[] =>
    ["aws_security_group", "aws_eks_cluster"].flatMap((type) =>
      referred(graph, rule, path, type),
    );
  return ofType(graph, `aws_vpc_security_group_${direction}_rule`).some(
    (rule) => {
      const { body } = rule;
      const peers = named(rule, "referenced_security_group_id");
      return (
        named(rule, "security_group_id").includes(group) &&
        body.ip_protocol === protocol.toLowerCase() &&
        Number(body.from_port) <= port &&
        port <= Number(body.to_port) &&
        (peers.some((one) => peer.groups?.includes(one)) ||
          (peer.groupId !== undefined &&
            body.referenced_security_group_id === peer.groupId) ||
          (typeof body.cidr_ipv4 === "string" &&
            isIn(body.cidr_ipv4, peer.address)))
      );
    },
  );
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
