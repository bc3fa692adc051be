import { type Expectation } from "../core/preflight/expectation";
import { type DeliverySettings } from "./settings/schema";

/** What the account must have before anything of the platform is made. */
export const deliveryExpectations: (
  settings: DeliverySettings,
) => Expectation[] = () => [];
