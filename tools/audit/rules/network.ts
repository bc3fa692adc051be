import { at, companionsOf, referred } from "../reading";
import {
  type WrittenRule,
  absent,
  all,
  check,
  companion,
  oneOf,
  present,
  refersTo,
} from "../rule";

/** VPC and subnets. */
export const networkRules: readonly WrittenRule[] = [
  {
    id: "network/flow-log",
    sentence: "All traffic of the VPC is logged.",
    externalIds: [
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
    id: "network/flow-log-group",
    sentence: "Flow logs go to a log group that these rules judge.",
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
    id: "network/default-group",
    sentence:
      "The VPC's default security group lets nothing in and nothing out.",
    externalIds: ["CKV2_AWS_12", "AWS-0173"],
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
    id: "network/zones",
    sentence: "Subnets lie in two zones at least.",
    externalIds: ["prowler vpc_subnet_different_az"],
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
    id: "network/endpoint-zones",
    sentence: "Interface endpoints have an address in two zones at least.",
    externalIds: ["prowler vpc_endpoint_multi_az_enabled"],
    types: ["aws_vpc_endpoint"],
    about: ({ body }) => body.vpc_endpoint_type === "Interface",
    ...check("subnet_ids", ({ body }) => at(body, "subnet_ids").length >= 2),
  },
  {
    id: "network/private-routes",
    sentence:
      "Only subnets for load balancers and NAT have a route to the internet gateway.",
    externalIds: ["prowler vpc_subnet_separate_private_public"],
    types: ["aws_route"],
    about: ({ body }) => body.gateway_id !== undefined,
    ...check("gateway_id", (subject, graph) => {
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
        subnets.every(({ body }) =>
          at(body, "tags").some((tags) =>
            Object.hasOwn(tags as object, "kubernetes.io/role/elb"),
          ),
        )
      );
    }),
  },
  {
    id: "network/nat",
    sentence: "NAT gateways have an address of their own.",
    types: ["aws_nat_gateway"],
    ...refersTo("allocation_id", "aws_eip"),
  },
];
