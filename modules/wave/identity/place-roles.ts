import { type Construct } from "constructs";
import { AssumedRole } from "../../aws/iam/assumed-role";
import { IrsaRole } from "../../aws/iam/irsa-role";
import { type OidcProvider } from "../../aws/iam/oidc-provider";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";
import { WAVE_ROLE_NAMES, type WaveRoles } from "./roles";

/** One role per service account that the environment has; the key is the construct's id and ends the role's name. */
export function placeServiceAccountRoles<Id extends string>(
  scope: Construct,
  settings: WaveSettings,
  provider: OidcProvider,
  roles: Record<Id, ServiceAccountRole | undefined>,
): Partial<Record<Id, IrsaRole>> {
  const placed: Partial<Record<Id, IrsaRole>> = {};
  for (const id of Object.keys(roles) as Id[]) {
    const role = roles[id];
    if (role === undefined) continue;
    placed[id] = new IrsaRole(scope, id, {
      ...role,
      ...commonOf(settings, id),
      provider,
    });
  }
  return placed;
}

/** The role behind Wave's login to ECR, which the server's role takes (CFG-R1). Undefined where there is none. */
export function placeEcrRole(
  scope: Construct,
  settings: WaveSettings,
  { ecr }: WaveRoles,
  server: IrsaRole | undefined,
): string | undefined {
  if (ecr === undefined || server === undefined) return undefined;
  const id = WAVE_ROLE_NAMES.ecr;
  return new AssumedRole(scope, id, {
    ...ecr,
    ...commonOf(settings, id),
    assumedBy: server.resource,
  }).arn;
}

const commonOf = (settings: WaveSettings, id: string) => ({
  ...settings.iam,
  name: namesOf(settings).iam(id),
  partition: partitionOf(settings.region),
});
