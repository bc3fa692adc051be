import { type Construct } from "constructs";
import { IrsaRole } from "../aws/iam/irsa-role";
import { issuerHostOf } from "../aws/iam/oidc-provider";
import {
  type ServiceAccountRole,
  type TrustedProvider,
} from "../aws/iam/role-trust";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { type CoreSettings } from "./settings/schema";

/**
 * Creates one role for each service account that the environment has; the key is the construct's id and ends the role's
 * name.
 */
export function createServiceAccountRoles<Id extends string>(
  scope: Construct,
  settings: CoreSettings,
  provider: TrustedProvider,
  roles: Readonly<Record<Id, ServiceAccountRole | undefined>>,
): Partial<Record<Id, IrsaRole>> {
  const created: Partial<Record<Id, IrsaRole>> = {};
  for (const id of Object.keys(roles) as Id[]) {
    const role = roles[id];
    if (role === undefined) continue;
    created[id] = new IrsaRole(scope, id, {
      ...role,
      ...roleDefaults(settings, id),
      provider,
    });
  }
  return created;
}

/** What all roles of the environment have in common, and the name of one. */
export const roleDefaults = (settings: CoreSettings, id: string) => ({
  ...settings.iam,
  name: namesOf(settings).iam(id),
  partition: partitionOf(settings.region),
});

/** What other stacks know of the cluster's OIDC provider. */
export const providerOf = (
  { oidcProviderArn }: Pick<IdentityOutputs, "oidcProviderArn">,
  { oidcIssuer }: Pick<NetworkOutputs, "oidcIssuer">,
): TrustedProvider => ({
  arn: oidcProviderArn,
  issuerHost: issuerHostOf(oidcIssuer),
});
