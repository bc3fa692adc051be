import { type StackJson } from "../../../../tools/audit/graph";
import { ingress, policy, resource, role, stack } from "./sample";

const INGRESS_RULE = "aws_vpc_security_group_ingress_rule";
const open = (port: number) =>
  resource(INGRESS_RULE, {
    cidr_ipv4: "0.0.0.0/0",
    ip_protocol: "tcp",
    from_port: port,
    to_port: port,
  });
const anybody = { Principal: "*", Action: "*" };
const s3 = "arn:aws:s3:::bucket";

/** AWS resources that break a rule; a rule without a line here breaks on an empty resource. */
export const failingAws: Readonly<Record<string, StackJson>> = {
  "eks-cluster/audit-log": resource("aws_eks_cluster", {
    enabled_cluster_log_types: ["api"],
  }),
  "eks-cluster/groups": resource("aws_eks_access_entry", {
    kubernetes_groups: ["system:masters"],
  }),
  "eks-cluster/one-administrator": stack({
    "aws_eks_access_policy_association.a": {
      policy_arn:
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    },
    "aws_eks_access_policy_association.b": {
      policy_arn:
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    },
  }),
  "eks-cluster/network-policy": resource("aws_eks_addon", {
    addon_name: "vpc-cni",
    configuration_values: '{"enableNetworkPolicy":"false"}',
  }),
  "ecr/named-pushers": policy({
    Action: "ecr:PutImage",
    Resource: "arn:aws:ecr:eu-central-1:123456789012:repository/*",
  }),
  "eks-cluster/no-open-group": resource("aws_eks_cluster", {
    vpc_config: { security_group_ids: ["sg-1"] },
  }),
  "nodes/user-data": resource("aws_launch_template", {
    user_data: Buffer.from("password=correct-horse").toString("base64"),
  }),
  "security-groups/no-open-range": open(6379),
  "security-groups/no-open-egress": resource("aws_security_group", {
    egress: [{ cidr_blocks: ["0.0.0.0/0"] }],
  }),
  "network/endpoint-zones": resource("aws_vpc_endpoint", {
    vpc_endpoint_type: "Interface",
    subnet_ids: ["subnet-a"],
  }),
  "network/private-routes": stack({
    "aws_subnet.inside": { tags: { "kubernetes.io/role/internal-elb": "1" } },
    "aws_route_table_association.inside": {
      subnet_id: "${aws_subnet.inside.id}",
      route_table_id: "${aws_route_table.inside.id}",
    },
    "aws_route_table.inside": {},
    "aws_route.out": {
      gateway_id: "igw-1",
      route_table_id: "${aws_route_table.inside.id}",
    },
  }),
  "efs/policy": policy(anybody, "aws_efs_file_system_policy"),
  "efs/access-points": policy(
    {
      Action: "elasticfilesystem:ClientMount",
      Condition: {
        StringEquals: { "elasticfilesystem:AccessPointArn": "fsap-elsewhere" },
      },
    },
    "aws_efs_file_system_policy",
  ),
  "efs/verbs": policy(
    { Action: "elasticfilesystem:ClientRootAccess" },
    "aws_efs_file_system_policy",
  ),
  "volumes/vault-not-emptied": resource("aws_backup_vault", {
    force_destroy: true,
  }),
  "elasticache/strategy": resource("aws_elasticache_replication_group", {
    auth_token: "${data.x}",
    auth_token_update_strategy: "ROTATE",
  }),
  "elasticache/no-secret-in-state": resource(
    "aws_elasticache_replication_group",
    {
      auth_token: "${data.x}",
    },
  ),
  "s3/old-versions": resource("aws_s3_bucket_lifecycle_configuration", {
    rule: [{ noncurrent_version_expiration: [{ noncurrent_days: 1 }] }],
  }),
  "bucket-policies/no-lock-out": policy(
    { ...anybody, Effect: "Deny" },
    "aws_s3_bucket_policy",
  ),
  "bucket-policies/delivery": policy(
    {
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${s3}/s3/*`,
    },
    "aws_s3_bucket_policy",
  ),
  "iam/exact-actions": policy({ Action: "s3:Get*", Resource: s3 }),
  "iam/scoped": policy({ Action: "s3:ListBucket", Resource: "*" }),
  "iam/no-rights-over-rights": policy({
    Action: "kms:PutKeyPolicy",
    Resource: s3,
  }),
  "iam-scopes/no-whole-type": policy({
    Action: "ecr:PutImage",
    Resource: "arn:aws:ecr:eu-central-1:123456789012:repository/*",
  }),
  "iam-scopes/narrow-pattern": policy({
    Action: "logs:PutLogEvents",
    Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/*",
  }),
  "iam/known-actions": policy({ Action: "s3:DeleteObject", Resource: s3 }),
  "iam-scopes/one-role": policy({ Action: "sts:AssumeRole", Resource: s3 }),
  "iam-scopes/one-prefix": policy({
    Action: "s3:GetObject",
    Resource: `${s3}/*`,
  }),
  "iam-scopes/one-sender": policy({
    Action: "ses:SendRawEmail",
    Resource: "arn:aws:ses:eu-central-1:123456789012:identity/example.com",
  }),
  "iam-scopes/tagged-balancers": policy({
    Action: "ec2:CreateTags",
    Resource: "arn:aws:ec2:eu-central-1:123456789012:security-group/*",
    Condition: { StringEquals: { "aws:RequestTag/cluster": "wave" } },
  }),
  "iam-scopes/tagged-access-points": policy({
    Action: "elasticfilesystem:CreateAccessPoint",
    Resource: "arn:aws:elasticfilesystem:eu-central-1:1:file-system/fs-1",
  }),
  "iam-scopes/via-service": stack({
    "aws_iam_role.pods": {
      assume_role_policy:
        '{"Statement":[{"Action":"sts:AssumeRoleWithWebIdentity"}]}',
    },
    "aws_iam_role_policy.pods": {
      role: "${aws_iam_role.pods.name}",
      policy:
        '{"Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"key"}]}',
    },
  }),
  "iam-scopes/service-linked-role": policy({
    Action: "iam:CreateServiceLinkedRole",
    Resource: "arn:aws:iam::123456789012:role/aws-service-role/x/*",
  }),
  "iam-scopes/exact-conditions": policy({
    Action: "s3:ListBucket",
    Resource: s3,
    Condition: { StringLike: { "s3:prefix": "a*" } },
  }),
  "iam-attachments/no-administrator-policy": resource(
    "aws_iam_role_policy_attachment",
    {
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    },
  ),
  "iam-attachments/service-role-policies": resource(
    "aws_iam_role_policy_attachment",
    {
      policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    },
  ),
  "trusts/one-repository": role({
    Principal: { Federated: "provider" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      },
      StringLike: {
        "token.actions.githubusercontent.com:sub": "repo:example/api:*",
      },
    },
  }),
  "trusts/session-length": role({}, { max_session_duration: 43200 }),
  "trusts/used-role": role({
    Principal: { Service: "eks.amazonaws.com" },
    Action: "sts:AssumeRole",
  }),
  "keys-and-logs/own-account": policy(
    { Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "kms:*" },
    "aws_kms_key",
  ),
  "keys-and-logs/service-use": policy(
    {
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: "kms:Decrypt",
    },
    "aws_kms_key",
  ),
  "keys-and-logs/enabled": resource("aws_kms_key", { is_enabled: false }),
  "names-and-mail/dkim": resource("aws_sesv2_email_identity", {
    dkim_signing_attributes: { next_signing_key_length: "RSA_1024_BIT" },
  }),
  "names-and-mail/not-public": policy(
    anybody,
    "aws_sesv2_email_identity_policy",
  ),
  "names-and-mail/strong-key": resource("aws_acm_certificate", {
    key_algorithm: "RSA_1024",
  }),
  "load-balancer/redirect": resource("aws_lb_listener", {
    protocol: "HTTP",
    default_action: [{ type: "forward" }],
  }),
  "load-balancer/tls-policy": resource("aws_lb_listener", {
    protocol: "HTTPS",
    ssl_policy: "ELBSecurityPolicy-2016-08",
  }),
  "load-balancer/closed-paths": resource("kubernetes_ingress_v1", {
    spec: {
      rule: {
        http: { path: { path: "/", backend: { service: { name: "wave" } } } },
      },
    },
  }),
  "load-balancer/own-balancer": ingress({ "group.name": "shared" }),
};
