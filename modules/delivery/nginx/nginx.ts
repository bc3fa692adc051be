import { DataKubernetesServiceV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-service-v1";
import { type Construct } from "constructs";
import { aliasTarget } from "../../aws/route53/dns-alias";
import { systemNodes } from "../../core/cluster/node-labels";
import { networkFactsOf } from "../../core/network-facts";
import { REGISTRY_LOGINS } from "../../core/registries";
import { createRelease } from "../../kubernetes/helm-release";
import {
  apiEgress,
  namesEgress,
  ranges,
  tcp,
} from "../../kubernetes/network-policy";
import { type Document, fillSections } from "../../lib/template";
import { createClosedNamespace } from "../../core/controllers/platform-controller";
import { type CreatedIngress, type IngressInputs } from "../ingress-inputs";
import {
  DELIVERY_LABEL,
  INGRESS_NAMESPACE,
  NGINX_CLASS,
  NGINX_INGRESS,
} from "../names";
import { type DeliverySettings } from "../settings/schema";
import { CERTIFICATE, createCertManager } from "./cert-manager";

/** Section `ingress` of class nginx. */
type Nginx = Extract<
  DeliverySettings["delivery"]["ingress"],
  { readonly class: "nginx" }
>;

/**
 * Creates NGINX behind a Network Load Balancer, with a certificate of Let's Encrypt for the domain: TLS ends at NGINX, so
 * `tls.kind: letsencrypt` is the only one that goes with this class.
 */
export function createNginx(
  scope: Construct,
  nginx: Nginx,
  inputs: IngressInputs,
): CreatedIngress {
  const { settings, registryLogins } = inputs;
  const namespace = createClosedNamespace(scope, "ingress", {
    partOf: "delivery",
    name: INGRESS_NAMESPACE,
    labels: DELIVERY_LABEL,
    retain: settings.retain,
    traffic: nginxTraffic(settings),
    registryLogins,
  });
  const certificate = createCertManager(scope, inputs, namespace);
  const release = createRelease(scope, NGINX_INGRESS.name, {
    chart: NGINX_INGRESS.name,
    version: NGINX_INGRESS.version,
    namespace: INGRESS_NAMESPACE,
    repository: nginx.chart.repository,
    values: nginxValues(nginx, inputs),
    // Its pods start once the certificate is issued.
    timeout: 900,
    dependsOn: [...inputs.dependsOn, ...namespace, ...certificate],
  });
  const service = new DataKubernetesServiceV1(scope, "nginx-service", {
    metadata: { name: serviceName(nginx), namespace: INGRESS_NAMESPACE },
    dependsOn: [release],
  });
  return {
    loadBalancer: aliasTarget(
      scope,
      "load-balancer-zone",
      "network",
      service.status.get(0).loadBalancer.get(0).ingress.get(0).hostname,
    ),
    className: NGINX_CLASS,
    dependsOn: [...namespace, ...certificate, release],
  };
}

/** Another scheme is another Service: Helm waits for its load balancer, and then removes the first one. */
const serviceName = ({ scheme }: Nginx): string => `nginx-${scheme}`;

/** In: the load balancer. Out: the Kubernetes API, and pods of the platform's namespaces. */
function nginxTraffic(settings: DeliverySettings) {
  const facts = networkFactsOf(settings);
  const services = {
    to: [{ namespaceSelector: { matchLabels: DELIVERY_LABEL } }],
  };
  return {
    ingress: [{ from: ranges(facts.vpcCidrs), ports: [tcp(80), tcp(443)] }],
    egress: [...namesEgress(facts.serviceCidr), apiEgress(facts), services],
  };
}

/** Values of the chart. */
export function nginxValues(
  nginx: Nginx,
  {
    settings,
    network,
    registryLogins,
  }: Pick<IngressInputs, "settings" | "network" | "registryLogins">,
): Record<string, Document> {
  const { dns } = settings.delivery;
  const { vpcCidrs } = networkFactsOf(settings);
  const subnets =
    nginx.scheme === "internal"
      ? network.privateSubnetIds
      : network.publicSubnetIds;
  return fillSections(`manifests/helm/${NGINX_INGRESS.name}.yaml`, {
    RELEASE: NGINX_INGRESS.name,
    SERVICE: serviceName(nginx),
    SYSTEM_NODES: systemNodes(settings),
    CLASS: NGINX_CLASS,
    NAMESPACE_LABEL: `delivery=${DELIVERY_LABEL.delivery}`,
    CERTIFICATE: `${INGRESS_NAMESPACE}/${CERTIFICATE}`,
    VPC_CIDRS: vpcCidrs.join(","),
    PULL_SECRET: registryLogins.length > 0 ? REGISTRY_LOGINS : "",
    INBOUND_CIDRS: nginx.inboundCidrs,
    SCHEME: nginx.scheme,
    ADDRESSES: dns.owner === "terraform" && dns.ipv6 ? "dualstack" : "ipv4",
    SUBNETS: Object.values(subnets).join(","),
  });
}
