import { type Graph, type Subject, targetsOf } from "../graph";
import { secretKind } from "../../../modules/lib/secret-pattern";
import { isReadAsPrivate, referredMadeOrRead } from "../made-or-read";
import { at, isObject, referred, companionsOf } from "../reading";
import { type WrittenRule, check, on, oneOf } from "../rule";

const TEMPLATE = ["aws_launch_template"];
const GROUP = ["aws_eks_node_group"];

/** Managed policies a node needs: join the cluster, give pods addresses, pull images. */
const NODE_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
];

/** Nodes (CIS 3 and 5). */
export const nodeRules: readonly WrittenRule[] = [
  {
    id: "nodes/hop-limit",
    sentence:
      "Answers of the metadata service live for one hop, which does not reach a pod with a network of its own.",
    externalIds: ["CKV_AWS_341"],
    types: TEMPLATE,
    ...oneOf("metadata_options.http_put_response_hop_limit", 1),
  },
  {
    id: "nodes/user-data",
    sentence: "User data holds no secret.",
    externalIds: ["CKV_AWS_46"],
    types: [...TEMPLATE, "aws_instance"],
    ...check(
      "user_data",
      ({ body }) =>
        !at(body, "user_data").some(
          (text) => secretKind(fromBase64(String(text))) !== undefined,
        ),
    ),
  },
  {
    id: "nodes/volumes",
    sentence: "Volumes of nodes are encrypted, and go with their node.",
    externalIds: ["AWS-0008", "AWS-0131"],
    types: TEMPLATE,
    ...check("block_device_mappings.ebs.encrypted", ({ body }) => {
      const volumes = at(body, "block_device_mappings.ebs");
      return (
        volumes.length > 0 &&
        volumes.every(
          (volume) =>
            isObject(volume) &&
            String(volume.encrypted) === "true" &&
            String(volume.delete_on_termination) === "true",
        )
      );
    }),
  },
  {
    id: "nodes/template",
    sentence: "Node groups run with a launch template that these rules judge.",
    types: GROUP,
    ...check(
      "launch_template.id",
      (subject, graph) =>
        referred(graph, subject, "launch_template.id", "aws_launch_template")
          .length === 1 &&
        referred(
          graph,
          subject,
          "launch_template.version",
          "aws_launch_template",
        ).length === 1,
    ),
  },
  {
    id: "nodes/private-nodes",
    sentence: "Nodes live in subnets without a route to the internet gateway.",
    externalIds: [
      "CIS-EKS 5.4.3",
      "prowler vpc_subnet_separate_private_public",
    ],
    types: GROUP,
    ...check("subnet_ids", (subject, graph) => {
      const subnets = referredMadeOrRead(
        graph,
        subject,
        "subnet_ids",
        "aws_subnet",
      );
      return (
        subnets.length > 0 &&
        subnets.every((subnet) =>
          subnet.type === "aws_subnet"
            ? !isPublic(subnet, graph)
            : isReadAsPrivate(subnet),
        )
      );
    }),
  },
  {
    id: "nodes/private-stores",
    sentence: "Stores live in subnets without a route to the internet gateway.",
    types: [
      "aws_elasticache_subnet_group",
      "aws_db_subnet_group",
      "aws_efs_mount_target",
    ],
    ...check(["subnet_ids", "subnet_id"], (subject, graph) => {
      const ids = [
        ...at(subject.body, "subnet_ids"),
        ...at(subject.body, "subnet_id"),
      ];
      return (
        ids.length > 0 &&
        ids.every((id) => {
          const subnets = targetsOf(graph, subject.stack, id);
          return (
            subnets.length > 0 &&
            subnets.every((subnet) => !isPublic(subnet, graph))
          );
        })
      );
    }),
  },
  {
    id: "nodes/node-image",
    sentence:
      "Nodes run an unmodified EKS image whose support goes on: Amazon Linux 2023 or Bottlerocket.",
    types: GROUP,
    ...check("ami_type", ({ body }) =>
      /^(AL2023|BOTTLEROCKET)_/.test(String(body.ami_type)),
    ),
  },
  {
    id: "nodes/node-role",
    sentence:
      "The role of nodes joins the cluster, addresses pods and pulls images, and nothing else.",
    externalIds: ["CIS-EKS 5.1.3"],
    types: GROUP,
    ...check("node_role_arn", (subject, graph) => {
      const roles = referred(graph, subject, "node_role_arn", "aws_iam_role");
      const attached = graph.subjects.filter(
        (one) =>
          one.type.startsWith("aws_iam_role_policy") &&
          referred(graph, one, "role", "aws_iam_role").some((role) =>
            roles.includes(role),
          ),
      );
      return (
        roles.length === 1 &&
        attached.every(({ body }) =>
          NODE_POLICIES.includes(
            String(body.policy_arn).split("/").at(-1) ?? "",
          ),
        )
      );
    }),
  },
  {
    id: "nodes/repair",
    sentence: "A broken node is replaced without anybody's doing.",
    types: GROUP,
    ...on("node_repair_config.enabled"),
  },
];

/** Whether a table of the subnet has a route to the internet gateway. */
const isPublic = (subnet: Subject, graph: Graph): boolean =>
  companionsOf(graph, subnet, "aws_route_table_association", "subnet_id")
    .flatMap((one) => referred(graph, one, "route_table_id", "aws_route_table"))
    .flatMap((table) =>
      companionsOf(graph, table, "aws_route", "route_table_id"),
    )
    .some(({ body }) => body.gateway_id !== undefined);

const fromBase64 = (text: string): string =>
  `${text}\n${Buffer.from(text, "base64").toString("utf8")}`;
