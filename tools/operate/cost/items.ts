/** What somebody buys with an item: the rows of the short tables. */
export const PARTS = [
  "nodes",
  "control plane",
  "NAT gateways, endpoints",
  "load balancers",
  "Redis",
  "PostgreSQL",
  "files",
  "keys, secrets, logs, alarms",
] as const;

/** Something that costs as long as it is there. */
export interface Item {
  readonly part: (typeof PARTS)[number];
  /** Such as `nodes wave-prod-system, m5a.2xlarge`. */
  readonly what: string;
  /** Key of the price list. */
  readonly price: string;
  /** How many, in the unit of the price without its time: 3 nodes, 300 GB. */
  readonly quantity: number;
  /** What is counted, where it is no number of things: `GB`. */
  readonly measure?: string;
  /** Whether it comes and goes with the load, so that nobody can say for how many hours it stands. @default false */
  readonly scaled?: boolean;
  /** What was assumed of its use, as a sentence. */
  readonly assumption?: string;
}
