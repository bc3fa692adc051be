import { withRelease } from "../../modules/wave/release/release";
import { type RoleDefinition } from "../../modules/aws/iam/role-trust";
import { controllerRoles } from "../../modules/core/controllers/controllers";
import { needsOf } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import {
  type PolicyDocument,
  type PolicyStatement,
} from "../../modules/lib/policy";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { waveRoles } from "../../modules/wave/identity/roles";

/** What the `data` stack would say. */
export const storedData = {
  fileSystemId: "fs-0123456789abcdef0",
  logsBucket: "wave-prod-logs-123456789012",
  logsKeyArn:
    "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
  buildRepositoryArn:
    "arn:aws:ecr:eu-central-1:123456789012:repository/wave-prod/build",
  cacheRepositoryArn:
    "arn:aws:ecr:eu-central-1:123456789012:repository/wave-prod/cache",
  buildCacheBucket: "wave-prod-build-cache-123456789012",
  buildCacheKeyArn:
    "arn:aws:kms:eu-central-1:123456789012:key/66666666-7777-8888-9999-000000000000",
};

/** What the `network` stack would say. */
export const storedNetwork = {
  vpcId: "vpc-0123456789abcdef0",
  vpcOwnerId: "123456789012",
  clusterName: "wave-prod",
};

/** Roles of the controllers that the settings need, as plain data. */
export const controllerRolesOf = (settings: Settings) =>
  controllerRoles(settings, needsOf(factsOf(settings)), {
    network: storedNetwork,
    fileSystemId: storedData.fileSystemId,
  });

/** Every role of the `identity` stack, as plain data. */
export function allRoles(settings: Settings): Record<string, RoleDefinition> {
  const roles: Record<string, RoleDefinition | undefined> = {
    ...waveRoles(withRelease(settings), storedData),
    ...controllerRolesOf(settings),
  };
  return Object.fromEntries(
    Object.entries(roles).flatMap(([name, role]) =>
      role === undefined ? [] : [[name, role]],
    ),
  );
}

/** A role by its key; throws when the environment has none, so that no test passes on nothing. */
export function roleOf<Roles extends object, Name extends keyof Roles>(
  roles: Roles,
  name: Name,
): NonNullable<Roles[Name]> {
  const role = roles[name];
  if (role === undefined || role === null)
    throw new Error(
      `no role ${String(name)}; there are ${Object.keys(roles).join(", ")}`,
    );
  return role;
}

/** Actions of a statement; IAM writes a single one without a list. */
export const actionsOf = ({ Action }: PolicyStatement): string[] =>
  [Action].flat();

/** The statement with a Sid; throws when there is none. */
export function statementOf(
  document: PolicyDocument,
  sid: string,
): PolicyStatement {
  const found = document.Statement.find((statement) => statement.Sid === sid);
  if (found === undefined)
    throw new Error(
      `no statement ${sid}; there are ${document.Statement.map(({ Sid }) => Sid).join(", ")}`,
    );
  return found;
}
