import { balancerSetting } from "../audit/ingress";
import {
  type Graph,
  type Json,
  type Subject,
  ofType,
  targetsOf,
} from "../audit/graph";
import {
  at,
  companionsOf,
  first,
  isScaled,
  isOn,
  numberOf,
  referred,
} from "../audit/reading";

/** A subnet of a zone. */
export interface SubnetFacts {
  readonly cidr: string;
  /** Whether a NAT gateway stands in it. */
  readonly nat: boolean;
}

/** A zone with its subnets. */
export interface ZoneFacts {
  readonly zone: string;
  readonly public?: SubnetFacts;
  readonly private?: SubnetFacts;
}

/** A node group. */
export interface GroupFacts {
  readonly name: string;
  /** Such as `3 × m5a.2xlarge`. */
  readonly nodes: string;
  /** Whether it has a security group of its own beside that of the cluster. */
  readonly apart: boolean;
}

/** A store in the private subnets. */
export interface StoreFacts {
  readonly name: string;
  /** Such as `1 × cache.t3.medium`. */
  readonly size: string;
  readonly port: number;
  /** Whether its security group admits the nodes of the cluster's group. */
  readonly fromCluster: boolean;
  /** Whether it admits nodes that have a group of their own. */
  readonly fromApart: boolean;
}

/** What of an environment stands in its network, and who reaches whom. */
export interface NetworkPictureFacts {
  readonly region: string;
  readonly cidr: string;
  readonly zones: readonly ZoneFacts[];
  readonly cluster: string;
  /** Ranges that may ask the Kubernetes API from outside of the VPC. */
  readonly apiFrom: readonly string[];
  /** Services of AWS that are asked by an endpoint of the VPC, such as `s3`. */
  readonly endpoints: readonly string[];
  readonly groups: readonly GroupFacts[];
  readonly stores: readonly StoreFacts[];
  readonly balancer?: {
    readonly name: string;
    readonly from: string;
    readonly port: string;
  };
}

/** Reads them from the JSON of all stacks. */
export function networkFacts(graph: Graph): NetworkPictureFacts {
  const [vpc] = ofType(graph, "aws_vpc");
  const [cluster] = ofType(graph, "aws_eks_cluster");
  const zones = zonesOf(graph);
  return {
    region: (zones[0]?.zone ?? "").replace(/[a-z]$/, ""),
    cidr: textOf(vpc?.body.cidr_block),
    zones,
    cluster: `EKS ${textOf(cluster?.body.version)}`,
    apiFrom: at(cluster?.body, "vpc_config.public_access_cidrs").map(String),
    endpoints: ofType(graph, "aws_vpc_endpoint").map(({ body }) =>
      String(body.service_name).replace(/^.*\./, ""),
    ),
    groups: ofType(graph, "aws_eks_node_group").map((group) =>
      groupOf(graph, group),
    ),
    stores: [
      ...ofType(graph, "aws_elasticache_replication_group"),
      ...ofType(graph, "aws_db_instance"),
      ...ofType(graph, "aws_efs_file_system"),
    ].map((store) => storeOf(graph, store)),
    balancer: balancerOf(graph),
  };
}

function zonesOf(graph: Graph): ZoneFacts[] {
  const withNat = new Set(
    ofType(graph, "aws_nat_gateway").flatMap((nat) =>
      referred(graph, nat, "subnet_id", "aws_subnet"),
    ),
  );
  const zones = new Map<string, ZoneFacts>();
  for (const subnet of ofType(graph, "aws_subnet")) {
    const zone = String(subnet.body.availability_zone);
    const kind = /public/.test(subnet.path) ? "public" : "private";
    const facts = {
      cidr: String(subnet.body.cidr_block),
      nat: withNat.has(subnet),
    };
    zones.set(zone, { zone, ...zones.get(zone), [kind]: facts });
  }
  return [...zones.values()].sort((a, b) => a.zone.localeCompare(b.zone));
}

function groupOf(graph: Graph, group: Subject): GroupFacts {
  const { body } = group;
  const size = (key: string): number =>
    numberOf(first(body, `scaling_config.${key}`));
  const count = isScaled(graph, group)
    ? `${size("min_size")} to ${size("max_size")}`
    : `${size("desired_size")}`;
  return {
    name: textOf(body.node_group_name_prefix).replace(/-$/, ""),
    nodes: `${count} × ${String(first(body, "instance_types"))}`,
    apart: referred(
      graph,
      group,
      "launch_template.id",
      "aws_launch_template",
    ).some(
      ({ body: template }) => at(template, "vpc_security_group_ids").length > 0,
    ),
  };
}

/** How a store is called, how large it is, and where its security groups stand. */
const STORES: Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly size: (body: Json) => string;
      readonly groups?: string;
    }
  >
> = {
  aws_elasticache_replication_group: {
    name: "Redis",
    size: (body) =>
      `${String(body.num_cache_clusters)} × ${String(body.node_type)}`,
    groups: "security_group_ids",
  },
  aws_db_instance: {
    name: "PostgreSQL",
    size: (body) =>
      `${String(body.instance_class)}${isOn(body.multi_az) ? " with a standby" : ""}`,
    groups: "vpc_security_group_ids",
  },
  aws_efs_file_system: { name: "EFS", size: () => "a mount target a zone" },
};

function storeOf(graph: Graph, store: Subject): StoreFacts {
  const kind = STORES[store.type];
  // The groups of a file system are those of its mount targets.
  const own = new Set(
    kind?.groups === undefined
      ? companionsOf(
          graph,
          store,
          "aws_efs_mount_target",
          "file_system_id",
        ).flatMap(({ stack, body }) =>
          targetsOf(graph, stack, at(body, "security_groups")),
        )
      : targetsOf(graph, store.stack, at(store.body, kind.groups)),
  );
  const rules = ofType(graph, "aws_vpc_security_group_ingress_rule").filter(
    (rule) =>
      referred(graph, rule, "security_group_id", "aws_security_group").some(
        (group) => own.has(group),
      ),
  );
  const admits = (type: string): boolean =>
    rules.some(
      (rule) =>
        referred(graph, rule, "referenced_security_group_id", type).length > 0,
    );
  return {
    name: kind?.name ?? store.type,
    size: kind?.size(store.body) ?? "",
    port: numberOf(rules[0]?.body.from_port),
    fromCluster: admits("aws_eks_cluster"),
    fromApart: admits("aws_security_group"),
  };
}

function balancerOf(graph: Graph): NetworkPictureFacts["balancer"] {
  const [ingress] = ofType(graph, "kubernetes_ingress_v1");
  if (ingress === undefined) return undefined;
  const told = (name: string): string | undefined =>
    balancerSetting(graph, ingress, name);
  const [service] = ofType(graph, "kubernetes_service_v1").filter(({ body }) =>
    at(ingress.body, "spec.rule.http.path.backend.service.name").includes(
      first(body, "metadata.name"),
    ),
  );
  return {
    name: told("load-balancer-name") ?? "load balancer",
    from:
      told("inbound-cidrs") ??
      (told("scheme") === "internet-facing" ? "the internet" : "the VPC"),
    port: textOf(first(service?.body, "spec.port.target_port")),
  };
}

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";
