import { type Rule } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";

/** What the keys of `delivery` must agree on. */
export const deliveryRules: Rule<DeliverySettings>[] = [];
