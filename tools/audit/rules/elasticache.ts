import {
  type WrittenRule,
  absent,
  all,
  atLeast,
  check,
  customerKey,
  on,
  oneOf,
  present,
  refersTo,
} from "../rule";

const GROUP = ["aws_elasticache_replication_group"];

const auth = check(
  ["auth_token", "user_group_ids"],
  ({ body }) =>
    /^\$\{/.test(String(body.auth_token)) || body.user_group_ids !== undefined,
);

/** Redis. */
export const elasticacheRules: readonly WrittenRule[] = [
  {
    id: "elasticache/key",
    sentence: "Redis encrypts with a customer managed key.",
    externalIds: ["CKV_AWS_191"],
    types: GROUP,
    ...customerKey("kms_key_id"),
  },
  {
    id: "elasticache/transit-required",
    sentence: "Redis refuses clients without TLS.",
    types: GROUP,
    ...oneOf("transit_encryption_mode", "required"),
  },
  {
    id: "elasticache/auth",
    sentence: "Redis asks for a password, over TLS.",
    externalIds: [
      "CKV_AWS_31",
      "prowler elasticache_redis_replication_group_auth_enabled",
      "cdk-nag AEC6",
    ],
    types: GROUP,
    ...all(on("transit_encryption_enabled"), auth),
  },
  {
    id: "elasticache/snapshots",
    sentence: "Redis is saved daily.",
    externalIds: [
      "AWS-0050",
      "prowler elasticache_redis_cluster_backup_enabled",
    ],
    types: GROUP,
    ...atLeast("snapshot_retention_limit", 1),
  },
  {
    id: "elasticache/final-snapshot",
    sentence: "Redis is saved before it is deleted, and kept saved for a week.",
    types: GROUP,
    ...all(
      present("final_snapshot_identifier"),
      atLeast("snapshot_retention_limit", 7),
    ),
  },
  {
    id: "elasticache/minor-upgrades",
    sentence: "Redis takes minor upgrades.",
    externalIds: [
      "prowler elasticache_redis_cluster_auto_minor_version_upgrades",
    ],
    types: GROUP,
    ...on("auto_minor_version_upgrade"),
  },
  {
    id: "elasticache/version",
    sentence: "Redis 7 or later: its TLS can be changed in place.",
    types: GROUP,
    ...atLeast("engine_version", 7),
  },
  {
    id: "elasticache/subnets",
    sentence: "Redis lives in the VPC, in subnets of its own group.",
    externalIds: ["cdk-nag AEC1"],
    types: GROUP,
    ...refersTo("subnet_group_name", "aws_elasticache_subnet_group"),
  },
  {
    id: "elasticache/group",
    sentence: "Redis has a security group of ours, not the VPC's default.",
    types: GROUP,
    ...refersTo("security_group_ids", "aws_security_group"),
  },
  {
    id: "elasticache/kept-redis",
    sentence: "Terraform refuses to delete Redis.",
    types: GROUP,
    ...on("lifecycle.prevent_destroy"),
  },
  {
    id: "elasticache/strategy",
    sentence: "A new password of Redis shuts the door to those without one.",
    types: GROUP,
    about: ({ body }) => body.auth_token !== undefined,
    ...oneOf("auth_token_update_strategy", "SET"),
  },
  {
    id: "elasticache/no-secret-in-state",
    sentence: "No password of Redis is kept in state.",
    types: GROUP,
    ...absent("auth_token"),
  },
];
