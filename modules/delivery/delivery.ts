import { type Construct } from "constructs";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { type RegistryLogin } from "../core/registries";
import { createCiRoles } from "./ci";
import { createFlux } from "./flux";
import { createFluxRoles } from "./flux-roles";
import { createNamespaces } from "./namespaces";
import { type Made } from "./notes";
import { createRepositories, createServiceRoles } from "./services";
import { type DeliverySettings } from "./settings/schema";
import { createStores } from "./stores";

/** What the platform stands on. */
export interface DeliveryProps {
  readonly settings: DeliverySettings;
  readonly network: NetworkOutputs;
  readonly identity: IdentityOutputs;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
}

/** Creates everything of the platform, in the order in which a destroy can take it back. */
export function createDelivery(scope: Construct, props: DeliveryProps): Made {
  const { settings, registryLogins } = props;
  const { flux } = settings.delivery;
  const stores = createStores(scope, props);
  const aws = { ...props, keyArn: stores.keyArn };
  const { repositoryUrls, chartRepositoryUrl } = createRepositories(scope, aws);
  const roles = createServiceRoles(scope, aws);
  const { ciRoleArns } = createCiRoles(scope, aws);
  const certificateArn = undefined;
  const inputs = {
    settings,
    roleArns: roles.roleArns,
    certificateArn,
    registryLogins,
  };
  const namespaces = createNamespaces(scope, inputs);
  if (flux) {
    const fluxRoles = createFluxRoles(scope, props);
    createFlux(scope, {
      ...inputs,
      flux,
      sourceRoleArn: fluxRoles.sourceRoleArn,
      imageRoleArn: fluxRoles.imageReflectorRoleArn,
      namespaces,
      dependsOn: [...roles.dependsOn, ...fluxRoles.dependsOn],
    });
  }
  return {
    certificateArn,
    serviceRoleArns: roles.roleArns,
    loadBalancer: "",
    ecrRepositoryUrls: repositoryUrls,
    chartRepositoryUrl,
    ciRoleArns,
    bucketNames: stores.bucketNames,
    redisEndpoint: stores.redis?.primaryEndpoint,
  };
}
