import { type IngressV1Config } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import {
  type AlbTarget,
  albAnnotations,
  byAction,
  forwardWhere,
  sourceConditions,
} from "./alb-actions";

/** Properties of `albIngress`. */
export interface AlbIngressProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly className: string;
  /** Place of its rules among those of the load balancer: the lower comes first. */
  readonly order: number;
  readonly host: string;
  /** Each with what is below it. */
  readonly paths: readonly string[];
  /** The Service that answers. */
  readonly target: AlbTarget;
  /** Path that answers 200 when the target is well. */
  readonly healthPath: string;
  /** Ranges that may come; none: all. */
  readonly ranges: readonly string[];
  /** Changes of the address on the way to the Service; none where unset. */
  readonly transforms?: readonly object[] | undefined;
}

/** Annotation `listen-ports`: the one thing that every Ingress says, and a class cannot. */
export const LISTEN_PORTS = '[{"HTTP":80},{"HTTPS":443}]';

/**
 * One of several Ingresses of a load balancer, as plain data. What no rule takes, such as an address that is in no range, gets
 * the 404 of the listener.
 */
export function albIngress(props: AlbIngressProps): IngressV1Config {
  const { name, namespace, labels, host, target, transforms } = props;
  const actions = sourceConditions(props.ranges).map((condition, index) => ({
    name: `${target.name}-${index + 1}`,
    condition,
  }));
  const backends =
    actions.length === 0
      ? [{ service: { name: target.name, port: { number: target.port } } }]
      : actions.map((action) => byAction(action.name));
  const annotations = Object.assign(
    {
      "listen-ports": LISTEN_PORTS,
      "group.order": String(props.order),
      "healthcheck-path": props.healthPath,
    },
    ...actions.map((action) =>
      forwardWhere(action.name, target, action.condition),
    ),
    ...(transforms === undefined
      ? []
      : backends.map(({ service }) => ({
          [`transforms.${service.name}`]: JSON.stringify(transforms),
        }))),
  ) as Record<string, string>;
  const path = props.paths.flatMap((one) =>
    backends.map((backend) => ({ path: one, pathType: "Prefix", backend })),
  );
  return {
    metadata: {
      name,
      namespace,
      labels: { ...labels },
      annotations: albAnnotations(annotations),
    },
    spec: {
      ingressClassName: props.className,
      rule: [{ host, http: { path } }],
    },
    waitForLoadBalancer: true,
  };
}
