import { type Construct } from "constructs";
import { Certificate } from "../aws/acm/certificate";
import { namesOf } from "../lib/names";
import { hostedZoneOf } from "./dns";
import { type DeliverySettings } from "./settings/schema";

/** ARN of the load balancer's certificate, for the domain and every name right below it; undefined with Let's Encrypt. */
export function createCertificate(
  scope: Construct,
  settings: DeliverySettings,
): string | undefined {
  const { domain, tls } = settings.delivery;
  if (tls.kind === "letsencrypt") return undefined;
  if (tls.kind === "acmExisting") return tls.certificateArn;
  return new Certificate(scope, "certificate", {
    name: namesOf(settings).of("delivery"),
    domains: [domain, `*.${domain}`],
    hostedZoneId: hostedZoneOf(settings),
  }).arn;
}
