import {
  IngressV1,
  type IngressV1Config,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { aliasTarget } from "../aws/route53/dns-alias";
import { createAlbClass, replacedWith } from "../core/controllers/alb-class";
import { createClosedNamespace } from "../core/controllers/platform-controller";
import { LISTEN_PORTS } from "../kubernetes/alb-ingress";
import { objectLabels } from "../kubernetes/labels";
import { type CreatedIngress, type IngressInputs } from "./ingress-inputs";
import {
  accessLogsBucketName,
  ALB_CLASS,
  DELIVERY_LABEL,
  INGRESS_NAMESPACE,
  loadBalancerName,
} from "./names";
import { type DeliverySettings } from "./settings/schema";

const LABELS = objectLabels({
  app: "ingress",
  component: "ingress",
  partOf: "delivery",
});

/** Section `ingress` of class alb. */
type Alb = Extract<
  DeliverySettings["delivery"]["ingress"],
  { readonly class: "alb" }
>;

/** Creates the class, and the Ingress that keeps its load balancer before the first service and after the last. */
export function createAlb(
  scope: Construct,
  alb: Alb,
  inputs: IngressInputs,
): CreatedIngress {
  const { settings, network, certificateArn } = inputs;
  const { dns } = settings.delivery;
  const namespace = createClosedNamespace(scope, "ingress", {
    partOf: "delivery",
    name: INGRESS_NAMESPACE,
    labels: DELIVERY_LABEL,
    registryLogins: [],
    retain: settings.retain,
  });
  const ingressClass = createAlbClass(scope, {
    settings,
    network,
    alb,
    certificateArn,
    name: ALB_CLASS,
    labels: LABELS,
    namespace: INGRESS_NAMESPACE,
    namespaceLabels: DELIVERY_LABEL,
    loadBalancerName: loadBalancerName(settings),
    accessLogsBucketName: accessLogsBucketName(settings),
    dualstack: dns.owner === "terraform" && dns.ipv6,
    dependsOn: [...inputs.dependsOn, ...namespace],
  });
  const pending = new IngressV1(scope, "pending", {
    ...pendingIngress(settings, alb),
    dependsOn: [ingressClass],
    lifecycle: replacedWith(scope, { scheme: alb.scheme }),
  });
  return {
    loadBalancer: aliasTarget(
      scope,
      "load-balancer-zone",
      "application",
      pending.status.get(0).loadBalancer.get(0).ingress.get(0).hostname,
    ),
    className: ALB_CLASS,
    dependsOn: [...namespace, ingressClass, pending],
  };
}

/** The Ingress that answers last, with 503: a group that loses its last Ingress loses its load balancer. */
export function pendingIngress(
  { delivery }: DeliverySettings,
  { pendingPaths }: Alb,
): IngressV1Config {
  const path = pendingPaths.map((one) => ({
    path: one,
    pathType: one.includes("*") ? "ImplementationSpecific" : "Prefix",
    backend: { service: { name: "pending", port: { name: "use-annotation" } } },
  }));
  return {
    metadata: {
      name: "pending",
      namespace: INGRESS_NAMESPACE,
      labels: LABELS,
      annotations: {
        "alb.ingress.kubernetes.io/group.order": "1000",
        "alb.ingress.kubernetes.io/listen-ports": LISTEN_PORTS,
        "alb.ingress.kubernetes.io/actions.pending": JSON.stringify({
          type: "fixed-response",
          fixedResponseConfig: {
            contentType: "text/plain",
            statusCode: "503",
            messageBody: "No service answers here yet.",
          },
        }),
        // Only services get records of external-dns.
        "external-dns.alpha.kubernetes.io/controller": "none",
      },
    },
    spec: {
      ingressClassName: ALB_CLASS,
      rule: [delivery.domain, `*.${delivery.domain}`].map((host) => ({
        host,
        http: { path },
      })),
    },
    // Records need the load balancer.
    waitForLoadBalancer: true,
  };
}
