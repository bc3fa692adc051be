import { type StackJson } from "../../../../tools/audit/graph";
import { pod, policy, resource, stack } from "./sample";

const bucketWith = (type: string, body: Record<string, unknown> = {}) =>
  stack({
    "aws_s3_bucket.sample": {},
    [`${type}.sample`]: { bucket: "${aws_s3_bucket.sample.id}", ...body },
  });
const zoneWith = (type: string, path: string) =>
  stack({
    "aws_route53_zone.sample": {},
    [`${type}.sample`]: { [path]: "${aws_route53_zone.sample.zone_id}" },
  });
const KEY = `arn:aws:kms:eu-central-1:123456789012:key/${"0".repeat(8)}`;

/** What satisfies the rules that no resource of the examples does: those of the register, and of types we do not use. */
export const passing: Readonly<Record<string, StackJson>> = {
  "SEC-B3/public-endpoint": resource("aws_eks_cluster", {
    vpc_config: { endpoint_public_access: false },
  }),
  "SEC-B6/version": resource("aws_eks_cluster", { version: "1.35" }),
  "SEC-B18/named-zones": {
    data: {
      aws_availability_zones: {
        sample: { filter: [{ name: "zone-name", values: ["eu-central-1a"] }] },
      },
    },
  },
  "SEC-B18/attached-acl": resource("aws_network_acl", {
    subnet_ids: ["subnet-a"],
  }),
  "SEC-B25/failover": resource("aws_elasticache_replication_group", {
    multi_az_enabled: true,
    automatic_failover_enabled: true,
  }),
  "SEC-B27/snapshots": resource("aws_elasticache_cluster", {
    snapshot_retention_limit: 1,
  }),
  "SEC-B27/minor-upgrades": resource("aws_elasticache_cluster", {
    auto_minor_version_upgrade: "true",
  }),
  "SEC-B27/subnets": resource("aws_elasticache_cluster", {
    subnet_group_name: "own",
  }),
  "EXC-04/replication": bucketWith("aws_s3_bucket_replication_configuration", {
    rule: [{ status: "Enabled" }],
  }),
  "EXC-04/events": bucketWith("aws_s3_bucket_notification"),
  "EXC-04/object-lock": bucketWith("aws_s3_bucket_object_lock_configuration"),
  "EXC-04/mfa-delete": bucketWith("aws_s3_bucket_versioning", {
    versioning_configuration: { mfa_delete: "Enabled" },
  }),
  "SEC-B33/immutable": resource("aws_ecr_repository", {
    image_tag_mutability: "IMMUTABLE",
  }),
  "SEC-B38/rotation": stack({
    "aws_secretsmanager_secret.sample": {},
    "aws_secretsmanager_secret_rotation.sample": {
      secret_id: "${aws_secretsmanager_secret.sample.id}",
    },
  }),
  "SEC-B38/rotation-days": resource("aws_secretsmanager_secret_rotation", {
    rotation_rules: { automatically_after_days: 30 },
  }),
  "SEC-B38/parameter": resource("aws_ssm_parameter", { type: "SecureString" }),
  "SEC-B38/parameter-key": resource("aws_ssm_parameter", { key_id: KEY }),
  "SEC-B40/not-public": policy(
    { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "ses:*" },
    "aws_sesv2_email_identity_policy",
  ),
  "SEC-B42/dnssec": zoneWith(
    "aws_route53_hosted_zone_dnssec",
    "hosted_zone_id",
  ),
  "SEC-B42/query-log": zoneWith("aws_route53_query_log", "zone_id"),
  "SEC-B43/deletion-protection": resource("aws_lb", {
    enable_deletion_protection: true,
  }),
  "SEC-B43/desync": resource("aws_lb", { desync_mitigation_mode: "strictest" }),
  "SEC-B43/internal": resource("aws_lb", { internal: true }),
  "SEC-B43/firewall": stack({
    "aws_lb.sample": { internal: false },
    "aws_wafv2_web_acl_association.sample": {
      resource_arn: "${aws_lb.sample.arn}",
    },
  }),
  "SEC-B43/target-protocol": resource("aws_lb_target_group", {
    protocol: "HTTPS",
  }),
  "SEC-B49/digest": pod({}, { image: `a/b:1@sha256:${"0".repeat(64)}` }),
};

/** Rules that forbid a type as such: nothing satisfies them but the absence of the type. */
export const FORBIDDEN_TYPES = [
  "SEC-B27/no-classic-group",
  "SEC-B34/no-users",
  "HARD-01/no-cluster-role",
];
