import {
  type RoleDefinition,
  type TrustedProvider,
  trustDocument,
} from "../../aws/iam/role-trust";
import { partitionOf } from "../../lib/aws-partition";
import { type Problem, ProblemReport } from "../../lib/problem";
import { type WaveSettings } from "../settings/schema";
import { waveObjects } from "../wave";
import { waveRoles } from "../identity/roles";
import { standInInputs } from "../objects/stand-in-inputs";
import { rulesOf } from "./rendered-rules";
import {
  type Rendered,
  type RenderedRole,
  propertiesOf,
} from "./rendered-reading";

/**
 * Renders Wave with literals in the place of what only AWS knows, and judges the result: all problems at once, before
 * anything is written. A placeholder without a value, and a value without a placeholder, are problems too.
 */
export function checkRendered(settings: WaveSettings): Problem[] {
  try {
    return judge(render(settings));
  } catch (error) {
    if (error instanceof ProblemReport) return [...error.problems];
    throw error;
  }
}

/** What is judged, before the rules' own view of it is added. */
export type RenderedParts = Omit<Rendered, "properties">;

/** What every rule finds. */
export function judge(parts: RenderedParts): Problem[] {
  const properties = propertiesOf(parts.objects.configFile);
  return rulesOf(parts.settings).flatMap((rule) =>
    rule({ ...parts, properties }),
  );
}

/** Objects and roles of Wave as the stacks place them, with stand-in values. */
export function render(settings: WaveSettings): RenderedParts {
  const inputs = standInInputs(settings);
  const roles: Record<string, RenderedRole> = {};
  for (const [name, role] of Object.entries<RoleDefinition | undefined>({
    ...waveRoles(settings, inputs.data),
  })) {
    if (role === undefined) continue;
    const partition = partitionOf(settings.region);
    const provider = standInProvider(settings);
    roles[name] = {
      trust: trustDocument(role.trust, partition, provider),
      permissions: role.policy,
    };
  }
  return {
    settings,
    objects: waveObjects(settings, inputs),
    roles,
  };
}

/** Stands for the cluster's OIDC provider. */
function standInProvider({ region, accountId }: WaveSettings): TrustedProvider {
  const issuerHost = `oidc.eks.${region}.amazonaws.com/id/00000000000000000000000000000000`;
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuerHost}`;
  return { arn, issuerHost };
}
