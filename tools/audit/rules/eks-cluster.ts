import { GITHUB_ISSUER } from "../../../modules/aws/iam/github-trust";
import { type Subject, ofType } from "../graph";
import { isReadAsPrivate, referredMadeOrRead } from "../made-or-read";
import { at, documentOf, first, isObject, referred } from "../reading";
import {
  type WrittenRule,
  absent,
  all,
  check,
  customerKey,
  exactly,
  offInWriting,
  on,
  oneOf,
} from "../rule";

const EKS = ["aws_eks_cluster"];

const OPEN = ["0.0.0.0/0", "::/0"];

/** The control plane. */
export const eksClusterRules: readonly WrittenRule[] = [
  {
    id: "eks-cluster/log-group",
    sentence:
      "The log group of the control plane exists first, so that its retention and key are ours.",
    externalIds: ["CIS-EKS 2.1.2"],
    types: EKS,
    ...check(["name", "depends_on"], ({ body, stack }, graph) =>
      ofType(graph, "aws_cloudwatch_log_group").some(
        (group) =>
          group.stack === stack &&
          group.body.name === `/aws/eks/${String(body.name)}/cluster` &&
          at(body, "depends_on").includes(group.address),
      ),
    ),
  },
  {
    id: "eks-cluster/audit-log",
    sentence: "The control plane writes audit logs.",
    externalIds: ["CIS-EKS 2.1.1"],
    types: EKS,
    ...check("enabled_cluster_log_types", ({ body }) =>
      at(body, "enabled_cluster_log_types").includes("audit"),
    ),
  },
  {
    id: "eks-cluster/public-cidrs",
    sentence: "The public endpoint is closed, or open to named ranges only.",
    externalIds: [
      "CKV_AWS_38",
      "AWS-0041",
      "prowler eks_cluster_not_publicly_accessible",
      "CIS-EKS 5.4.1",
    ],
    types: EKS,
    ...check("vpc_config.public_access_cidrs", ({ body }) => {
      const ranges = at(body, "vpc_config.public_access_cidrs").map(String);
      return (
        first(body, "vpc_config.endpoint_public_access") === false ||
        (ranges.length > 0 && !ranges.some((range) => OPEN.includes(range)))
      );
    }),
  },
  {
    id: "eks-cluster/private-endpoint",
    sentence: "Nodes reach the Kubernetes endpoint inside the VPC.",
    externalIds: ["prowler eks_cluster_private_nodes_enabled", "CIS-EKS 5.4.2"],
    types: EKS,
    ...on("vpc_config.endpoint_private_access"),
  },
  {
    id: "eks-cluster/secrets-key",
    sentence:
      "The cluster has a customer managed key for Secrets; from Kubernetes 1.28 EKS encrypts all that its API keeps with it.",
    externalIds: [
      "CKV_AWS_58",
      "AWS-0039",
      "KICS 63ebcb19-2739-4d3f-aa5c-e8bbb9b85281",
      "CIS-EKS 5.3.1",
    ],
    types: EKS,
    ...all(
      exactly("encryption_config.resources", "secrets"),
      customerKey("encryption_config.provider.key_arn"),
    ),
  },
  {
    id: "eks-cluster/deletion-protection",
    sentence: "EKS refuses to delete the cluster.",
    externalIds: ["prowler eks_cluster_deletion_protection_enabled"],
    types: EKS,
    ...on("deletion_protection"),
  },
  {
    id: "eks-cluster/kept-cluster",
    sentence: "Terraform refuses to delete the cluster.",
    types: EKS,
    ...on("lifecycle.prevent_destroy"),
  },
  {
    id: "eks-cluster/access-entries",
    sentence:
      "Who may enter the cluster stands in access entries, not in the ConfigMap aws-auth.",
    externalIds: ["CIS-EKS 4.1.7", "CIS-EKS 5.5.1"],
    types: EKS,
    ...oneOf("access_config.authentication_mode", "API"),
  },
  {
    id: "eks-cluster/no-creator-admin",
    sentence: "Whoever creates the cluster does not stay its administrator.",
    externalIds: ["CIS-EKS 4.1.1"],
    types: EKS,
    ...offInWriting(
      "access_config.bootstrap_cluster_creator_admin_permissions",
    ),
  },
  {
    id: "eks-cluster/groups",
    sentence: "No access entry maps to a built-in group.",
    types: ["aws_eks_access_entry"],
    ...check("kubernetes_groups", ({ body }) =>
      at(body, "kubernetes_groups")
        .map(String)
        .filter((group) => group.startsWith("system:")),
    ),
  },
  {
    id: "eks-cluster/one-administrator",
    sentence:
      "At most one principal, who deploys, is administrator of the cluster.",
    externalIds: ["CIS-EKS 4.1.1"],
    types: ["aws_eks_access_policy_association"],
    about: isAdministrator,
    ...check(
      "policy_arn",
      ({ type }, graph) =>
        ofType(graph, type).filter(isAdministrator).length === 1,
    ),
  },
  {
    id: "eks-cluster/own-entry",
    sentence: "Rights are given to principals that have an access entry.",
    types: ["aws_eks_access_policy_association"],
    ...check("principal_arn", (subject, graph) =>
      ofType(graph, "aws_eks_access_entry").some(
        (entry) =>
          subject.body.principal_arn === entry.body.principal_arn ||
          referred(graph, subject, "principal_arn", entry.type).includes(entry),
      ),
    ),
  },
  {
    id: "eks-cluster/standard-support",
    sentence: "The cluster leaves a minor when its standard support ends.",
    types: EKS,
    ...oneOf("upgrade_policy.support_type", "STANDARD"),
  },
  {
    id: "eks-cluster/managed-add-ons",
    sentence: "EKS installs no add-on that nobody updates.",
    types: EKS,
    ...offInWriting("bootstrap_self_managed_addons"),
  },
  {
    id: "eks-cluster/cluster-subnets",
    sentence:
      "The control plane's interfaces lie in subnets that give no public address.",
    externalIds: ["CIS-EKS 5.4.3"],
    types: EKS,
    ...check("vpc_config.subnet_ids", (subject, graph) => {
      const subnets = referredMadeOrRead(
        graph,
        subject,
        "vpc_config.subnet_ids",
        "aws_subnet",
      );
      return (
        subnets.length > 1 &&
        subnets.every(
          (subnet) =>
            isReadAsPrivate(subnet) ||
            at(subnet.body, "tags").some(
              (tags) =>
                isObject(tags) && "kubernetes.io/role/internal-elb" in tags,
            ),
        )
      );
    }),
  },
  {
    id: "eks-cluster/network-policy",
    sentence: "The network add-on enforces network policies.",
    externalIds: ["CIS-EKS 4.3.1", "CIS-EKS 5.4.4"],
    types: ["aws_eks_addon"],
    about: ({ body }) => body.addon_name === "vpc-cni",
    ...check(
      "configuration_values.enableNetworkPolicy",
      ({ body }) =>
        String(
          first(documentOf(body.configuration_values), "enableNetworkPolicy"),
        ) === "true",
    ),
  },
  {
    id: "eks-cluster/audience",
    sentence: "Tokens of the cluster count for STS only.",
    types: ["aws_iam_openid_connect_provider"],
    ...exactly("client_id_list", "sts.amazonaws.com"),
  },
  {
    id: "eks-cluster/issuer",
    sentence:
      "The issuer of pods' tokens is read from the cluster, never typed.",
    types: ["aws_iam_openid_connect_provider"],
    ...check(
      "url",
      (subject, graph) =>
        subject.body.url === GITHUB_ISSUER ||
        referredMadeOrRead(graph, subject, "url", "aws_eks_cluster").length ===
          1,
    ),
  },
  {
    id: "eks-cluster/no-open-group",
    sentence:
      "The cluster has no security group beside the one that EKS makes.",
    types: EKS,
    ...absent("vpc_config.security_group_ids"),
  },
];

function isAdministrator({ body }: Subject): boolean {
  return String(body.policy_arn).endsWith("/AmazonEKSClusterAdminPolicy");
}
