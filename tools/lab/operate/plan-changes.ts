import { type MeaningKind } from "../../operate/plan/meaning";
import { type Patch } from "../settings";

/** A change of settings on the line `current` as it stands, and what `plan` has to say of it. */
export interface PlannedChange {
  readonly name: string;
  readonly change: Patch;
  readonly exit: 0 | 1 | 2;
  /** Kinds of meanings by stack; a stack that is not named has none. */
  readonly means?: Readonly<Record<string, readonly MeaningKind[]>>;
  /** Stack whose plan is refused, and the setting that its reason names. */
  readonly refused?: { readonly stack: string; readonly names: string };
}

/** Each from the same settings. */
export const plannedChanges: readonly PlannedChange[] = [
  { name: "nothing", change: {}, exit: 0 },
  {
    name: "a cost tag comes",
    change: { tags: { "cost-center": "4711" } },
    exit: 2,
    means: { network: ["rolls nodes", "interrupts builds"] },
  },
  {
    name: "the disks of build nodes grow",
    change: { cluster: { nodeGroups: { build: { diskGiB: 200 } } } },
    exit: 2,
    means: { network: ["rolls nodes", "interrupts builds"] },
  },
  {
    name: "build nodes are of another type",
    change: {
      cluster: { nodeGroups: { build: { instanceTypes: ["m5.2xlarge"] } } },
    },
    exit: 2,
    means: { network: ["replaces nodes", "interrupts builds"] },
  },
  {
    name: "one NAT gateway serves all zones",
    change: { network: { natGateways: "single" } },
    exit: 2,
  },
  {
    name: "builds may take longer",
    change: { wave: { build: { timeout: "20m" } } },
    exit: 2,
    means: { workloads: ["restarts Wave"] },
  },
  {
    name: "the load balancer gets another name",
    change: { wave: { ingress: { loadBalancerName: "wave-lab-other" } } },
    exit: 2,
    means: { workloads: ["interrupts the load balancer"] },
  },
  {
    name: "a new password of PostgreSQL",
    change: { data: { postgres: { passwordVersion: 2 } } },
    exit: 2,
    means: { data: ["restarts Wave"] },
  },
  {
    name: "Redis is of another class",
    change: { data: { redis: { nodeType: "cache.t3.small" } } },
    exit: 2,
    means: { data: ["interrupts a store"] },
  },
  {
    name: "the repositories get another prefix",
    change: { data: { ecr: { prefix: "other" } } },
    exit: 1,
    means: { data: ["loses data"] },
  },
  {
    name: "the cluster goes back a minor",
    change: { cluster: { version: "1.35" } },
    exit: 1,
    refused: { stack: "network", names: "cluster.version" },
  },
  {
    name: "another second zone",
    change: { network: { zones: ["a", "c"] } },
    exit: 1,
    refused: { stack: "network", names: "network.zones" },
  },
];

/** The change that is kept as files and applied: in place, in one stack. */
export const savedChange: Patch = {
  data: { postgres: { storageGiB: 40 } },
};
