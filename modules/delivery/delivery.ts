import { type Construct } from "constructs";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { type RegistryLogin } from "../core/registries";
import { createFlux } from "./flux";
import { createNamespaces } from "./namespaces";
import { type Made } from "./notes";
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
export function createDelivery(
  scope: Construct,
  { settings, registryLogins }: DeliveryProps,
): Made {
  const { flux } = settings.delivery;
  const serviceRoleArns = {};
  const certificateArn = undefined;
  const inputs = {
    settings,
    roleArns: serviceRoleArns,
    certificateArn,
    registryLogins,
  };
  const namespaces = createNamespaces(scope, inputs);
  if (flux)
    createFlux(scope, {
      ...inputs,
      flux,
      sourceRoleArn: "",
      imageRoleArn: undefined,
      namespaces,
      dependsOn: [],
    });
  return {
    certificateArn,
    serviceRoleArns,
    loadBalancer: "",
    ecrRepositoryUrls: {},
    chartRepositoryUrl: "",
    ciRoleArns: {},
    bucketNames: {},
  };
}
