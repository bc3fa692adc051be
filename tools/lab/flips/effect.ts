import { type Settings } from "../../../modules/schema";
import { type MeaningKind, meaningsOf } from "../../operate/plan/meaning";
import {
  type Change,
  type PlanJson,
  changedOutputs,
  changesOf,
  differs,
  valueAt,
} from "../../operate/plan/plan-json";
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

/** What the plan of one stack says. */
export interface StackPlan {
  readonly stack: string;
  readonly word: Word;
  readonly groups: readonly ChangeGroup[];
  /** Outputs that change: what reads them was planned with those of now. */
  readonly outputs: readonly string[];
}

/**
 * Reads a plan, as `terraform show -json` writes it.
 * @param settings Of the environment that stands.
 */
export function readPlan(
  stack: string,
  json: string,
  settings: Settings,
): StackPlan {
  const plan = JSON.parse(json) as PlanJson;
  const meanings = meaningsOf(plan, settings, stack);
  return {
    stack,
    word: worst([
      ...meanings.map(({ kind }) => WORD_OF[kind]),
      ...changesOf(plan).map(wordOf),
    ]),
    groups: groupChanges(json),
    outputs: changedOutputs(plan),
  };
}

/** What `wave-eks plan` says a change means, in the words of the page. */
const WORD_OF: Readonly<Record<MeaningKind, Word>> = {
  "restarts pods": "rolling (pods)",
  "restarts Wave": "rolling (pods)",
  "interrupts a store": "interrupts",
  "interrupts the load balancer": "interrupts",
  "removes nodes": "rolling (nodes)",
  "rolls nodes": "rolling (nodes)",
  "replaces nodes": "replaced",
  "interrupts pipelines": "rolling (nodes)",
  "interrupts builds": "rolling (pods)",
  "loses data": "interrupts",
};

/** The one that does most; `nothing` of none. */
export const worst = (words: readonly Word[]): Word =>
  WORDS[Math.max(0, ...words.map((word) => WORDS.indexOf(word)))] ?? "nothing";

/** What carries a value or a wait, and is made anew with it. */
const CARRIERS: ReadonlySet<string> = new Set([
  "aws_acm_certificate_validation",
  "aws_autoscaling_group_tag",
  "aws_secretsmanager_secret_version",
  "terraform_data",
]);

/** What is done with one resource, whatever it means. */
function wordOf(change: Change): Word {
  const { type, action } = change;
  if (action === "replace" && !CARRIERS.has(type)) return "replaced";
  if (action !== "update") return "in place";
  // A release makes its pods anew with other values.
  if (type === "helm_release") return "rolling (pods)";
  return type === "kubernetes_deployment_v1" && endsItsOnlyPod(change)
    ? "interrupts"
    : "in place";
}

/** The one pod ends before the next one starts. */
const endsItsOnlyPod = (change: Change): boolean =>
  differs(change, ["spec", 0, "template"]) &&
  String(valueAt(change.after, ["spec", 0, "replicas"])) === "1" &&
  valueAt(change.after, ["spec", 0, "strategy", 0, "type"]) === "Recreate";
