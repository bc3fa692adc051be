import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import {
  IngressV1,
  type IngressV1Config,
  type IngressV1SpecRuleHttpPath,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { createDnsAlias } from "../../aws/route53/dns-alias";
import { namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import { type WaveSettings } from "../settings/schema";
import { type Dependencies } from "./create-all";
import { WAVE } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { ALB_LOGS_PREFIX } from "../stores/log-prefixes";
import { type WaveInputs } from "./objects";
import { WAVE_SERVICE_PORT } from "./service";
import { idleTimeoutSeconds } from "../config/timeouts";

/** Longest name of a load balancer. */
const LOAD_BALANCER_NAME_LIMIT = 32;

/** Name of the load balancer's answer for what is not public; backends refer to it like to a Service. */
const HIDDEN = "not-found";

/** Paths that answer without a token when metrics are on, so the load balancer hides them. */
export const HIDDEN_PATHS = ["/prometheus", "/metrics"];

/** Name of the load balancer: unique in account and region, and read back by `data.aws_lb`. */
export function loadBalancerName(settings: WaveSettings): string {
  return (
    settings.wave.ingress.loadBalancerName ??
    namesOf(settings).of("wave-alb", LOAD_BALANCER_NAME_LIMIT)
  );
}

/** Ingress `wave-ingress`, from which the AWS Load Balancer Controller makes the load balancer. */
export function waveIngress(
  settings: WaveEnvironment,
  inputs: Pick<WaveInputs, "data" | "identity">,
): IngressV1Config {
  const { wave } = settings;
  return {
    metadata: {
      name: "wave-ingress",
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
      annotations: annotationsOf(settings, inputs),
    },
    spec: {
      ingressClassName: "alb",
      rule: [
        {
          host: wave.hostname,
          http: {
            path: [
              ...HIDDEN_PATHS.map((path) =>
                pathTo(path, HIDDEN, { name: "use-annotation" }),
              ),
              pathTo("/", WAVE, { number: WAVE_SERVICE_PORT }),
            ],
          },
        },
      ],
    },
    // The alias record needs the load balancer.
    waitForLoadBalancer: true,
  };
}

const pathTo = (
  path: string,
  name: string,
  port: { name?: string; number?: number },
): IngressV1SpecRuleHttpPath => ({
  path,
  pathType: "Prefix",
  backend: { service: { name, port } },
});

function annotationsOf(
  settings: WaveEnvironment,
  { data, identity }: Pick<WaveInputs, "data" | "identity">,
): Record<string, string> {
  const { ingress } = settings.wave;
  const annotations: Record<string, string> = {
    [`actions.${HIDDEN}`]: JSON.stringify({
      type: "fixed-response",
      fixedResponseConfig: {
        contentType: "text/plain",
        statusCode: "404",
        messageBody: "not found",
      },
    }),
    "certificate-arn": identity.certificateArn,
    "healthcheck-path": "/health",
    "listen-ports": '[{"HTTP": 80}, {"HTTPS":443}]',
    "load-balancer-attributes": attributesOf(settings, data.accessLogsBucket),
    "load-balancer-name": loadBalancerName(settings),
    scheme: ingress.scheme,
    "ssl-policy": ingress.sslPolicy,
    "ssl-redirect": "443",
    "target-type": "ip",
  };
  if (ingress.inboundCidrs.length > 0)
    annotations["inbound-cidrs"] = ingress.inboundCidrs.join(",");
  if (ingress.wafAclArn !== undefined)
    annotations["wafv2-acl-arn"] = ingress.wafAclArn;
  if (ingress.group !== undefined) {
    annotations["group.name"] = ingress.group.name;
    annotations["group.order"] = String(ingress.group.order);
  }
  return withPrefix("alb.ingress.kubernetes.io/", annotations);
}

/** Load-balancer attributes in the form the controller reads: one line, commas. */
function attributesOf(
  settings: WaveEnvironment,
  accessLogsBucket: string,
): string {
  const { http2, accessLogs } = settings.wave.ingress;
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
  return attributes.join(",");
}

const withPrefix = (
  prefix: string,
  values: Record<string, string>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [prefix + key, value]),
  );

/** Where the world finds Wave. */
export interface WaveAddress {
  /** Host name AWS gave the load balancer. */
  readonly loadBalancerHostname: string;
  /** Records the operator has to make, by host name; none when the alias record is made here. */
  readonly dnsRecords: Readonly<Record<string, string>>;
}

/**
 * Creates the Ingress and the alias record of the load balancer that its controller makes from it.
 *
 * @param dependsOn Service and load-balancer controller: both must outlive the Ingress, or its finalizer hangs and the
 *   load balancer stays.
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
  });
  const loadBalancer = new DataAwsLb(scope, "load-balancer", {
    name: loadBalancerName(settings),
    dependsOn: [ingress],
  });
  const loadBalancerHostname = loadBalancer.dnsName;
  if (hostedZoneId === undefined || existingAlias)
    return {
      loadBalancerHostname,
      dnsRecords: { [hostname]: `CNAME ${loadBalancerHostname}` },
    };
  createDnsAlias(scope, "dns-alias", {
    zoneId: hostedZoneId,
    hostname,
    loadBalancer,
  });
  return { loadBalancerHostname, dnsRecords: {} };
}
