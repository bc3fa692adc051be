import { type Warning } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";

/** What of `delivery` works and is worth knowing. */
export const deliveryWarnings: Warning<DeliverySettings>[] = [];
