import { balancerSetting } from "../../audit/ingress";
import { type Graph, type Subject, ofType } from "../../audit/graph";
import { first } from "../../audit/reading";
import { type Item } from "./items";

/** A load balancer, and the Ingress that it stands for. */
interface Balancer {
  readonly ingress: Subject;
  readonly items: readonly Item[];
}

/** The load balancers that the controller makes of the Ingresses: those of one group share one. */
export function balancersOf(graph: Graph): Balancer[] {
  const byName = new Map<string, Subject>();
  for (const ingress of ofType(graph, "kubernetes_ingress_v1")) {
    const name =
      balancerSetting(graph, ingress, "load-balancer-name") ??
      balancerSetting(graph, ingress, "group.name") ??
      String(first(ingress.body, "metadata.name"));
    if (!byName.has(name)) byName.set(name, ingress);
  }
  return [...byName].map(([name, ingress]) => ({
    ingress,
    items: itemsOf(name, ingress, graph),
  }));
}

function itemsOf(name: string, ingress: Subject, graph: Graph): Item[] {
  const isPublic =
    balancerSetting(graph, ingress, "scheme") === "internet-facing";
  const subnets = balancerSetting(graph, ingress, "subnets")?.split(",") ?? [];
  const part = "load balancers";
  return [
    { part, what: `load balancer ${name}`, price: "alb.hour", quantity: 1 },
    {
      part,
      what: `capacity units of ${name}`,
      price: "alb.capacity-unit",
      quantity: 1,
      assumption:
        "A load balancer uses one capacity unit on average: 1 GB or 90,000 new connections an hour.",
    },
    ...(isPublic
      ? [
          {
            part,
            what: `public addresses of ${name}`,
            price: "vpc.public-address",
            quantity: subnets.length,
            assumption:
              "A load balancer has one address a zone: under load AWS gives it more.",
          } as const,
        ]
      : []),
  ];
}
