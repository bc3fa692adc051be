import {
  IngressV1,
  type IngressV1Config,
} from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type Construct } from "constructs";
import { type NetworkOutputs } from "../contracts/network";
import {
  LISTEN_PORTS,
  createAlbClass,
  replacedWith,
} from "../core/controllers/alb-class";
import {
  albAnnotations,
  byAction,
  forwardWhere,
  sourceConditions,
} from "../kubernetes/alb-actions";
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
interface Route {
  readonly name: string;
  /** Place of its rules: the lower comes first. */
  readonly order: number;
  readonly host: string;
  readonly paths: readonly string[];
  readonly service: keyof typeof SERVICES;
  readonly healthPath: string;
  /** Ranges that may come; none: all. */
  readonly ranges: readonly string[];
  /** Changes of the address on the way to the Service. */
  readonly transforms?: readonly object[];
}

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

/** What no rule takes, such as an address that is in no range, gets the 404 of the listener. */
function ingressOf({ emg }: EmgSettings, route: Route): IngressV1Config {
  const { host, paths, ranges, transforms } = route;
  const { name, port } = SERVICES[route.service];
  const actions = sourceConditions(ranges).map((condition, index) => ({
    name: `${name}-${index + 1}`,
    condition,
  }));
  const backends =
    actions.length === 0
      ? [{ service: { name, port: { number: port } } }]
      : actions.map((action) => byAction(action.name));
  const annotations = Object.assign(
    {
      "group.order": String(route.order),
      "healthcheck-path": route.healthPath,
    },
    ...actions.map((action) =>
      forwardWhere(action.name, { name, port }, action.condition),
    ),
    ...(transforms === undefined
      ? []
      : backends.map(({ service }) => ({
          [`transforms.${service.name}`]: JSON.stringify(transforms),
        }))),
  ) as Record<string, string>;
  const path = paths.flatMap((one) =>
    backends.map((backend) => ({ path: one, pathType: "Prefix", backend })),
  );
  return {
    metadata: {
      name: route.name,
      namespace: emg.namespace,
      labels: labelsOf(route.service),
      annotations: { ...LISTEN_PORTS, ...albAnnotations(annotations) },
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      rule: [{ host, http: { path } }],
    },
    waitForLoadBalancer: true,
  };
}

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
      ...ingressOf(settings, route),
      lifecycle,
      dependsOn: [...dependsOn, ingressClass],
    });
  const { prefect, ...others } = routesOf(settings);
  for (const [key, route] of Object.entries(others)) create(key, route);
  const { status } = create("prefect", prefect);
  return status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
}
