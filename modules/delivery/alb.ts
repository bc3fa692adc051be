import { IngressClassV1 } from "@cdktf/provider-kubernetes/lib/ingress-class-v1";
import {
  IngressV1,
  type IngressV1Config,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { aliasTarget } from "../aws/route53/dns-alias";
import { AccessLogBucket } from "../aws/s3/access-log-bucket";
import { controllersOf } from "../core/controllers/given";
import { createLocalChart } from "../kubernetes/local-chart";
import { replaceTrigger } from "../lib/replace-trigger";
import { type Document } from "../lib/template";
import { createClosedNamespace } from "../core/controllers/platform-controller";
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

/** Folder of the access logs in their bucket. */
const LOGS_PREFIX = "alb";

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
  const { settings } = inputs;
  const namespace = createClosedNamespace(scope, "ingress", {
    partOf: "delivery",
    name: INGRESS_NAMESPACE,
    labels: DELIVERY_LABEL,
    registryLogins: [],
    retain: settings.retain,
  });
  const params = createLocalChart(scope, "ingress-class-params", {
    chart: "ingress-class-params",
    namespace: INGRESS_NAMESPACE,
    values: {
      name: ALB_CLASS,
      spec: classParams(alb, inputs, createAccessLogs(scope, settings, alb)),
    },
    dependsOn: [...inputs.dependsOn, ...namespace],
  });
  const ingressClass = new IngressClassV1(scope, "ingress-class", {
    metadata: { name: ALB_CLASS, labels: LABELS },
    spec: {
      controller: "ingress.k8s.aws/alb",
      parameters: [
        {
          apiGroup: "elbv2.k8s.aws",
          kind: "IngressClassParams",
          name: ALB_CLASS,
        },
      ],
    },
    dependsOn: [params],
  });
  const pending = new IngressV1(scope, "pending", {
    ...pendingIngress(settings, alb),
    dependsOn: [ingressClass],
    lifecycle: {
      // The controller makes another load balancer for another scheme, which only a new Ingress waits for.
      replaceTriggeredBy: [
        replaceTrigger(scope, "load-balancer", { scheme: alb.scheme }),
      ],
    },
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

/**
 * Spec of the IngressClassParams, of AWS Load Balancer Controller 2.14 and later. It wins over annotations of the Ingresses,
 * which must name no subnets: the controller refuses both. What is named nowhere stays as it was on a load balancer.
 */
export function classParams(
  alb: Alb,
  { settings, network, certificateArn }: IngressInputs,
  accessLogsBucket: string | undefined,
): Record<string, Document> {
  const { dns } = settings.delivery;
  const isOurs = controllersOf(settings).loadBalancerController === "ours";
  // For any value, none included, a controller asks AWS WAF, which another's may not be allowed to.
  const webAcl = alb.wafAclArn ?? (isOurs ? "none" : undefined);
  const attributes = {
    "deletion_protection.enabled": "false",
    "routing.http.drop_invalid_header_fields.enabled": "true",
    "access_logs.s3.enabled": String(accessLogsBucket !== undefined),
    ...(accessLogsBucket !== undefined && {
      "access_logs.s3.bucket": accessLogsBucket,
      "access_logs.s3.prefix": LOGS_PREFIX,
    }),
  };
  return {
    loadBalancerName: loadBalancerName(settings),
    group: { name: loadBalancerName(settings) },
    namespaceSelector: { matchLabels: DELIVERY_LABEL },
    scheme: alb.scheme,
    subnets: {
      ids: Object.values(
        alb.scheme === "internal"
          ? network.privateSubnetIds
          : network.publicSubnetIds,
      ),
    },
    ipAddressType: dns.owner === "terraform" && dns.ipv6 ? "dualstack" : "ipv4",
    targetType: "ip",
    sslPolicy: alb.sslPolicy,
    sslRedirectPort: "443",
    loadBalancerAttributes: pairs(attributes),
    tags: pairs(settings.tags),
    ...(certificateArn !== undefined && { certificateArn: [certificateArn] }),
    ...(alb.inboundCidrs.length > 0 && { inboundCIDRs: alb.inboundCidrs }),
    ...(webAcl !== undefined && { wafv2AclArn: webAcl }),
  };
}

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

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
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
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

/** Bucket of the access logs, where they are wanted. */
function createAccessLogs(
  scope: Construct,
  settings: DeliverySettings,
  { accessLogs, accessLogDays }: Alb,
): string | undefined {
  if (!accessLogs) return undefined;
  const { accountId, region, retain } = settings;
  return new AccessLogBucket(scope, "access-logs", {
    name: accessLogsBucketName(settings),
    accountId,
    region,
    sourceBuckets: [],
    bucketPrefix: "s3",
    loadBalancerPrefix: LOGS_PREFIX,
    expirationDays: accessLogDays,
    oldVersionDays: 7,
    retain,
  }).bucketName;
}
