import { type Graph, type Subject, ofType } from "./graph";
import { at, documentOf, first, isObject } from "./reading";

/** What IngressClassParams have for an annotation of the load-balancer controller (its guide, "IngressClass"). */
const PARAMS: Readonly<Record<string, string>> = {
  "certificate-arn": "certificateArn",
  "group.name": "group.name",
  "inbound-cidrs": "inboundCIDRs",
  "load-balancer-attributes": "loadBalancerAttributes",
  "load-balancer-name": "loadBalancerName",
  scheme: "scheme",
  "ssl-policy": "sslPolicy",
  "ssl-redirect": "sslRedirectPort",
  subnets: "subnets.ids",
  "target-type": "targetType",
  "wafv2-acl-arn": "wafv2AclArn",
};

/** What the load balancer of an Ingress is told: by the parameters of its class, which win, or by an annotation. */
export function balancerSetting(
  graph: Graph,
  ingress: Subject,
  name: string,
): string | undefined {
  const param = PARAMS[name];
  const told =
    param === undefined ? [] : at(classParams(graph, ingress), param);
  if (told.length > 0) return told.map(textOf).join(",");
  const annotations = first(ingress.body, "metadata.annotations");
  const value = isObject(annotations)
    ? annotations[`alb.ingress.kubernetes.io/${name}`]
    : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A Service that gets requests of an Ingress, and from whom: no ranges, from all that may connect. */
interface BalancedService {
  readonly name: string;
  readonly ranges: readonly string[];
}

/** Services that an Ingress forwards to, each once, by its paths or by actions; fixed answers are none. */
export function balancedServices(
  graph: Graph,
  ingress: Subject,
): BalancedService[] {
  const found = at(ingress.body, "spec.rule.http.path.backend.service").flatMap(
    (service) => {
      const name = String(first(service, "name"));
      if (first(service, "port.name") !== "use-annotation")
        return [{ name, ranges: [] }];
      const told = (kind: string): unknown =>
        documentOf(balancerSetting(graph, ingress, `${kind}.${name}`));
      const ranges = at(told("conditions"), "sourceIpConfig.values").map(
        String,
      );
      return at(told("actions"), "forwardConfig.targetGroups.serviceName").map(
        (target) => ({ name: String(target), ranges }),
      );
    },
  );
  const byText = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...byText.values()];
}

/** Parameters that a chart of ours gives the class of an Ingress: they have its name. */
const classParams = (graph: Graph, ingress: Subject): unknown =>
  ofType(graph, "helm_release")
    .filter(({ body }) => body.name === "ingress-class-params")
    .flatMap(({ body }) => at(body, "values").map(documentOf))
    .filter(
      (values) =>
        first(values, "name") ===
        first(ingress.body, "spec.ingress_class_name"),
    )
    .map((values) => first(values, "spec"))[0];

const textOf = (value: unknown): string =>
  isObject(value)
    ? `${String(value.key)}=${String(value.value)}`
    : String(value);
