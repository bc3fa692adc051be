import { type Construct } from "constructs";
import { certificateAlarms } from "../aws/cloudwatch/identity-alarms";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { createAlarms } from "../core/observability/alarms";
import { type RegistryLogin } from "../core/registries";
import { createCiRoles } from "./ci";
import { createRecords } from "./dns";
import { createFlux } from "./flux";
import { createFluxRoles } from "./flux-roles";
import { createIngress } from "./ingress";
import { createNamespaces } from "./namespaces";
import { type Made } from "./notes";
import { createRepositories, createServiceRoles } from "./services";
import { type DeliverySettings } from "./settings/schema";
import { createStores } from "./stores";
import { createCertificate } from "./tls";

/** What the platform stands on. */
export interface DeliveryProps {
  readonly settings: DeliverySettings;
  readonly network: NetworkOutputs;
  readonly identity: IdentityOutputs;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
}

/**
 * Creates everything of the platform. A destroy goes the other way: what Flux applies, Flux, the namespaces of services with
 * the Ingresses in them, and only then the class and the load balancer.
 */
export function createDelivery(scope: Construct, props: DeliveryProps): Made {
  const { settings } = props;
  const { flux } = settings.delivery;
  const { keyArn, bucketNames, redis } = createStores(scope, props);
  const certificateArn = createCertificate(scope, settings);
  if (certificateArn !== undefined)
    createAlarms(
      scope,
      settings,
      props.network,
      "delivery-certificate",
      certificateAlarms(certificateArn),
    );
  const { loadBalancer, ...ingress } = createIngress(scope, {
    ...props,
    certificateArn,
    dependsOn: [],
  });
  createRecords(scope, { settings, loadBalancer });
  const services = { ...props, keyArn };
  const { roleArns, ...roles } = createServiceRoles(scope, services);
  const inputs = {
    ...props,
    roleArns,
    certificateArn,
    dependsOn: [...roles.dependsOn, ...ingress.dependsOn],
  };
  const namespaces = createNamespaces(scope, inputs);
  const { repositoryUrls, chartRepositoryUrl } = createRepositories(
    scope,
    services,
  );
  if (flux)
    createFlux(scope, {
      ...inputs,
      flux,
      roles: createFluxRoles(scope, services),
      namespaces,
    });
  return {
    loadBalancer: loadBalancer.dnsName,
    certificateArn,
    ecrRepositoryUrls: repositoryUrls,
    chartRepositoryUrl,
    serviceRoleArns: roleArns,
    ...createCiRoles(scope, services),
    bucketNames,
    redisEndpoint: redis?.primaryEndpoint,
    redisSecretArn: redis?.authSecretArn,
  };
}
