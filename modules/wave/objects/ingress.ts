import {
  IngressV1,
  type IngressV1Config,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { controllersOf } from "../../core/controllers/given";
import { aliasTarget, createDnsAlias } from "../../aws/route53/dns-alias";
import { namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import { type WaveSettings } from "../settings/schema";
import { albAnnotations } from "../../kubernetes/alb-actions";
import { type Dependencies } from "../../kubernetes/create-all";
import { WAVE_APP, labelsOf } from "./labels";
import { routesOf } from "./ingress-routes";
import { ALB_LOGS_PREFIX } from "../stores/log-prefixes";
import { type WaveInputs } from "./objects";
import { replaceTrigger } from "../../lib/replace-trigger";
import { idleTimeoutSeconds } from "../config/timeouts";

/** Longest name of a load balancer. */
const LOAD_BALANCER_NAME_LIMIT = 32;

/** Name of the load balancer: unique in account and region. */
export function loadBalancerName(settings: WaveSettings): string {
  return (
    settings.wave.ingress.loadBalancerName ??
    namesOf(settings).of("wave-alb", LOAD_BALANCER_NAME_LIMIT)
  );
}

type IngressInputs = Pick<WaveInputs, "data" | "identity" | "subnets">;

/** Name of the Ingress. */
export const WAVE_INGRESS = "wave-ingress";

/** Ingress `wave-ingress`, from which the AWS Load Balancer Controller makes the load balancer. */
export function waveIngress(
  settings: WaveEnvironment,
  inputs: IngressInputs,
): IngressV1Config {
  const { wave } = settings;
  const { paths, annotations } = routesOf(settings);
  return {
    metadata: {
      name: WAVE_INGRESS,
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
      annotations: albAnnotations({
        ...annotations,
        ...annotationsOf(settings, inputs),
      }),
    },
    spec: {
      ingressClassName: "alb",
      rule: [{ host: wave.hostname, http: { path: [...paths] } }],
    },
    // The alias record needs the load balancer.
    waitForLoadBalancer: true,
  };
}

/**
 * On a load balancer that stands, the controller leaves alone what no annotation names. So what can be switched off is
 * written when it is off, too; but in a group, where members that name two values for one thing are refused, it is left
 * to the others.
 */
function annotationsOf(
  settings: WaveEnvironment,
  { data, identity, subnets }: IngressInputs,
): Record<string, string> {
  const { ingress } = settings.wave;
  // For any value, none included, a controller asks AWS WAF, which another's may not be allowed to: it would give up there.
  const isOurs = controllersOf(settings).loadBalancerController === "ours";
  const webAcl =
    ingress.wafAclArn ?? (isOurs && !ingress.group ? "none" : undefined);
  const annotations: Record<string, string> = {
    "certificate-arn": identity.certificateArn,
    "healthcheck-path": "/health",
    "listen-ports": '[{"HTTP": 80}, {"HTTPS":443}]',
    "load-balancer-attributes": attributesOf(settings, data.accessLogsBucket),
    "load-balancer-name": loadBalancerName(settings),
    scheme: ingress.scheme,
    "ssl-policy": ingress.sslPolicy,
    "ssl-redirect": "443",
    // A load balancer keeps its first subnets when none are named, also after a zone came or went.
    subnets: Object.values(
      ingress.scheme === "internal"
        ? subnets.privateSubnetIds
        : subnets.publicSubnetIds,
    ).join(","),
    "target-type": "ip",
    ...(webAcl !== undefined && { "wafv2-acl-arn": webAcl }),
  };
  // Rules of the security group are made from the ranges alone: without any it is open again.
  if (ingress.inboundCidrs.length > 0)
    annotations["inbound-cidrs"] = ingress.inboundCidrs.join(",");
  if (ingress.group !== undefined) {
    annotations["group.name"] = ingress.group.name;
    annotations["group.order"] = String(ingress.group.order);
  }
  return annotations;
}

/** Load-balancer attributes in the form the controller reads: one line, commas. */
function attributesOf(
  settings: WaveEnvironment,
  accessLogsBucket: string,
): string {
  const { http2, accessLogs, group } = settings.wave.ingress;
  const attributes = [
    `idle_timeout.timeout_seconds=${idleTimeoutSeconds(settings)}`,
    `routing.http2.enabled=${http2}`,
    "routing.http.drop_invalid_header_fields.enabled=true",
  ];
  if (accessLogs)
    attributes.push(
      "access_logs.s3.enabled=true",
      `access_logs.s3.bucket=${accessLogsBucket}`,
      `access_logs.s3.prefix=${ALB_LOGS_PREFIX}`,
    );
  else if (group === undefined) attributes.push("access_logs.s3.enabled=false");
  return attributes.join(",");
}

/** Where the world finds Wave. */
export interface WaveAddress {
  /** Host name AWS gave the load balancer. */
  readonly loadBalancerHostname: string;
  /** Records the operator has to make, by host name; none when the alias record is made here. */
  readonly dnsRecords: Readonly<Record<string, string>>;
}

/**
 * Creates the Ingress and the alias record of the load balancer that its controller makes from it. The Ingress says where
 * that is, so the record follows it without asking AWS for a name, which another load balancer may have.
 *
 * @param dependsOn Service and load-balancer controller, where that is ours: both must outlive the Ingress, or its
 *   finalizer hangs and the load balancer stays.
 */
export function createIngress(
  scope: Construct,
  settings: WaveEnvironment,
  config: IngressV1Config,
  dependsOn: Dependencies,
): WaveAddress {
  const { hostedZoneId, existingAlias } = settings.dns;
  const { hostname } = settings.wave;
  const ingress = new IngressV1(scope, "ingress", {
    ...config,
    dependsOn: [...dependsOn],
    lifecycle: {
      replaceTriggeredBy: [
        replaceTrigger(scope, "load-balancer", loadBalancerIdentity(settings)),
      ],
    },
  });
  const loadBalancerHostname = ingress.status
    .get(0)
    .loadBalancer.get(0)
    .ingress.get(0).hostname;
  if (hostedZoneId === undefined || existingAlias)
    return {
      loadBalancerHostname,
      dnsRecords: { [hostname]: `CNAME ${loadBalancerHostname}` },
    };
  createDnsAlias(scope, "dns-alias", {
    zoneId: hostedZoneId,
    hostname,
    loadBalancer: aliasTarget(
      scope,
      "load-balancer-zone",
      "application",
      loadBalancerHostname,
    ),
  });
  return { loadBalancerHostname, dnsRecords: {} };
}

/**
 * What a load balancer cannot change. The controller ignores another name, and makes another load balancer for another
 * scheme or group some time after the Ingress was updated, which nobody waits for. A new Ingress is waited for.
 */
export function loadBalancerIdentity(
  settings: WaveSettings,
): Record<string, string> {
  const { scheme, group } = settings.wave.ingress;
  return {
    name: loadBalancerName(settings),
    scheme,
    group: group?.name ?? "",
  };
}
