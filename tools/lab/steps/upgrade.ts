import { missingFrom } from "../aws/account";
import { type Lab } from "../lab";
import { type State, outputOf } from "../terraform/state";
import { type Change, type Plan, planAll, planError } from "../terraform/plan";
import { type SynthesizedStack } from "../terraform/synthesized";
import { logOf } from "./steps";
import { storesOf } from "./stores";

/** Resources that hold data: an upgrade that replaces or destroys one of them loses it. */
const holdsData: ReadonlySet<string> = new Set([
  "aws_backup_vault",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_elasticache_replication_group",
  "aws_kms_key",
  "aws_s3_bucket",
]);

/** Those that also hold data where the line stays the same. A namespace takes what is in it with it. */
export const holdsDataOfUsers: ReadonlySet<string> = new Set([
  ...holdsData,
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_secretsmanager_secret",
  "kubernetes_namespace_v1",
]);

/** Access points that both lines use; that of SurrealDB goes with the classic line, its files stay. */
const keptAccessPoints = ["wave_access_point_id", "build_access_point_id"];

/** What an upgrade takes away, and what of it it must not. */
export interface UpgradeEffect {
  readonly removed: readonly Change[];
  readonly lost: readonly Change[];
  /** Resources that hold data and stay. */
  readonly kept: readonly Change[];
}

/**
 * @param accessPoints Ids of the access points that must stay.
 * @param types Those of resources that must stay.
 */
export function evaluate(
  { resources }: Pick<Plan, "resources">,
  accessPoints: readonly unknown[],
  types: ReadonlySet<string> = holdsData,
): UpgradeEffect {
  const mustStay = ({ type, id }: Change): boolean =>
    types.has(type) ||
    (type === "aws_efs_access_point" && accessPoints.includes(id));
  const removed = resources.filter(({ actions }) => actions.includes("delete"));
  const present = resources.filter(({ id }) => id !== undefined);
  return {
    removed,
    lost: removed.filter(mustStay),
    kept: present.filter((one) => mustStay(one) && !removed.includes(one)),
  };
}

/**
 * Plans the upgrade of what is deployed, before anything of it is applied: nothing that holds data is replaced or destroyed.
 * `workloads` cannot be planned before `data` has its new outputs, and says so.
 * @returns the plans.
 */
export async function planUpgrade(
  lab: Lab,
  synthesized: readonly SynthesizedStack[],
  before: readonly State[],
): Promise<Plan[]> {
  const { report, env } = lab;
  const accessPoints = keptAccessPoints.map((name) => outputOf(before, name));
  const step = logOf(lab, "plan");
  const producers = synthesized.filter(({ id }) => id !== "workloads");
  const plans = await planAll(producers, { step, env });
  for (const plan of plans) {
    const { removed, lost, kept } = evaluate(plan, accessPoints);
    for (const { address, actions } of removed)
      report.progress(
        `${plan.stack}: ${actions.length > 1 ? "replaces" : "destroys"} ${address}`,
      );
    report.check(
      `upgrade plan: ${plan.stack} keeps everything that holds data`,
      lost.length === 0 && (plan.stack !== "data" || kept.length > 0),
      lost.length > 0
        ? `takes away ${lost.map(({ address }) => address).join(", ")}`
        : `${kept.length} resources with data stay, ${removed.length} without go`,
    );
  }
  for (const stack of synthesized.filter((one) => !producers.includes(one))) {
    const refused = await planError(stack, { step, env });
    report.check(
      `upgrade plan: ${stack.id} names the stack to deploy first`,
      refused?.includes("Deploy data first") === true,
      refused ?? "it was planned",
    );
  }
  return plans;
}

/** What the classic line's stores were filled with is still in them. */
export async function checkContents(
  lab: Lab,
  before: readonly State[],
): Promise<void> {
  const missing = await missingFrom(lab.aws, storesOf(before));
  lab.report.check(
    "upgrade: what the stores held is still there",
    missing.length === 0,
    missing.join(", ") || undefined,
  );
}
