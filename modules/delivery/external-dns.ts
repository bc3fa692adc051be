import { type Construct } from "constructs";
import { proxyVariables } from "../core/proxy";
import { type Dependencies } from "../kubernetes/create-all";
import { chartImage } from "../kubernetes/helm-release";
import { partitionOf } from "../lib/aws-partition";
import { readPolicy } from "../lib/policy";
import { createPlatformController } from "../core/controllers/platform-controller";
import { hostedZoneOf } from "./dns";
import { type IngressInputs } from "./ingress-inputs";
import { EXTERNAL_DNS, ingressClassOf, recordSetId } from "./names";

/** Installs external-dns, where it is who writes the records: of the domain, and of names below it. */
export function createExternalDns(
  scope: Construct,
  inputs: IngressInputs,
): Dependencies {
  const { settings } = inputs;
  const { domain, dns, ingress } = settings.delivery;
  if (dns.owner !== "external-dns") return [];
  const zone = { ZONE_ID: hostedZoneOf(settings), DOMAIN: domain };
  return [
    createPlatformController(scope, inputs, {
      partOf: "delivery",
      name: EXTERNAL_DNS.name,
      version: EXTERNAL_DNS.version,
      repository: dns.chart.repository,
      description: "external-dns: records of the services.",
      policy: readPolicy(
        "delivery/external-dns.json",
        partitionOf(settings.region),
        zone,
      ),
      values: {
        ...zone,
        IMAGE: chartImage(dns.image),
        ENV: Object.entries({
          AWS_REGION: settings.region,
          ...proxyVariables(settings),
        }).map(([name, value]) => ({ name, value })),
        OWNER: recordSetId(settings),
        CLASS: ingressClassOf(ingress),
      },
    }),
  ];
}
