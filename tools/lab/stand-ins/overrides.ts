import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SynthesizedStack } from "../terraform/synthesized";

/**
 * Attributes of the pinned AWS provider that the stand-in (5.100.0) does not know. `block.attribute` is inside a block
 * that may stand more than once. They are dropped in the lab only.
 */
const newerAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["options.export"],
  aws_backup_plan: [
    "scan_setting",
    "rule.target_logically_air_gapped_backup_vault_arn",
  ],
  aws_cloudwatch_log_group: ["deletion_protection_enabled"],
  aws_ecr_repository: ["image_tag_mutability_exclusion_filter"],
  aws_efs_mount_target: ["ip_address_type", "ipv6_address"],
  aws_eks_cluster: ["deletion_protection", "control_plane_scaling_config"],
  aws_eks_node_group: [
    "node_repair_config.max_parallel_nodes_repaired_count",
    "node_repair_config.max_parallel_nodes_repaired_percentage",
    "node_repair_config.max_unhealthy_node_threshold_count",
    "node_repair_config.max_unhealthy_node_threshold_percentage",
    "node_repair_config.node_repair_config_overrides",
  ],
  aws_eks_pod_identity_association: ["disable_session_tags", "target_role_arn"],
  aws_elasticache_replication_group: ["node_group_configuration"],
  aws_lb: ["health_check_logs"],
  aws_nat_gateway: ["availability_mode", "availability_zone_address", "vpc_id"],
  aws_s3_bucket_public_access_block: ["skip_destroy"],
  aws_s3_bucket_server_side_encryption_configuration: [
    "rule.blocked_encryption_types",
  ],
};

/** Retries of a call: moto answers 500 for what it does not know, and 25 retries take ten minutes. */
const maxRetries = 3;

type Resource = Record<string, unknown>;

/**
 * Writes `lab_override.tf.json` beside each stack: fewer retries, and with a stand-in provider, null for each attribute it
 * does not know. Terraform merges it, and CDKTF leaves it alone.
 * @returns what was dropped, `stack: type.attribute`, each once.
 */
export function writeOverrides(
  stacks: readonly SynthesizedStack[],
  standIn: boolean,
): string[] {
  return stacks.flatMap(({ id, folder, json }) => {
    const { resource, dropped } = standIn
      ? dropNewer(json.resource ?? {})
      : { resource: {}, dropped: [] };
    const aws = (json.provider?.aws ?? []).map(({ alias }) => ({
      alias,
      max_retries: maxRetries,
    }));
    writeFileSync(
      join(folder, "lab_override.tf.json"),
      JSON.stringify(
        {
          provider: { aws },
          // Terraform takes an empty object for a block without its label.
          ...(Object.keys(resource).length > 0 && { resource }),
        },
        undefined,
        2,
      ),
    );
    return dropped.map((name) => `${id}: ${name}`);
  });
}

/** The nulls for one stack's resources. */
export function dropNewer(
  resources: Readonly<Record<string, Record<string, Resource>>>,
): { resource: Record<string, Record<string, Resource>>; dropped: string[] } {
  const overrides: Record<string, Record<string, Resource>> = {};
  const dropped = new Set<string>();
  for (const [type, byName] of Object.entries(resources))
    for (const [name, resource] of Object.entries(byName)) {
      const change: Resource = {};
      for (const attribute of ["region", ...(newerAttributes[type] ?? [])])
        if (without(resource, attribute, change))
          dropped.add(`${type}.${attribute}`);
      if (Object.keys(change).length > 0)
        overrides[type] = { ...overrides[type], [name]: change };
    }
  return { resource: overrides, dropped: [...dropped].sort() };
}

/** Adds to `change` what takes `attribute` away. @returns false when the resource does not have it. */
function without(
  resource: Resource,
  attribute: string,
  change: Resource,
): boolean {
  const [first = "", inner] = attribute.split(".");
  if (resource[first] === undefined) return false;
  if (inner === undefined) {
    change[first] = null;
    return true;
  }
  // An override replaces all blocks of its type, so the others are repeated without the attribute.
  const current = change[first] ?? resource[first];
  const blocks = (Array.isArray(current) ? current : [current]) as Resource[];
  if (!blocks.some((block) => block[inner] !== undefined)) return false;
  change[first] = blocks.map((block) => ({ ...block, [inner]: undefined }));
  return true;
}
