import { type Patch } from "../settings";

/** A change of settings in an environment that stands, and what the documentation promises of it. */
export interface Pair {
  /** What changes, for the report. */
  readonly name: string;
  readonly change: Patch;
  /** Stacks that the runbook deploys alone, one after the other, before all of them. @default none */
  readonly first?: readonly string[];
  /** Types of resources that are replaced; all others stay what they are. @default none */
  readonly replaces?: readonly string[];
  /** Whether Wave's pods are made anew. @default false */
  readonly restartsWave?: boolean;
  /** It is about what only Terraform does in the cluster: nothing that a translation of `workloads` could show. @default false */
  readonly inTerraform?: boolean;
  /** Part of every run, and not of `--all` alone. @default false */
  readonly always?: boolean;
}

/** In this order, each upon what the one before left: the classic example, and all of it again on the current line. */
export const classicPairs: readonly Pair[] = [
  {
    name: "a cost tag comes",
    change: { tags: { "cost-center": "4711" } },
    always: true,
  },
  {
    name: "the third zone goes",
    change: { network: { zones: ["a", "b"] } },
    first: ["workloads", "data"],
    replaces: ["aws_eks_node_group"],
    always: true,
  },
  {
    name: "a third zone comes",
    change: { network: { zones: ["a", "b", "c"] } },
    replaces: ["aws_eks_node_group"],
    always: true,
  },
];

/** After the upgrade, or on a fresh current line. */
export const currentPairs: readonly Pair[] = [
  {
    name: "a minor of PostgreSQL is named",
    change: { data: { postgres: { engineVersion: "17.6" } } },
  },
];
