import { type Graph, type Subject, ofType } from "../graph";
import { balancedServices, balancerSetting } from "../ingress";
import { nameOf, namespaceOf } from "../pods";
import { at, documentOf, first } from "../reading";
import { type NetworkRow, lines } from "./table";

/** The load balancer that the controller makes from an Ingress: who reaches it, and what it reaches. */
export const ingressRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, "kubernetes_ingress_v1").flatMap((ingress) => [
    ...listenerRows(graph, ingress),
    ...targetRows(graph, ingress),
  ]);

const listenerRows = (graph: Graph, ingress: Subject): NetworkRow[] =>
  at(documentOf(balancerSetting(graph, ingress, "listen-ports")), "").flatMap(
    (listener) =>
      Object.entries(listener as Record<string, number>).map(
        ([protocol, port]) => [
          lines(callersOf(graph, ingress)),
          "load balancer",
          "in",
          "tcp",
          String(port),
          `Ingress ${nameOf(ingress)}: ${protocol === "HTTPS" ? "TLS" : redirects(graph, ingress)}`,
          ingress.path,
        ],
      ),
  );

/** Ranges of the settings, or what the scheme means without them. */
export function callersOf(graph: Graph, ingress: Subject): string[] {
  const ranges = balancerSetting(graph, ingress, "inbound-cidrs");
  if (ranges !== undefined) return ranges.split(/,\s*/);
  return balancerSetting(graph, ingress, "scheme") === "internet-facing"
    ? ["0.0.0.0/0"]
    : ["the VPC and networks joined to it"];
}

const redirects = (graph: Graph, ingress: Subject): string =>
  balancerSetting(graph, ingress, "ssl-redirect") === undefined
    ? "HTTP"
    : `redirected to ${String(balancerSetting(graph, ingress, "ssl-redirect"))}`;

const targetRows = (graph: Graph, ingress: Subject): NetworkRow[] =>
  balancedServices(graph, ingress).flatMap(({ name, ranges }) =>
    ofType(graph, "kubernetes_service_v1")
      .filter(
        (one) =>
          nameOf(one) === name && namespaceOf(one) === namespaceOf(ingress),
      )
      .flatMap((one) =>
        at(one.body, "spec.port").map((port) => [
          ranges.length === 0
            ? "load balancer"
            : lines(ranges.map((range) => `load balancer, for ${range}`)),
          `pods of ${namespaceOf(one)}: Service ${nameOf(one)}`,
          "in",
          "tcp",
          String(first(port, "target_port")),
          `Ingress ${nameOf(ingress)}: ${balancerSetting(graph, ingress, "backend-protocol") ?? "HTTP"} to pods`,
          ingress.path,
        ]),
      ),
  );
