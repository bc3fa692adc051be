import { type Construct } from "constructs";
import { networkFactsOf } from "../../core/network-facts";
import { proxyVariables } from "../../core/proxy";
import { type Dependencies } from "../../kubernetes/create-all";
import { createLocalChart } from "../../kubernetes/local-chart";
import { ranges, tcp } from "../../kubernetes/network-policy";
import { partitionOf } from "../../lib/aws-partition";
import { readPolicy } from "../../lib/policy";
import { createPlatformController } from "../../core/controllers/platform-controller";
import { hostedZoneOf } from "../dns";
import { type IngressInputs } from "../ingress-inputs";
import { CERT_MANAGER, INGRESS_NAMESPACE } from "../names";

/** Certificate of the domain, and its Secret. */
export const CERTIFICATE = "delivery-tls";

/** Port of the webhook, which the Kubernetes API asks about certificates. */
const WEBHOOK = 10250;

/** Installs cert-manager, both issuers and the certificate of the domain; nothing without Let's Encrypt. */
export function createCertManager(
  scope: Construct,
  inputs: IngressInputs,
  ingressNamespace: Dependencies,
): Dependencies {
  const { settings } = inputs;
  const { domain, tls } = settings.delivery;
  if (tls.kind !== "letsencrypt") return [];
  const hostedZoneId = hostedZoneOf(settings);
  const proxy = proxyVariables(settings);
  const release = createPlatformController(scope, inputs, {
    partOf: "delivery",
    ...CERT_MANAGER,
    repository: tls.chart.repository,
    description: "cert-manager: proofs of the domain for Let's Encrypt.",
    policy: readPolicy(
      "delivery/cert-manager.json",
      partitionOf(settings.region),
      { ZONE_ID: hostedZoneId, DOMAIN: domain },
    ),
    ingress: [
      {
        from: ranges(networkFactsOf(settings).vpcCidrs),
        ports: [tcp(WEBHOOK)],
      },
    ],
    values: {
      NAMESPACE: CERT_MANAGER.name,
      HTTP_PROXY: proxy.HTTP_PROXY ?? "",
      HTTPS_PROXY: proxy.HTTPS_PROXY ?? "",
      NO_PROXY: proxy.NO_PROXY ?? "",
    },
  });
  const issuers = createLocalChart(scope, "cluster-issuers", {
    chart: "cluster-issuers",
    namespace: CERT_MANAGER.name,
    values: {
      email: tls.email,
      issuer: tls.issuer,
      region: settings.region,
      hostedZoneId,
      domain,
      secretName: CERTIFICATE,
      secretNamespace: INGRESS_NAMESPACE,
    },
    dependsOn: [release, ...ingressNamespace],
  });
  return [release, issuers];
}
