import { contains, isRange } from "../../../modules/lib/ip-range";
import { type Graph, type Subject, ofType } from "../graph";
import { isReadById, referredMadeOrRead } from "../made-or-read";
import { at, companionsOf, numberOf, referred } from "../reading";
import { type WrittenRule, check } from "../rule";

const GROUP = ["aws_security_group"];
const INGRESS = [
  "aws_vpc_security_group_ingress_rule",
  "aws_security_group_rule",
];
const EGRESS = ["aws_vpc_security_group_egress_rule"];
const SOURCES = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];

/** Users of a security group that checkov's CKV2_AWS_5 accepts, as far as we have them. */
const USERS = {
  aws_efs_mount_target: "security_groups",
  aws_elasticache_replication_group: "security_group_ids",
  aws_db_instance: "vpc_security_group_ids",
  aws_vpc_endpoint: "security_group_ids",
  aws_eks_cluster: "vpc_config.security_group_ids",
  aws_launch_template: "vpc_security_group_ids",
  aws_lb: "security_groups",
};

/** Security groups. */
export const securityGroupRules: readonly WrittenRule[] = [
  {
    id: "security-groups/no-open-range",
    sentence: "No security-group rule lets the whole internet in.",
    externalIds: ["AWS-0107"],
    types: INGRESS,
    ...check(SOURCES, ({ body }) => !isOpen(body)),
  },
  {
    id: "security-groups/one-port",
    sentence:
      "Every rule opens one port to one security group, or inside of the VPC; the Kubernetes API to the sources of the settings.",
    types: ["aws_vpc_security_group_ingress_rule"],
    ...check(
      ["from_port", "to_port", "ip_protocol", "referenced_security_group_id"],
      (subject, graph) => {
        const { body } = subject;
        return (
          (body.ip_protocol === "tcp" || isDns(subject, graph)) &&
          body.from_port === body.to_port &&
          numberOf(body.from_port) > 0 &&
          (guardsApi(subject, graph) ||
            referredMadeOrRead(
              graph,
              subject,
              "referenced_security_group_id",
              "aws_eks_cluster",
            ).length === 1 ||
            isReadById(
              graph,
              "aws_security_group",
              body.referenced_security_group_id,
            ) ||
            referred(
              graph,
              subject,
              "referenced_security_group_id",
              "aws_security_group",
            ).length === 1 ||
            vpcRange(graph).some(
              (range) =>
                isRange(String(body.cidr_ipv4)) &&
                contains(range, String(body.cidr_ipv4)),
            ))
        );
      },
    ),
  },
  {
    id: "security-groups/store-port",
    sentence:
      "The port that a group opens is the one its users listen on; nodes with a group of their own reach API and DNS of the cluster's.",
    types: ["aws_vpc_security_group_ingress_rule"],
    ...check("from_port", (subject, graph) => {
      if (isDns(subject, graph)) return true;
      if (guardsApi(subject, graph)) return subject.body.from_port === 443;
      const ports = referred(
        graph,
        subject,
        "security_group_id",
        "aws_security_group",
      ).flatMap((group) => portsOf(group, graph));
      return ports.includes(numberOf(subject.body.from_port));
    }),
  },
  {
    id: "security-groups/no-open-egress",
    sentence:
      "No security group of ours lets anything out to the whole internet.",
    externalIds: ["CKV_AWS_382", "AWS-0104"],
    types: [...GROUP, ...EGRESS],
    ...check(
      ["egress.cidr_blocks", "cidr_ipv4"],
      ({ body }) => !isOpen(body) && at(body, "egress").length === 0,
    ),
  },
  {
    id: "security-groups/used-group",
    sentence: "Every security group lives in the stack of its user.",
    externalIds: ["CKV2_AWS_5"],
    types: GROUP,
    ...check(
      Object.entries(USERS).map((pair) => pair.join(".")),
      (subject, graph) =>
        usersOf(subject, graph).some(({ stack }) => stack === subject.stack),
    ),
  },
];

const isOpen = (body: Subject["body"]): boolean =>
  SOURCES.flatMap((path) => [
    ...at(body, path),
    ...at(body, `ingress.${path}`),
    ...at(body, `egress.${path}`),
  ]).some((range) => range === "0.0.0.0/0" || range === "::/0");

/** The group that EKS makes: in front of the Kubernetes API, and of nodes and pods. */
const guardsApi = (subject: Subject, graph: Graph): boolean =>
  referredMadeOrRead(graph, subject, "security_group_id", "aws_eks_cluster")
    .length === 1 ||
  isReadById(graph, "aws_security_group", subject.body.security_group_id);

/** CoreDNS runs on nodes with the cluster's group, for nodes that have another one. */
const isDns = (subject: Subject, graph: Graph): boolean =>
  guardsApi(subject, graph) &&
  subject.body.from_port === 53 &&
  referred(graph, subject, "referenced_security_group_id", "aws_security_group")
    .flatMap((group) => usersOf(group, graph))
    .some(({ type }) => type === "aws_launch_template");

const vpcRange = (graph: Graph): string[] =>
  ofType(graph, "aws_vpc").map(({ body }) => String(body.cidr_block));

const usersOf = (group: Subject, graph: Graph): Subject[] =>
  Object.entries(USERS).flatMap(([type, path]) =>
    companionsOf(graph, group, type, path),
  );

function portsOf(group: Subject, graph: Graph): number[] {
  return usersOf(group, graph).flatMap(({ type, body }) => {
    if (type === "aws_efs_mount_target") return [2049];
    if (type === "aws_db_instance") return [numberOf(body.port ?? 5432)];
    // The kubelet's.
    if (type === "aws_launch_template") return [10250];
    if (type === "aws_elasticache_replication_group")
      return [numberOf(body.port ?? 6379)];
    return type === "aws_vpc_endpoint" ? [443] : [];
  });
}
