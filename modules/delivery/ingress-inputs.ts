import { type AliasTarget } from "../aws/route53/dns-alias";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { type RegistryLogin } from "../core/registries";
import { type Dependencies } from "../kubernetes/create-all";
import { type DeliverySettings } from "./settings/schema";

/** What answers for the domain takes from the other parts. */
export interface IngressInputs {
  readonly settings: DeliverySettings;
  readonly network: Pick<
    NetworkOutputs,
    "privateSubnetIds" | "publicSubnetIds" | "oidcIssuer"
  >;
  readonly identity: Pick<IdentityOutputs, "oidcProviderArn">;
  /** Undefined with Let's Encrypt. */
  readonly certificateArn: string | undefined;
  /** Logins that images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
  readonly dependsOn: Dependencies;
}

/** What answers for the domain. */
export interface CreatedIngress {
  readonly loadBalancer: AliasTarget;
  /** `spec.ingressClassName` of the services' Ingresses. */
  readonly className: string;
  /** What Ingresses need to their end: without it their load balancer, or their record, stays. */
  readonly dependsOn: Dependencies;
}
