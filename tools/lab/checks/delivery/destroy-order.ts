import {
  FLUX_NAMESPACE,
  INGRESS_NAMESPACE,
  serviceNamespaces,
} from "../../../../modules/delivery/names";
import { type DeliverySettings } from "../../../../modules/delivery/settings/schema";
import { type AuditEntry } from "../../kube/audit";

/** What has to be deleted before what: every object of one group before any of the next. */
function groupsOf(
  settings: DeliverySettings,
  isWorking: boolean,
): (readonly [resource: string, namespace: string, name: string])[][] {
  const { flux, ingress } = settings.delivery;
  const services = serviceNamespaces(settings);
  const releases = services.map(
    (namespace) => ["deployments", namespace, "lab-service"] as const,
  );
  return [
    ...(isWorking ? [releases] : []),
    ...(flux
      ? [[["deployments", FLUX_NAMESPACE, "kustomize-controller"] as const]]
      : []),
    services.map((namespace) => ["namespaces", namespace, namespace] as const),
    ...(ingress.class === "alb"
      ? [[["ingresses", INGRESS_NAMESPACE, "pending"] as const]]
      : []),
  ];
}

/**
 * What went too early in the last destroy: what Flux made goes while Flux is there, then Flux, the namespaces of services, and
 * the Ingress that keeps the load balancer.
 * @param isWorking Whether Flux's own controllers were at work.
 */
export function deliveryOrderProblems(
  settings: DeliverySettings,
  audit: readonly AuditEntry[],
  isWorking: boolean,
): string[] {
  const groups = groupsOf(settings, isWorking).map((group) =>
    group.map(([resource, namespace, name]) => ({
      what: `${resource} ${namespace}/${name}`,
      time: deletionOf(audit, { resource, namespace, name }),
    })),
  );
  const missing = groups
    .flat()
    .filter(({ time }) => time === undefined)
    .map(({ what }) => `${what}: not in the records`);
  const early = groups.flatMap((group, i) =>
    group.flatMap((event) =>
      groups
        .slice(i + 1)
        .flat()
        .filter((next) => (next.time ?? Infinity) < (event.time ?? 0))
        .map((next) => `${next.what} before ${event.what}`),
    ),
  );
  return [...missing, ...early];
}

/** Milliseconds since 1970 of the last one. */
function deletionOf(
  audit: readonly AuditEntry[],
  wanted: Readonly<Record<string, string>>,
): number | undefined {
  const found = audit.filter((one) => {
    const object: Readonly<Record<string, unknown>> = { ...one.objectRef };
    return (
      one.verb === "delete" &&
      one.responseStatus?.code === 200 &&
      Object.entries(wanted).every(([field, value]) => object[field] === value)
    );
  });
  const last = found.at(-1);
  return last && Date.parse(last.requestReceivedTimestamp);
}
