import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import {
  IngressV1,
  type IngressV1Config,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { placeDnsAlias } from "../../aws/route53/dns-alias";
import { type WaveSettings } from "../settings/schema";
import { loadBalancerName } from "./ingress";

/** How the world reaches Wave. */
export interface FrontDoor {
  /** Host name AWS gave the load balancer. */
  readonly loadBalancerHostname: string;
  /** Records the operator has to make; none when the alias is ours (DEC-09). */
  readonly dnsRecords: Readonly<Record<string, string>>;
}

/**
 * Ingress, the load balancer its controller makes from it, and the alias record (K8S-18, PRO-02, SEC-H1).
 *
 * @param dependsOn Service and load-balancer controller: both must outlive the Ingress, or its finalizer hangs and the
 *   load balancer stays (FAIL-01, FAIL-02).
 */
export function placeFrontDoor(
  scope: Construct,
  settings: WaveSettings,
  ingress: IngressV1Config,
  dependsOn: readonly ITerraformDependable[],
): FrontDoor {
  const { hostedZoneId, existingAlias } = settings.dns;
  const { hostname } = settings.wave;
  const placed = new IngressV1(scope, "ingress", {
    ...ingress,
    dependsOn: [...dependsOn],
  });
  const loadBalancer = new DataAwsLb(scope, "load-balancer", {
    name: loadBalancerName(settings),
    dependsOn: [placed],
  });
  const loadBalancerHostname = loadBalancer.dnsName;
  if (hostedZoneId === undefined || existingAlias)
    return {
      loadBalancerHostname,
      dnsRecords: { [hostname]: `CNAME ${loadBalancerHostname}` },
    };
  placeDnsAlias(scope, "dns-alias", {
    zoneId: hostedZoneId,
    hostname,
    loadBalancer,
  });
  return { loadBalancerHostname, dnsRecords: {} };
}
