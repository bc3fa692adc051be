import { type Graph, type Subject, ofType, targetsOf } from "./graph";
import { level } from "./exposures";
import { comparedRanges } from "./made-or-read";
import { at, first, isObject } from "./reading";
import { SERVER_TYPES, containersOf, nameOf, namespaceOf } from "./pods";

/** Type of a network policy. */
export const POLICY = ["kubernetes_network_policy_v1"];

/** Names, the web, and what containers and stores of ours listen on. */
export function listeners(graph: Graph): Set<string> {
  const containers = ofType(graph, ...SERVER_TYPES).flatMap((server) =>
    containersOf(server).flatMap((one) => at(one, "port.container_port")),
  );
  const stores = ofType(
    graph,
    "aws_elasticache_replication_group",
    "aws_db_instance",
  ).map(({ body }) => body.port);
  return new Set([
    "53",
    "80",
    "443",
    ...[...containers, ...stores].map(String),
  ]);
}

/** A port as written, or that of the store it is read from. */
export function portOf(port: unknown, graph: Graph): string {
  const [, producer = "", output = ""] =
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/.exec(
      String(port),
    ) ?? [];
  if (output === "") return String(port);
  const value = graph.outputs.get(`${producer}.${output}`);
  const [store] = targetsOf(graph, producer, value);
  return String(store === undefined ? value : store.body.port);
}

export const policiesOf = (namespace: string, graph: Graph): Subject[] =>
  ofType(graph, ...POLICY).filter(
    (policy) => namespaceOf(policy) === namespace,
  );

export const types = ({ body }: Subject): string =>
  at(body, "spec.policy_types").map(String).sort().join();

export const rulesOf = (body: unknown): unknown[] => [
  ...at(body, "spec.ingress"),
  ...at(body, "spec.egress"),
];

export const peersOf = (rule: unknown): unknown[] => [
  ...at(rule, "from"),
  ...at(rule, "to"),
];

export const openBlocks = (body: unknown): unknown[] =>
  at(body, "spec.egress.to.ip_block").filter(
    (block) => first(block, "cidr") === "0.0.0.0/0",
  );

export const isForAll = ({ body }: Subject): boolean =>
  at(body, "spec.pod_selector.match_expressions").length === 0 &&
  !at(body, "spec.pod_selector.match_labels").some(
    (labels) => Object.keys(labels as object).length > 0,
  );

/** A peer is a range, or pods with labels; a namespace alone, or no label at all, is everybody. */
export function isNamed(peer: unknown): boolean {
  if (at(peer, "ip_block.cidr").length > 0) return true;
  const labels = first(peer, "pod_selector.match_labels");
  const namespaces = at(peer, "namespace_selector");
  return (
    isObject(labels) &&
    Object.keys(labels).length > 0 &&
    namespaces.every((one) =>
      at(one, "match_labels").some(
        (wanted) => Object.keys(wanted as object).length > 0,
      ),
    )
  );
}

/** A source may be a whole namespace too, when its owner has to put a label on it. */
export const isNamedSource = (peer: unknown): boolean =>
  isNamed(peer) ||
  at(peer, "namespace_selector.match_labels").some(
    (wanted) => Object.keys(wanted as object).length > 0,
  );

export const isRestricted = (namespace: string, graph: Graph): boolean =>
  ofType(graph, "kubernetes_namespace_v1").some(
    (one) => nameOf(one) === namespace && level(one) === "restricted",
  );

/** The VPC, and the addresses of services: of those that exist, the ranges that a plan compares with AWS. */
export const insideRanges = (graph: Graph): string[] => [
  ...comparedRanges(graph, "aws_vpc"),
  ...comparedRanges(graph, "aws_eks_cluster"),
  ...ofType(graph, "aws_vpc").map(({ body }) => String(body.cidr_block)),
  ...ofType(graph, "aws_eks_cluster").flatMap(({ body }) =>
    at(body, "kubernetes_network_config.service_ipv4_cidr").map(String),
  ),
];

export const matches = (selector: unknown, labels: unknown): boolean =>
  isObject(selector) &&
  isObject(labels) &&
  Object.entries(selector).every(([key, value]) => labels[key] === value);
