import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { type NetworkOutputs } from "../contracts/network";
import { createAlbClass, replacedWith } from "../core/controllers/alb-class";
import { type AlbIngressProps, albIngress } from "../kubernetes/alb-ingress";
import { type Dependencies } from "../kubernetes/create-all";
import {
  accessLogsBucketName,
  EMG_LABEL,
  INGRESS_CLASS,
  labelsOf,
  loadBalancerName,
  SERVICES,
  WORKERS_PATH,
} from "./names";
import { type EmgSettings } from "./settings/schema";

/** One Ingress: the paths of a host that one Service answers. */
type Route = Pick<
  AlbIngressProps,
  "name" | "order" | "host" | "paths" | "healthPath" | "ranges" | "transforms"
> & { readonly service: keyof typeof SERVICES };

/** The Ingresses, by the construct's id. */
export function routesOf({
  emg,
}: EmgSettings): Record<string, Route> & { readonly prefect: Route } {
  const { auth, api, prefect, ingress } = emg;
  const ofPrefect = { host: prefect.host, ranges: ingress.prefectCidrs };
  const workers = {
    ...ofPrefect,
    name: "prefect-work-node-ingress",
    order: 10,
    paths: [WORKERS_PATH],
  };
  const people = { ...ofPrefect, name: "prefect-ingress", order: 20 };
  const server = { service: "prefect", healthPath: "/api/health" } as const;
  const login = { service: "login", healthPath: "/ping" } as const;
  const gateway = { service: "gateway", healthPath: "/healthz" } as const;
  return {
    ...(auth.mode === "oauth2-proxy"
      ? {
          workers: { ...workers, ...gateway },
          prefect: { ...people, ...login, paths: ["/oauth2", "/"] },
        }
      : {
          ...(auth.legacyWorkerPath && {
            workers: { ...workers, ...server, transforms: [TO_API] },
          }),
          prefect: { ...people, ...server, paths: ["/"] },
        }),
    ...(api && {
      api: {
        name: "emgapi-ingress",
        order: 30,
        host: api.host,
        paths: ["/"],
        service: "api",
        healthPath: api.healthPath,
        ranges: [],
      },
    }),
  };
}

/** Prefect has its API at /api only. */
const TO_API = {
  type: "url-rewrite",
  urlRewriteConfig: {
    rewrites: [{ regex: `^${WORKERS_PATH}(.*)$`, replace: "/api$1" }],
  },
};

/**
 * Creates the class and the Ingresses. They go before what they lead to, and the load balancer with the last of them.
 *
 * @returns DNS name of the load balancer.
 */
export function createIngress(
  scope: Construct,
  inputs: {
    readonly settings: EmgSettings;
    readonly network: NetworkOutputs;
    readonly certificateArn: string;
    /** Namespace, and what the Ingresses lead to. */
    readonly dependsOn: Dependencies;
  },
): string {
  const { settings, dependsOn } = inputs;
  const { namespace, ingress } = settings.emg;
  const ingressClass = createAlbClass(scope, {
    ...inputs,
    alb: ingress,
    name: INGRESS_CLASS,
    labels: labelsOf("gateway"),
    namespace,
    namespaceLabels: EMG_LABEL,
    loadBalancerName: loadBalancerName(settings),
    accessLogsBucketName: accessLogsBucketName(settings),
    attributes: {
      "idle_timeout.timeout_seconds": String(ingress.idleTimeoutSeconds),
      "routing.http2.enabled": "true",
    },
  });
  const lifecycle = replacedWith(scope, {
    name: loadBalancerName(settings),
    scheme: ingress.scheme,
  });
  const create = (key: string, route: Route) =>
    new IngressV1(scope, `ingress-${key}`, {
      ...albIngress({
        ...route,
        namespace,
        labels: labelsOf(route.service),
        className: INGRESS_CLASS,
        target: SERVICES[route.service],
      }),
      lifecycle,
      dependsOn: [...dependsOn, ingressClass],
    });
  const { prefect, ...others } = routesOf(settings);
  for (const [key, route] of Object.entries(others)) create(key, route);
  const { status } = create("prefect", prefect);
  return status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
}
