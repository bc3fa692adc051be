import { IngressClassV1 } from "@cdktf/provider-kubernetes/lib/ingress-class-v1";
import { type Construct } from "constructs";
import { AccessLogBucket } from "../../aws/s3/access-log-bucket";
import { type NetworkOutputs } from "../../contracts/network";
import { type Dependencies } from "../../kubernetes/create-all";
import { createLocalChart } from "../../kubernetes/local-chart";
import { replaceTrigger } from "../../lib/replace-trigger";
import { type Document } from "../../lib/template";
import { type CoreSettings } from "../settings/schema";
import { controllersOf } from "./given";

/** Folder of the access logs in their bucket. */
const LOGS_PREFIX = "alb";

/** A load balancer as settings have it. */
export interface AlbSettings {
  readonly scheme: "internet-facing" | "internal";
  readonly sslPolicy: string;
  /** Ranges that may connect; none: all. */
  readonly inboundCidrs: readonly string[];
  readonly wafAclArn?: string | undefined;
  readonly accessLogs: boolean;
  readonly accessLogDays: number;
}

/** Properties of `createAlbClass`. */
export interface AlbClassProps {
  readonly settings: CoreSettings;
  readonly network: Pick<
    NetworkOutputs,
    "privateSubnetIds" | "publicSubnetIds"
  >;
  readonly alb: AlbSettings;
  /** Name of the class, and of its parameters. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Namespace of the release of the parameters, which themselves are in none. */
  readonly namespace: string;
  /** Labels of the namespaces that may use the class. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** Unique in account and region, at most 32 characters. */
  readonly loadBalancerName: string;
  /** Bucket of its access logs, made where they are wanted: unique in the world, at most 63 characters. */
  readonly accessLogsBucketName: string;
  readonly certificateArn: string | undefined;
  /**
   * Whether it has addresses of IPv6 too.
   * @default false
   */
  readonly dualstack?: boolean;
  /**
   * Attributes beside those that every load balancer here has, by their names in AWS.
   * @default none
   */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly dependsOn: Dependencies;
}

/** Creates a class whose Ingresses share one Application Load Balancer, and the bucket of its access logs. */
export function createAlbClass(
  scope: Construct,
  props: AlbClassProps,
): IngressClassV1 {
  const { name, labels, namespace, dependsOn } = props;
  const params = createLocalChart(scope, "ingress-class-params", {
    chart: "ingress-class-params",
    namespace,
    values: { name, spec: classParams(props, createAccessLogs(scope, props)) },
    dependsOn,
  });
  return new IngressClassV1(scope, "ingress-class", {
    metadata: { name, labels: { ...labels } },
    spec: {
      controller: "ingress.k8s.aws/alb",
      parameters: [
        { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name },
      ],
    },
    dependsOn: [params],
  });
}

/**
 * `lifecycle` of Ingresses that are waited for. The controller makes another load balancer for what one cannot change, which
 * only a new Ingress waits for.
 */
export const replacedWith = (
  scope: Construct,
  identity: Readonly<Record<string, string>>,
) => ({
  replaceTriggeredBy: [replaceTrigger(scope, "load-balancer", identity)],
});

/**
 * Spec of the IngressClassParams, of AWS Load Balancer Controller 2.14 and later. It wins over annotations of the Ingresses,
 * which must name no subnets: the controller refuses both. What is named nowhere stays as it was on a load balancer.
 */
function classParams(
  props: AlbClassProps,
  accessLogsBucket: string | undefined,
): Record<string, Document> {
  const { settings, network, alb, certificateArn, loadBalancerName } = props;
  const isOurs = controllersOf(settings).loadBalancerController === "ours";
  // For any value, none included, a controller asks AWS WAF, which another's may not be allowed to.
  const webAcl = alb.wafAclArn ?? (isOurs ? "none" : undefined);
  const attributes = {
    "deletion_protection.enabled": "false",
    "routing.http.drop_invalid_header_fields.enabled": "true",
    ...props.attributes,
    "access_logs.s3.enabled": String(accessLogsBucket !== undefined),
    ...(accessLogsBucket !== undefined && {
      "access_logs.s3.bucket": accessLogsBucket,
      "access_logs.s3.prefix": LOGS_PREFIX,
    }),
  };
  return {
    loadBalancerName,
    group: { name: loadBalancerName },
    namespaceSelector: { matchLabels: { ...props.namespaceLabels } },
    scheme: alb.scheme,
    subnets: {
      ids: Object.values(
        alb.scheme === "internal"
          ? network.privateSubnetIds
          : network.publicSubnetIds,
      ),
    },
    ipAddressType: props.dualstack === true ? "dualstack" : "ipv4",
    targetType: "ip",
    sslPolicy: alb.sslPolicy,
    sslRedirectPort: "443",
    loadBalancerAttributes: pairs(attributes),
    tags: pairs(settings.tags),
    ...(certificateArn !== undefined && { certificateArn: [certificateArn] }),
    ...(alb.inboundCidrs.length > 0 && { inboundCIDRs: [...alb.inboundCidrs] }),
    ...(webAcl !== undefined && { wafv2AclArn: webAcl }),
  };
}

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** Bucket of the access logs, where they are wanted. */
function createAccessLogs(
  scope: Construct,
  { settings, alb, accessLogsBucketName }: AlbClassProps,
): string | undefined {
  if (!alb.accessLogs) return undefined;
  const { accountId, region, retain } = settings;
  return new AccessLogBucket(scope, "access-logs", {
    name: accessLogsBucketName,
    accountId,
    region,
    sourceBuckets: [],
    bucketPrefix: "s3",
    loadBalancerPrefix: LOGS_PREFIX,
    expirationDays: alb.accessLogDays,
    oldVersionDays: 7,
    retain,
  }).bucketName;
}
