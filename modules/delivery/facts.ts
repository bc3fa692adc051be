import { type PlatformFacts } from "../core/facts";
import { type DeliverySettings } from "./settings/schema";

/** What the core has to know of the platform. */
export function deliveryFacts({ delivery }: DeliverySettings): PlatformFacts {
  return {
    platform: "delivery",
    hosts: [{ path: "delivery.domain", name: delivery.domain }],
    namespaces: [],
    records: [],
    operatorSecrets: [],
    exclusives: [],
    needs: { efs: false, waf: false, scaledNodes: false, services: [] },
  };
}
