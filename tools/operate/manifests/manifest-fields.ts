import { readableText } from "../../../modules/lib/terraform-text";

/** A block of Terraform JSON: snake_case keys. */
export type Block = Readonly<Record<string, unknown>>;

/*
 * What the Kubernetes provider names or types otherwise than the API. The lists hold every difference between the
 * provider's schema (3.x) and the API's for the kinds of `manifests.ts`, not only those of today's objects.
 */

/** Maps with keys of the user. */
const FREE_FORM = new Set([
  ...["annotations", "labels", "match_labels", "node_selector"],
  ...["data", "binary_data", "parameters", "options", "volume_attributes"],
  ...["limits", "requests", "capacity", "hard"],
  ...["default", "default_request", "max", "min", "max_limit_request_ratio"],
]);

/** Repeated blocks that the API names in the plural. All other lists keep their name: `env`, `egress`, `items`. */
const PLURAL = new Set([
  ...["container", "init_container", "port", "volume", "volume_mount"],
  ...["volume_device", "volume_claim_template", "toleration", "sysctl"],
  ...["topology_spread_constraint", "readiness_gate", "node_selector_term"],
  ...["http_header", "option", "on_pod_condition", "match_expression"],
  ...["rule", "subject", "path", "limit", "metric", "policy"],
  ...["image_pull_secret", "secret"],
]);

/** Blocks that stand at most once, and that the provider's JSON nevertheless has as a list. */
const SINGLE = new Set([
  ...["pre_stop", "post_start", "tcp_socket", "grpc"],
  ...["label_selector", "namespace_selector", "selector"],
  ...["scale_down", "scale_up", "rolling_update", "update_strategy"],
  ...["persistent_volume_claim_retention_policy", "projected", "spec"],
  ...["sources.config_map", "sources.secret", "spec.parameters"],
]);

/** Blocks whose fields stand one level higher in the API. */
const FLAT = new Set(["persistent_volume_source"]);

/** Strings of the provider that are numbers, or numbers or names, in the API. */
const NUMBER = new Set([
  ...["replicas", "run_as_user", "run_as_group", "fs_group"],
  ...["toleration_seconds", "ttl_seconds_after_finished"],
  ...["max_unavailable", "min_available", "max_surge"],
]);
const PORT = new Set(["port", "target_port"]);
/** File modes: octal digits in the provider. */
const OCTAL = new Set(["mode", "default_mode"]);

/** Names that the rules below do not give. */
const RENAMED: Readonly<Record<string, string>> = {
  run_as_username: "runAsUserName",
  storage_provisioner: "provisioner",
  timezone: "timeZone",
};

/** Last words that the API writes in capitals: `host_ip` → `hostIP`, `cluster_ips` → `clusterIPs`. */
const CAPITALS = /(?:Ip|Ips|Ipc|Pid|Id|Api|Uuid|Urls)$/;

/** A block of the Kubernetes provider with the names and types of the Kubernetes API. Absent values (`null`) stay away. */
export function apiFields(block: Block, parent = ""): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(block)) {
    if (value === null || value === undefined) continue;
    if (FLAT.has(key) && isBlock(value))
      Object.assign(fields, apiFields(value, key));
    else fields[apiName(key, value, parent)] = apiValue(key, value, parent);
  }
  return fields;
}

const isBlock = (value: unknown): value is Block =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSingle = (key: string, parent: string): boolean =>
  SINGLE.has(key) || SINGLE.has(`${parent}.${key}`);

function apiName(key: string, value: unknown, parent: string): string {
  const renamed = RENAMED[key];
  if (renamed !== undefined) return renamed;
  const name = key
    .replace(/_([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase())
    .replace(CAPITALS, (word) => word.toUpperCase().replace(/S$/, "s"));
  const isPlural =
    Array.isArray(value) && PLURAL.has(key) && !isSingle(key, parent);
  return isPlural ? plural(name) : name;
}

const plural = (name: string): string =>
  name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;

function apiValue(key: string, value: unknown, parent: string): unknown {
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => apiValue(key, item, parent));
    return isSingle(key, parent) ? list[0] : list;
  }
  if (!isBlock(value)) return apiScalar(key, value);
  return isFreeForm(key, value, parent)
    ? freeForm(value)
    : apiFields(value, key);
}

/**
 * The selector of a Service is a map of labels; all others are label selectors. Parameters of a class of Ingresses name
 * another object; those of a class of volumes are the user's.
 */
const isFreeForm = (key: string, value: Block, parent: string): boolean =>
  (FREE_FORM.has(key) && !isSingle(key, parent)) ||
  (key === "selector" &&
    !("match_labels" in value) &&
    !("match_expressions" in value));

const freeForm = (map: Block): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, apiScalar("", value)]),
  );

function apiScalar(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = readableText(value);
  if (OCTAL.has(key)) return parseInt(text, 8);
  if (!NUMBER.has(key) && !PORT.has(key)) return text;
  if (/^\d+$/.test(text)) return Number(text);
  return PORT.has(key) ? portName(text) : text;
}

/** The placeholder of a port, as a name the API allows: at most 15 of `a-z0-9-`. */
const portName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 15)
    .replace(/-$/, "");
