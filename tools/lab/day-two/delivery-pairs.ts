import { type Patch, labSettings } from "../settings";
import { type Pair } from "./pairs";

/** A service that comes and goes. */
const MORE = {
  name: "lab-more",
  repository: "example/lab-more",
  namespaces: ["lab-more-default"],
  role: {
    statements: [
      { actions: ["s3:GetObject"], resources: ["bucket/originals/*"] },
    ],
  },
  ci: { branches: ["main"] },
} as const;

/** Changes of an environment of services. */
export function deliveryPairs(): readonly Pair[] {
  const { delivery } = labSettings("delivery", { retain: false });
  const services = (delivery?.services ?? []) as readonly Patch[];
  return [
    {
      name: "another cluster takes the domain over",
      change: { delivery: { dns: { weight: 0 } } },
      about: "none",
    },
    {
      name: "a service comes",
      change: { delivery: { services: [...services, MORE] } },
      about: MORE.name,
    },
    {
      name: "the service goes",
      change: { delivery: { services } },
      about: MORE.name,
    },
  ];
}
