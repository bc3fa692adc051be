import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { first, textsAt } from "../reading";
import { policyRows } from "./network-policies";
import { ingressRows } from "./network-ingress";
import {
  bySubject,
  ownNodeRows,
  probeRows,
  serverSentences,
} from "./network-subjects";
import { showSubject, shown, textOf } from "./shown";
import { type NetworkRow, type Table, distinct, lines } from "./table";

/** Who may talk to whom on which port: what the internet, the VPC and the cluster let through. */
export function networkTable(graph: Graph): Table {
  const rows = bySubject(graph, [
    ...ingressRows(graph),
    ...probeRows(graph),
    ...ownNodeRows(graph),
    ...endpointRows(graph),
    ...groupRows(graph),
    ...policyRows(graph),
    ...routeRows(graph),
    ...gatewayRows(graph),
  ]);
  return {
    id: "network",
    title: "Network",
    note: "Rows of the JSON, by whom they are about; Through says what enforces them. A pod's packet has to pass the policies of its namespace and the security group of its node, in the cluster's own group everything among its members: kubelets (10250) and webhooks from the control plane too. Not in the rows: groups that the load-balancer controller makes and opens nodes to; pods of a namespace without a policy, such as kube-system, which are open to each other; pods on a node's network, past all policies. Instance metadata is in table paths.",
    columns: [
      ...["Subject", "From", "To", "Direction", "Protocol", "Port"],
      ...["Through", "Path"],
    ],
    rows,
    summary: serverSentences(rows),
  };
}

/** As the table names the security group that EKS makes. */
export const CLUSTER_GROUP = "control plane, nodes and pods of its group";

/** The Kubernetes endpoint, and the group that EKS makes for the cluster and puts around nodes. */
const endpointRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, "aws_eks_cluster").flatMap((cluster) => {
    const ranges = textsAt(cluster.body, "vpc_config.public_access_cidrs");
    const isPublic =
      first(cluster.body, "vpc_config.endpoint_public_access") === true;
    const row = (from: string, to: string, ...rest: string[]): NetworkRow => [
      from,
      to,
      "in",
      ...rest,
      cluster.path,
    ];
    return [
      ...(isPublic
        ? [
            row(
              ranges.length === 0 ? "0.0.0.0/0" : lines(ranges),
              "Kubernetes endpoint",
              ...[
                "tcp",
                "443",
                "public endpoint, with a token of IAM or of a service account",
              ],
            ),
          ]
        : []),
      row(
        CLUSTER_GROUP,
        CLUSTER_GROUP,
        ...["all", "all", "cluster group, which EKS makes"],
      ),
      [
        ...[CLUSTER_GROUP, "0.0.0.0/0", "out", "all", "all"],
        "cluster group, as EKS makes it; not in the JSON",
        cluster.path,
      ],
    ];
  });

/** Rules of security groups; the group's users stand for it. */
const groupRows = (graph: Graph): NetworkRow[] =>
  ofType(
    graph,
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
  ).map((rule) => {
    const isIngress = rule.type.includes("ingress");
    const group = usersOf(graph, rule, "security_group_id");
    const others = [
      ...usersOf(graph, rule, "referenced_security_group_id"),
      ...textsAt(rule.body, "cidr_ipv4"),
      ...textsAt(rule.body, "cidr_ipv6"),
    ];
    return [
      lines(isIngress ? others : group),
      lines(isIngress ? group : others),
      isIngress ? "in" : "out",
      String(first(rule.body, "ip_protocol")),
      portsOf(rule),
      "security group rule",
      rule.path,
    ];
  });

function portsOf({ body }: Subject): string {
  const from = textOf(first(body, "from_port"), "all");
  const to = textOf(first(body, "to_port"), "all");
  return from === to ? from : `${from}-${to}`;
}

/** What a group is put around; the cluster's own is put around nodes and pods by EKS. */
function usersOf(graph: Graph, rule: Subject, attribute: string): string[] {
  return targetsOf(graph, rule.stack, rule.body[attribute]).flatMap((group) => {
    if (group.type === "aws_eks_cluster") return [CLUSTER_GROUP];
    const users = graph.subjects.filter(
      (one) =>
        !/^aws_(vpc_)?security_group/.test(one.type) &&
        targetsOf(graph, one.stack, groupsOf(one)).includes(group),
    );
    return users.length > 0
      ? distinct(users.map((one) => showSubject(storeOf(graph, one))))
      : [textOf(first(group.body, "description"), group.path)];
  });
}

/** A file system stands for its mount targets. */
const storeOf = (graph: Graph, user: Subject): Subject =>
  targetsOf(graph, user.stack, user.body.file_system_id)[0] ?? user;

const groupsOf = ({ body }: Subject): unknown[] =>
  ["security_group_ids", "vpc_security_group_ids", "security_groups"].flatMap(
    (key) => textsAt(body, key),
  );

const routeRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, "aws_route").map((route) => {
    const targets = ["nat_gateway_id", "gateway_id"].flatMap((key) =>
      targetsOf(graph, route.stack, route.body[key]),
    );
    const tables = targetsOf(graph, route.stack, route.body.route_table_id);
    return [
      lines(tables.flatMap((table) => subnetsOf(graph, table))),
      shown(graph, route.stack, first(route.body, "destination_cidr_block")),
      "out",
      "all",
      "all",
      `route: ${targets.map(showSubject).join(", ")}`,
      route.path,
    ];
  });

const subnetsOf = (graph: Graph, table: Subject): string[] =>
  ofType(graph, "aws_route_table_association")
    .filter((one) =>
      targetsOf(graph, one.stack, one.body.route_table_id).includes(table),
    )
    .flatMap((one) => targetsOf(graph, one.stack, one.body.subnet_id))
    .map(
      (subnet) =>
        `${showSubject(subnet)} ${String(first(subnet.body, "cidr_block"))}`,
    );

const gatewayRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, "aws_vpc_endpoint").map((endpoint) => [
    "private subnets",
    String(first(endpoint.body, "service_name")),
    "out",
    "tcp",
    "443",
    `VPC endpoint: ${String(first(endpoint.body, "vpc_endpoint_type"))}`,
    endpoint.path,
  ]);
