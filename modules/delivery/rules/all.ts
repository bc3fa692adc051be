import { type Rule } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";
import { fluxRules } from "./flux";
import { ingressRules } from "./ingress";
import { serviceRules } from "./services";
import { sizes } from "./sizes";
import { statements } from "./statements";
import { storeRules } from "./stores";

/** Over the section `delivery`, and what it stands on. */
export const deliveryRules: readonly Rule<DeliverySettings>[] = [
  ...ingressRules,
  ...fluxRules,
  ...serviceRules,
  statements,
  sizes,
  ...storeRules,
];
