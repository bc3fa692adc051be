import { type Settings } from "../../../modules/schema";
import {
  type Graph,
  type StackJson,
  type Subject,
  graphOf,
  ofType,
} from "../../audit/graph";
import { at, isOn, numberOf } from "../../audit/reading";
import { balancersOf } from "./balancers";
import { type Item } from "./items";
import { groupItems } from "./nodes";
import { FREE, USAGE } from "./not-counted";

/** An item where it stands. */
export interface Placed extends Item {
  readonly stack: string;
  /** Who needs it: `core`, or a platform as its section is called. */
  readonly platform: string;
}

/** What an environment is charged for, and what of it nobody can say. */
export interface Quantities {
  readonly items: readonly Placed[];
  /** What is charged by use, and is not in the items. */
  readonly leftOut: readonly string[];
  /** Types of resources that this code does not know: they may cost. */
  readonly unknown: readonly string[];
}

/**
 * Counts in the Terraform JSON of all stacks. Not in the settings: what is deployed stands there once, with every default and
 * with what each platform adds, so nothing is forgotten that a new setting brings.
 */
export function quantitiesOf(
  settings: Settings,
  stacks: Readonly<Record<string, StackJson>>,
): Quantities {
  const graph = graphOf(stacks);
  const resources = graph.subjects.filter(({ type }) =>
    type.startsWith("aws_"),
  );
  const found = [
    ...resources.map((subject) => ({
      subject,
      items: COUNTED[subject.type]?.(subject, graph) ?? [],
    })),
    ...balancersOf(graph).map(({ ingress, items }) => ({
      subject: ingress,
      items,
    })),
  ].flatMap(({ subject, items }) =>
    items.map((item) => ({
      ...item,
      stack: subject.stack,
      platform: platformOf(subject, settings),
    })),
  );
  const types = [...new Set(resources.map(({ type }) => type))].sort();
  return {
    items: merged(found).sort((a, b) => orderOf(a) - orderOf(b)),
    leftOut: [
      ...LEFT_OUT,
      ...(observesPods(graph)
        ? ["metrics of nodes and pods, by the observation"]
        : []),
      ...types.flatMap((type) => USAGE[type] ?? []),
    ],
    unknown: types.filter(
      (type) => !(type in COUNTED) && !(type in USAGE) && !FREE.has(type),
    ),
  };
}

const observesPods = (graph: Graph): boolean =>
  ofType(graph, "aws_eks_addon").some(({ body }) =>
    nameOf(body.addon_name).includes("observability"),
  );

const LEFT_OUT = [
  "data transfer: to the internet, between zones, through NAT gateways and endpoints",
  "requests to KMS and Secrets Manager, logs that are stored or asked",
  "secrets and a hosted zone that you brought, $0.40 and $0.50 each",
];

const GB_OF_LOGS = 5;
const GB_OF_FILES = 20;

/** By type of resource: what it costs. */
const COUNTED: Readonly<
  Record<string, (subject: Subject, graph: Graph) => readonly Item[]>
> = {
  aws_eks_cluster: ({ body }) => [
    item("control plane", `EKS ${nameOf(body.name)}`, "eks.cluster"),
  ],
  aws_eks_node_group: groupItems,
  aws_nat_gateway: () => [
    item("NAT gateways, endpoints", "NAT gateways", "vpc.nat-gateway"),
  ],
  aws_eip: () => [
    item(
      "NAT gateways, endpoints",
      "public addresses of NAT gateways",
      "vpc.public-address",
    ),
  ],
  aws_vpc_endpoint: ({ body }) =>
    // A gateway endpoint, of S3 and DynamoDB, is free.
    body.vpc_endpoint_type === "Interface"
      ? [
          item(
            "NAT gateways, endpoints",
            "interface endpoints, one a zone",
            "vpc.interface-endpoint",
            at(body, "subnet_ids").length,
          ),
        ]
      : [],
  aws_elasticache_replication_group: ({ body }) => [
    item(
      "Redis",
      `Redis ${nameOf(body.replication_group_id)}, ${nameOf(body.node_type)}`,
      `elasticache.${nameOf(body.node_type)}`,
      numberOf(body.num_cache_clusters),
    ),
  ],
  aws_db_instance: ({ body }) => {
    const standby = isOn(body.multi_az) ? ".standby" : "";
    const name = `PostgreSQL ${nameOf(body.identifier)}`;
    return [
      item(
        "PostgreSQL",
        `${name}, ${nameOf(body.instance_class)}${standby && " with a standby"}`,
        `rds.${nameOf(body.engine)}.${nameOf(body.instance_class)}${standby}`,
      ),
      {
        ...item(
          "PostgreSQL",
          `storage of ${name}${standby && " and its standby"}`,
          `rds.${nameOf(body.storage_type)}${standby}`,
          numberOf(body.allocated_storage),
        ),
        measure: "GB",
      },
    ];
  },
  aws_efs_file_system: ({ body }) => [
    {
      ...item(
        "files",
        `files in EFS ${at(body, "tags.Name").map(nameOf).join("")}`,
        "efs.standard",
        GB_OF_FILES,
      ),
      measure: "GB",
      assumption: `A file system keeps ${GB_OF_FILES} GB, all of them in the class Standard; what is read and written of it is not counted.`,
    },
  ],
  aws_kms_key: () => [
    {
      ...item(OTHER, "KMS keys", "kms.key"),
      assumption:
        "A key is in its first year: each of its first two rotations adds a dollar a month.",
    },
  ],
  aws_secretsmanager_secret: () => [item(OTHER, "secrets", "secrets.secret")],
  aws_cloudwatch_log_group: () => [
    {
      ...item(OTHER, "logs, as they come in", "cloudwatch.logs", GB_OF_LOGS),
      measure: "GB",
      assumption: `${GB_OF_LOGS} GB of logs come into each log group in a month.`,
    },
  ],
  aws_cloudwatch_metric_alarm: ({ body }) => [
    {
      ...item(
        OTHER,
        "alarms",
        "cloudwatch.alarm",
        Math.max(1, at(body, "metric_query.metric").length),
      ),
      measure: "metrics",
    },
  ],
  aws_cloudwatch_dashboard: () => [
    item(OTHER, "dashboards", "cloudwatch.dashboard"),
  ],
};

const OTHER = "keys, secrets, logs, alarms";

const item = (
  part: Item["part"],
  what: string,
  price: string,
  quantity = 1,
): Item => ({ part, what, price, quantity });

const ORDER = ["state", "network", "data", "identity", "workloads"];

/** Stacks in the order of a deploy, those of platforms last. */
const orderOf = ({ stack }: Placed): number =>
  ORDER.includes(stack) ? ORDER.indexOf(stack) : ORDER.length;

const nameOf = (value: unknown): string =>
  typeof value === "string" ? value : "";

/** Stacks of the core that hold what is Wave's. */
const OF_WAVE = ["data", "identity", "workloads"];

function platformOf({ stack, path }: Subject, { wave }: Settings): string {
  const isWaves =
    wave !== undefined &&
    (OF_WAVE.includes(stack) || /^network\/nodes\/build/.test(path));
  if (isWaves) return "wave";
  return ["network", "state", ...OF_WAVE].includes(stack)
    ? "core"
    : stack.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase());
}

/** The same thing several times in a stack is one item. */
function merged(items: readonly Placed[]): Placed[] {
  const found = new Map<string, Placed>();
  for (const one of items) {
    const { stack, platform, what, price, scaled } = one;
    const key = JSON.stringify([stack, platform, what, price, scaled]);
    const same = found.get(key);
    found.set(
      key,
      same === undefined
        ? one
        : { ...same, quantity: same.quantity + one.quantity },
    );
  }
  return [...found.values()];
}
