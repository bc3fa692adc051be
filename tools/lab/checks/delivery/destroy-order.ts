import {
  FLUX_NAMESPACE,
  INGRESS_NAMESPACE,
  serviceNamespaces,
} from "../../../../modules/delivery/names";
import { type DeliverySettings } from "../../../../modules/delivery/settings/schema";
import { type AuditEntry } from "../../kube/audit";
import { type Deleted, deletionProblems } from "../deletions";

/** What has to be deleted before what: every object of one group before any of the next. */
function groupsOf(
  settings: DeliverySettings,
  isWorking: boolean,
): (readonly Deleted[])[] {
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
export const deliveryOrderProblems = (
  settings: DeliverySettings,
  audit: readonly AuditEntry[],
  isWorking: boolean,
): string[] => deletionProblems(audit, groupsOf(settings, isWorking));
