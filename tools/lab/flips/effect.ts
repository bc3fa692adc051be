import { type ChangeGroup, groupChanges } from "../from/changes";

/** What a change of one setting does to an environment that stands, from the least to the most. */
export const WORDS = [
  "nothing",
  "in place",
  "rolling (pods)",
  "rolling (nodes)",
  "replaced",
  "interrupts",
  "refused",
] as const;
export type Word = (typeof WORDS)[number];

type Values = Readonly<Record<string, unknown>>;

/** The part of a plan's JSON that is read here. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly mode?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Values | null;
      readonly after: Values | null;
      readonly after_unknown?: Values;
    };
  }[];
  readonly output_changes?: Readonly<
    Record<string, { readonly actions: readonly string[] }>
  >;
}

type ResourceChange = NonNullable<PlanJson["resource_changes"]>[number];

/** What the plan of one stack says. */
export interface StackPlan {
  readonly stack: string;
  readonly word: Word;
  readonly groups: readonly ChangeGroup[];
  /** Outputs that change: what reads them was planned with those of now. */
  readonly outputs: readonly string[];
}

/** Reads a plan, as `terraform show -json` writes it. */
export function readPlan(stack: string, json: string): StackPlan {
  const plan = JSON.parse(json) as PlanJson;
  const changes = (plan.resource_changes ?? []).filter(
    ({ mode = "managed" }) => mode === "managed",
  );
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => actions.join() !== "no-op")
    .map(([name]) => name);
  return {
    stack,
    word: worst(changes.map(wordOf)),
    groups: groupChanges(json),
    outputs,
  };
}

/** The one that does most; `nothing` of none. */
export const worst = (words: readonly Word[]): Word =>
  WORDS[Math.max(0, ...words.map((word) => WORDS.indexOf(word)))] ?? "nothing";

/** What people notice when such a resource goes or is made anew. */
const INTERRUPTS_WHEN_GONE: ReadonlySet<string> = new Set([
  "aws_db_instance",
  "aws_eks_cluster",
  "aws_elasticache_replication_group",
  "kubernetes_deployment_v1",
  "kubernetes_ingress_v1",
  "kubernetes_namespace_v1",
  "kubernetes_persistent_volume_claim_v1",
  "kubernetes_stateful_set_v1",
]);

/** What carries a value or a wait, and is made anew with it. */
const CARRIERS: ReadonlySet<string> = new Set([
  "aws_acm_certificate_validation",
  "aws_autoscaling_group_tag",
  "aws_secretsmanager_secret_version",
  "terraform_data",
]);

/** Attributes with whose change a store is away for a while. */
const INTERRUPTS_WHEN_CHANGED: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["instance_class", "engine_version", "parameter_group_name"],
  aws_elasticache_replication_group: [
    "node_type",
    "engine_version",
    "transit_encryption_enabled",
  ],
};

/** Attributes of a node group with whose change each of its nodes is made anew. */
const ROLLS_NODES = ["launch_template", "version", "release_version"];

/** Controllers of Kubernetes, which make pods of a template. */
const PODS: ReadonlySet<string> = new Set([
  "helm_release",
  "kubernetes_daemon_set_v1",
  "kubernetes_deployment_v1",
  "kubernetes_stateful_set_v1",
]);

function wordOf({ type, change }: ResourceChange): Word {
  const { actions } = change;
  if (actions.every((action) => action === "no-op" || action === "read"))
    return "nothing";
  if (actions.includes("delete")) {
    if (INTERRUPTS_WHEN_GONE.has(type)) return "interrupts";
    return actions.includes("create") && !CARRIERS.has(type)
      ? "replaced"
      : "in place";
  }
  if (!actions.includes("update")) return "in place";
  const changed = changedNames(change);
  if (INTERRUPTS_WHEN_CHANGED[type]?.some((name) => changed.includes(name)))
    return replicated(change) ? "in place" : "interrupts";
  if (type === "aws_eks_node_group")
    return ROLLS_NODES.some((name) => changed.includes(name))
      ? "rolling (nodes)"
      : "in place";
  if (PODS.has(type) && remakesPods(type, change)) {
    return hasOnePod(change) ? "interrupts" : "rolling (pods)";
  }
  return "in place";
}

/** Names of attributes that change or are not known yet. */
function changedNames({
  before,
  after,
  after_unknown: unknown = {},
}: ResourceChange["change"]): string[] {
  return Object.keys({ ...before, ...after, ...unknown }).filter(
    (name) =>
      isUnknown(unknown[name]) ||
      JSON.stringify(before?.[name] ?? null) !==
        JSON.stringify(after?.[name] ?? null),
  );
}

/** `after_unknown` has the shape of the value, and `true` where nobody knows it yet. */
function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return Object.values(value).some(isUnknown);
}

/** A standby or a replica takes over within seconds. */
const replicated = ({ before }: ResourceChange["change"]): boolean =>
  before?.multi_az === true || before?.automatic_failover_enabled === true;

/** A release makes its pods anew with other values; a number of pods alone does not. */
function remakesPods(
  type: string,
  { before, after, after_unknown: unknown }: ResourceChange["change"],
): boolean {
  if (type === "helm_release") return true;
  const parts = [before, after, unknown].map((values) =>
    JSON.stringify(specOf(values)?.template ?? null),
  );
  return parts[0] !== parts[1] || parts[2]?.includes("true") === true;
}

/** With one pod, the old one ends before the new one is ready, unless the update is a rolling one with a surge. */
function hasOnePod({ after }: ResourceChange["change"]): boolean {
  const { replicas, strategy } = specOf(after) ?? {};
  const [{ type = "" } = {}] = (strategy ?? []) as { type?: string }[];
  return String(replicas) === "1" && type !== "RollingUpdate";
}

function specOf(values: unknown): Values | undefined {
  const { spec } = (values ?? {}) as { readonly spec?: unknown };
  return Array.isArray(spec) ? (spec[0] as Values | undefined) : undefined;
}
