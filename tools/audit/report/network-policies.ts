import { type Graph, type Subject, ofType } from "../graph";
import { nameOf, namespaceOf } from "../pods";
import { at, first, isObject, textsAt } from "../reading";
import { shown, textOf } from "./shown";
import { type NetworkRow, lines } from "./table";

/** Network policies: one row for each list of peers and each port. */
export const policyRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, "kubernetes_network_policy_v1").flatMap((policy) =>
    textsAt(policy.body, "spec.policy_types").flatMap((type) => {
      const rules = at(policy.body, `spec.${type.toLowerCase()}`);
      return rules.length === 0
        ? [rowOf(policy, type, "nobody", "none", "none")]
        : rules.flatMap((rule) => ruleRows(graph, policy, type, rule));
    }),
  );

function ruleRows(
  graph: Graph,
  policy: Subject,
  type: string,
  rule: unknown,
): NetworkRow[] {
  const peers = at(rule, type === "Ingress" ? "from" : "to").map((peer) =>
    peerText(policy, peer),
  );
  const ports = at(rule, "ports");
  return (ports.length === 0 ? [undefined] : ports).map((port) =>
    rowOf(
      policy,
      type,
      peers.length === 0 ? "anyone" : lines(peers),
      textOf(first(port, "protocol"), "all").toLowerCase(),
      shown(graph, policy.stack, first(port, "port") ?? "all"),
    ),
  );
}

function rowOf(
  policy: Subject,
  type: string,
  peers: string,
  protocol: string,
  port: string,
): NetworkRow {
  const pods = `pods of ${namespaceOf(policy)}: ${labelsOf(first(policy.body, "spec.pod_selector"))}`;
  const isIngress = type === "Ingress";
  return [
    isIngress ? peers : pods,
    isIngress ? pods : peers,
    isIngress ? "in" : "out",
    protocol,
    port,
    `network policy ${nameOf(policy)}`,
    policy.path,
  ];
}

function peerText(policy: Subject, peer: unknown): string {
  const cidr = textOf(first(peer, "ip_block.cidr"));
  if (cidr !== "") {
    const except = textsAt(peer, "ip_block.except");
    return `${cidr}${except.length === 0 ? "" : ` except ${except.join(", ")}`}`;
  }
  const space = first(peer, "namespace_selector");
  const where =
    space === undefined ? namespaceOf(policy) : namespaceText(space);
  return `pods of ${where}: ${labelsOf(first(peer, "pod_selector"))}`;
}

const namespaceText = (selector: unknown): string => {
  const labels = first(selector, "match_labels");
  const name = isObject(labels) ? labels["kubernetes.io/metadata.name"] : "";
  return textOf(name, `namespaces with ${labelsOf(selector)}`);
};

const labelsOf = (selector: unknown): string => {
  const labels = Object.entries(
    (first(selector, "match_labels") ?? {}) as Record<string, unknown>,
  ).map(([key, value]) => `${key}=${String(value)}`);
  return labels.length === 0 ? "all" : labels.join(", ");
};
