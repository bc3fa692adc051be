import { contains, isRange } from "../../lib/ip-range";
import { type Graph, type Subject, ofType } from "../graph";
import { at, companionsOf, first, numberOf, referred } from "../reading";
import {
  type Rule,
  absent,
  all,
  check,
  companion,
  never,
  off,
  oneOf,
  present,
} from "../rule";

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

/** VPC, subnets, security groups (SEC-B11 to B18). */
export const networkRules: readonly Rule[] = [
  {
    id: "SEC-B11/flow-log",
    sentence: "All traffic of the VPC is logged.",
    foreign: [
      "CKV2_AWS_11",
      "AWS-0178",
      "prowler vpc_flow_logs_enabled",
      "cdk-nag VPC7",
    ],
    types: ["aws_vpc"],
    ...companion(
      "aws_flow_log",
      "vpc_id",
      all(oneOf("traffic_type", "ALL"), present("log_destination")),
    ),
  },
  {
    id: "SEC-B11/flow-log-group",
    sentence: "Flow logs go to a log group that these rules judge.",
    foreign: [],
    types: ["aws_flow_log"],
    ...check(
      "log_destination",
      (subject, graph) =>
        subject.body.log_destination_type === "cloud-watch-logs" &&
        referred(graph, subject, "log_destination", "aws_cloudwatch_log_group")
          .length === 1,
    ),
  },
  {
    id: "SEC-B12/default-group",
    sentence:
      "The VPC's default security group lets nothing in and nothing out.",
    foreign: ["CKV2_AWS_12", "AWS-0173"],
    types: ["aws_vpc"],
    ...companion(
      "aws_default_security_group",
      "vpc_id",
      all(
        absent("ingress"),
        absent("egress"),
        check(
          ["ingress", "egress"],
          ({ body }) => "ingress" in body && "egress" in body,
        ),
      ),
    ),
  },
  {
    id: "SEC-B14/group-description",
    sentence:
      "Every security group, and every rule of one, says what it is for.",
    foreign: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
    types: [...GROUP, ...INGRESS, ...EGRESS],
    ...present("description"),
  },
  ...openPorts(),
  {
    id: "SEC-B15/no-open-range",
    sentence: "No security-group rule lets the whole internet in.",
    foreign: ["AWS-0107"],
    types: INGRESS,
    ...check(SOURCES, ({ body }) => !isOpen(body)),
  },
  {
    id: "SEC-G29/one-port",
    sentence: "A store is open to one security group, on one port.",
    foreign: [],
    types: ["aws_vpc_security_group_ingress_rule"],
    ...check(
      ["from_port", "to_port", "ip_protocol", "referenced_security_group_id"],
      (subject, graph) => {
        const { body } = subject;
        return (
          body.ip_protocol === "tcp" &&
          body.from_port === body.to_port &&
          numberOf(body.from_port) > 0 &&
          (referred(
            graph,
            subject,
            "referenced_security_group_id",
            "aws_eks_cluster",
          ).length === 1 ||
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
    id: "SEC-G29/store-port",
    sentence:
      "The port that a store's group opens is the port the store listens on.",
    foreign: [],
    types: ["aws_vpc_security_group_ingress_rule"],
    ...check("from_port", (subject, graph) => {
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
    id: "SEC-B16/no-open-egress",
    sentence:
      "No security group of ours lets anything out to the whole internet.",
    foreign: ["CKV_AWS_382", "AWS-0104"],
    types: [...GROUP, ...EGRESS],
    ...check(
      ["egress.cidr_blocks", "cidr_ipv4"],
      ({ body }) => !isOpen(body) && at(body, "egress").length === 0,
    ),
  },
  {
    id: "SEC-B17/used-group",
    sentence: "Every security group lives in the stack of its user.",
    foreign: ["CKV2_AWS_5"],
    types: GROUP,
    ...check(
      Object.entries(USERS).map((pair) => pair.join(".")),
      (subject, graph) =>
        usersOf(subject, graph).some(({ stack }) => stack === subject.stack),
    ),
  },
  {
    id: "SEC-B18/zones",
    sentence: "Subnets lie in two zones at least.",
    foreign: ["prowler vpc_subnet_different_az"],
    types: ["aws_vpc"],
    ...check(
      "aws_subnet.availability_zone",
      (subject, graph) =>
        new Set(
          companionsOf(graph, subject, "aws_subnet", "vpc_id").map(
            ({ body }) => body.availability_zone,
          ),
        ).size >= 2,
    ),
  },
  {
    id: "SEC-B18/endpoint-zones",
    sentence: "Interface endpoints have an address in two zones at least.",
    foreign: ["prowler vpc_endpoint_multi_az_enabled"],
    types: ["aws_vpc_endpoint"],
    ...check(
      "subnet_ids",
      ({ body }) =>
        body.vpc_endpoint_type !== "Interface" ||
        at(body, "subnet_ids").length >= 2,
    ),
  },
  {
    id: "SEC-B18/attached-acl",
    sentence: "Every network ACL that is declared belongs to subnets.",
    foreign: ["CKV2_AWS_1"],
    types: ["aws_network_acl"],
    ...present("subnet_ids"),
  },
  {
    id: "SEC-A2/private-routes",
    sentence:
      "Only subnets for load balancers and NAT have a route to the internet gateway.",
    foreign: ["prowler vpc_subnet_separate_private_public"],
    types: ["aws_route"],
    ...check("gateway_id", (subject, graph) => {
      if (subject.body.gateway_id === undefined) return true;
      const tables = referred(
        graph,
        subject,
        "route_table_id",
        "aws_route_table",
      );
      const subnets = tables
        .flatMap((table) =>
          companionsOf(
            graph,
            table,
            "aws_route_table_association",
            "route_table_id",
          ),
        )
        .flatMap((one) => referred(graph, one, "subnet_id", "aws_subnet"));
      return (
        subnets.length > 0 &&
        subnets.every(
          ({ body }) =>
            "kubernetes.io/role/elb" in ((body.tags ?? {}) as object),
        )
      );
    }),
  },
  {
    id: "SEC-B18/nat",
    sentence: "NAT gateways have an address of their own.",
    foreign: [],
    types: ["aws_nat_gateway"],
    ...check(
      "allocation_id",
      (subject, graph) =>
        referred(graph, subject, "allocation_id", "aws_eip").length === 1,
    ),
  },
  {
    id: "SEC-B27/no-classic-group",
    sentence: "No security group of EC2-Classic.",
    foreign: ["CKV_AWS_196"],
    types: ["aws_elasticache_security_group"],
    ...never(),
  },
  {
    id: "CDK-G8/account",
    sentence: "The provider refuses credentials of another account.",
    foreign: [],
    types: ["provider.aws"],
    ...check(
      "allowed_account_ids",
      ({ body }) =>
        at(body, "allowed_account_ids").length === 1 &&
        /^\d{12}$/.test(String(first(body, "allowed_account_ids"))),
    ),
  },
  {
    id: "SEC-B10/no-keys-in-provider",
    sentence: "No provider holds credentials.",
    foreign: ["CKV_AWS_41"],
    types: ["provider.aws"],
    ...all(absent("access_key"), absent("secret_key"), absent("token")),
  },
  {
    id: "SEC-I1/locked-state",
    sentence: "Two runs never write one state at once.",
    foreign: [],
    types: ["backend.s3"],
    ...oneOf("use_lockfile", true),
  },
  {
    id: "SEC-E12/verified-endpoint",
    sentence: "The Kubernetes providers verify the cluster's certificate.",
    foreign: [],
    types: ["provider.kubernetes", "provider.helm"],
    ...check(["cluster_ca_certificate", "insecure"], (subject, graph) => {
      const body = first(subject.body, "kubernetes") ?? subject.body;
      return (
        off("insecure").holds(
          { ...subject, body: body as Subject["body"] },
          graph,
        ) === true &&
        ["cluster_ca_certificate", "kubernetes.cluster_ca_certificate"].some(
          (path) =>
            referred(graph, subject, path, "aws_eks_cluster").length === 1,
        )
      );
    }),
  },
];

/** One rule per port, as the scanners have it. */
function openPorts(): Rule[] {
  const ports = {
    ssh: [22, "CKV_AWS_24"],
    rdp: [3389, "CKV_AWS_25"],
    http: [80, "CKV_AWS_260"],
    all: [undefined, "CKV_AWS_277"],
  } as const;
  return Object.entries(ports).map(([name, [port, foreign]]) => ({
    id: `SEC-B15/no-open-${name}`,
    sentence: `No security-group rule opens ${port === undefined ? "all ports" : `port ${port}`} to the whole internet.`,
    foreign: [foreign],
    types: INGRESS,
    ...check(
      ["from_port", "to_port", ...SOURCES],
      ({ body }) => !isOpen(body) || !covers(body, port),
    ),
  }));
}

function covers(
  { ip_protocol, from_port, to_port }: Subject["body"],
  port: number | undefined,
): boolean {
  if (String(ip_protocol) === "-1") return true;
  const [from, to] = [numberOf(from_port), numberOf(to_port)];
  return port === undefined
    ? from === 0 && to === 65535
    : from <= port && port <= to;
}

const isOpen = (body: Subject["body"]): boolean =>
  SOURCES.flatMap((path) => [
    ...at(body, path),
    ...at(body, `ingress.${path}`),
    ...at(body, `egress.${path}`),
  ]).some((range) => range === "0.0.0.0/0" || range === "::/0");

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
    if (type === "aws_elasticache_replication_group")
      return [numberOf(body.port ?? 6379)];
    return type === "aws_vpc_endpoint" ? [443] : [];
  });
}
