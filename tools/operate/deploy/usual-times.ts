import { type StackPlan } from "../plan/plan-target";
import { type Target } from "../target";
import { stackJson } from "../terraform/stacks";

/** How long AWS usually takes to make something, in minutes. */
interface UsualTime {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** Page that says so, and the day it was read; or whose word it is where no page of AWS says one. */
  readonly source: string;
}

/** What takes most of a first deploy. What is not here has no usual time that anybody wrote down. */
export const USUAL_TIMES: Readonly<Record<string, UsualTime>> = {
  aws_eks_cluster: {
    what: "EKS cluster",
    least: 10,
    most: 15,
    source:
      "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html, read 2026-11-29",
  },
  aws_eks_node_group: {
    what: "node groups",
    least: 2,
    most: 5,
    source: "an estimate: no page of AWS says one",
  },
  aws_db_instance: {
    what: "database",
    least: 10,
    most: 15,
    source: "an estimate, with its standby: no page of AWS says one",
  },
  aws_elasticache_replication_group: {
    what: "Redis",
    least: 5,
    most: 15,
    source: "an estimate: no page of AWS says one",
  },
};

/** Types of what a deploy makes in a stack: by its plan, or where it waits, all that it has. */
function createdTypes(target: Target, plan: StackPlan): string[] {
  switch (plan.state) {
    case "planned":
      return plan.changes
        .filter(({ action }) => action === "create" || action === "replace")
        .map(({ address }) => address.split(".")[0] ?? "");
    case "waits":
      return plan.neverDeployed
        ? Object.keys(stackJson(target, plan.stack).resource ?? {})
        : [];
    default:
      return [];
  }
}

/**
 * How long a deploy usually takes, in a sentence; undefined where it makes nothing that is known to take long. The cluster comes
 * before its nodes, stores of one stack come side by side, and stacks one after the other.
 */
export function usualSentence(
  target: Target,
  plans: readonly StackPlan[],
): string | undefined {
  const created = plans.map((plan) => [
    ...new Set(
      createdTypes(target, plan).filter((type) => type in USUAL_TIMES),
    ),
  ]);
  const all = [...new Set(created.flat())].flatMap(
    (type) => USUAL_TIMES[type] ?? [],
  );
  if (all.length === 0) return undefined;
  const total = (of: "least" | "most"): number =>
    created
      .map((types) => minutesOf(types, of))
      .reduce((sum, minutes) => sum + minutes, 0);
  const parts = all.map(
    ({ what, least, most }) => `${what} ${least} to ${most}`,
  );
  return `Usually ${total("least")} to ${total("most")} minutes and more (${parts.join(", ")}).`;
}

const IN_A_ROW = ["aws_eks_cluster", "aws_eks_node_group"];

function minutesOf(types: readonly string[], of: "least" | "most"): number {
  const minutes = (type: string): number => USUAL_TIMES[type]?.[of] ?? 0;
  const row = types.filter((type) => IN_A_ROW.includes(type));
  const beside = types.filter((type) => !IN_A_ROW.includes(type));
  return (
    row.reduce((sum, type) => sum + minutes(type), 0) +
    Math.max(0, ...beside.map(minutes))
  );
}
