import { type Construct } from "constructs";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { type RegistryLogin } from "../core/registries";
import { type DeliverySettings } from "./settings/schema";

/** What the platform stands on. */
export interface DeliveryProps {
  readonly settings: DeliverySettings;
  readonly network: NetworkOutputs;
  readonly identity: IdentityOutputs;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
}

/** Creates everything of the platform, in the order in which a destroy can take it back. */
export const createDelivery: (
  scope: Construct,
  props: DeliveryProps,
) => void = () => undefined;
