import {
  type Simulation,
  anonymousPrincipal,
  runSimulation,
} from "@cloud-copilot/iam-simulate";
import { type Graph } from "../../tools/audit/graph";
import { placeOf } from "../../tools/audit/permissions/literals";
import {
  type LiteralDocument,
  type RoleRights,
  holdersOf,
} from "../../tools/audit/permissions/roles";
import {
  managedPolicy,
  resourcePoliciesOf,
} from "../../tools/audit/permissions/resource-policies";
import { type Settings } from "../../modules/schema";

/** Values of condition keys. */
export type Context = Readonly<Record<string, string | string[]>>;

/** Roles and resource policies of an environment, from its JSON. */
export interface World {
  readonly accountId: string;
  readonly holders: ReadonlyMap<string, RoleRights>;
  /** By ARN. */
  readonly resourcePolicies: ReadonlyMap<string, LiteralDocument>;
  /** Issuer of the cluster's tokens. */
  readonly issuerHost: string;
}

/** One call of one principal. */
export interface Call {
  /**
   * Key of a role (`wave-server`); `admin`, a role of this account that may do everything, or `stranger`, one of another
   * account; `anybody`, without credentials; `token`, who shows a token of the cluster; a service such as
   * `eks.amazonaws.com`; an ARN, where users and sessions of roles may do everything that no resource denies.
   */
  readonly as: string;
  readonly does: string;
  /** ARN, or `*` for actions that know no resource. */
  readonly to: string;
  readonly with?: Context;
}

/**
 * Condition keys that AWS knows and the simulator's data does not: it would drop them from the request. Renamed alike in
 * policies and requests, they keep their meaning.
 */
const renamed = (text: string): string =>
  text
    .replace(/oidc\.eks\.[\w.-]+\/id\/\w+:(?=aud|sub)/g, "accounts.google.com:")
    .replace(
      /token\.actions\.githubusercontent\.com:(?=aud|sub)/g,
      "cognito-identity.amazonaws.com:",
    )
    .replaceAll("kms:EncryptionContext:aws:logs:arn", "aws:SourceArn");

const knownKeys = <T>(value: T): T =>
  JSON.parse(renamed(JSON.stringify(value))) as T;

/** What the policies of the stacks say, with literals in the place of what only AWS knows. */
export function worldOf(graph: Graph, settings: Settings): World {
  const { region, dnsSuffix } = placeOf(graph, "identity");
  return worldOfRoles({
    accountId: settings.accountId,
    roles: [...holdersOf(graph, settings).values()],
    resourcePolicies: resourcePoliciesOf(graph),
    issuerHost: `oidc.eks.${region}.${dnsSuffix}/id/CLUSTER`,
  });
}

/** A world of these roles, and of other resources with a policy: each by its ARN. */
export const worldOfRoles = ({
  accountId,
  roles,
  resourcePolicies,
  issuerHost,
}: {
  readonly accountId: string;
  readonly roles: readonly RoleRights[];
  readonly resourcePolicies: readonly (readonly [string, LiteralDocument])[];
  readonly issuerHost: string;
}): World => ({
  accountId,
  holders: new Map(roles.map((role) => [role.key, role])),
  resourcePolicies: new Map([
    ...roles
      .filter(({ trust }) => trust.Statement.length > 0)
      .map(({ arn, trust }) => [arn, knownKeys(trust)] as const),
    ...resourcePolicies.map(
      ([arn, document]) => [arn, knownKeys(document)] as const,
    ),
  ]),
  issuerHost,
});

/**
 * Whether a call is allowed.
 *
 * @throws Error for an action, a resource or a condition key that AWS does not know together: such a call would be denied
 * whatever the policies say.
 */
export async function isAllowed(world: World, call: Call): Promise<boolean> {
  const result = await runSimulation(simulationOf(world, call), {});
  if (result.resultType !== "single")
    throw new Error(`${JSON.stringify(call)}: ${JSON.stringify(result)}`);
  const ignored = (result.result.ignoredContextKeys ?? []).filter(
    (key) => key !== "aws:PrincipalArn" && key !== "aws:SecureTransport",
  );
  if (ignored.length > 0)
    throw new Error(`${call.does} on ${call.to} has no ${ignored.join(", ")}`);
  return result.overallResult === "Allowed";
}

function simulationOf(world: World, call: Call): Simulation {
  const { as, does, to } = call;
  const arn = to.startsWith("arn:aws:s3:::") ? to.replace(/\/.*/, "") : to;
  return {
    request: {
      principal: principalOf(world, as),
      action: does,
      resource: { resource: to, accountId: world.accountId },
      contextVariables: contextOf(world, call),
    },
    identityPolicies: identityPoliciesOf(world, as),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: world.resourcePolicies.get(arn),
  };
}

const STRANGER = "999999999999";

function principalOf(
  { holders, accountId, issuerHost }: World,
  as: string,
): Simulation["request"]["principal"] {
  if (as === "anybody") return anonymousPrincipal;
  if (as === "token")
    return `arn:aws:iam::${accountId}:oidc-provider/${issuerHost}`;
  if (as === "stranger")
    return `arn:aws:sts::${STRANGER}:assumed-role/admin/me`;
  if (as.endsWith(".amazonaws.com")) return as;
  if (as.startsWith("arn:")) return as;
  if (as === "admin")
    return `arn:aws:sts::${accountId}:assumed-role/admin/session`;
  const holder = holders.get(as);
  if (holder === undefined)
    throw new Error(
      `no role ${as}; there are ${[...holders.keys()].join(", ")}`,
    );
  return isPolicy(holder)
    ? userOf(accountId)
    : `arn:aws:sts::${accountId}:assumed-role/${holder.name}/session`;
}

/** Nobody takes it: an operator attaches it to a user. */
const isPolicy = ({ trust }: RoleRights): boolean =>
  trust.Statement.length === 0;

/** The user of the ECR key in the audited settings. */
const userOf = (accountId: string): string =>
  `arn:aws:iam::${accountId}:user/wave-ecr`;

const isUser = (as: string): boolean => as.includes(":user/");

/** ARN of a session of a role that is none of this environment's. */
const isSession = (as: string): boolean => as.includes(":assumed-role/");

function contextOf(
  world: World,
  call: Call,
): Record<string, string | string[]> {
  const { as } = call;
  const given = Object.entries(call.with ?? {}).map(([key, value]) => [
    as === "token" && !key.includes(":") ? `${world.issuerHost}:${key}` : key,
    value,
  ]);
  const arn = principalArnOf(world, as);
  return {
    "aws:SecureTransport": "true",
    ...(arn !== undefined && { "aws:PrincipalArn": arn }),
    ...knownKeys(Object.fromEntries(given) as Context),
  };
}

/** Value of `aws:PrincipalArn`: of a session its role's. */
function principalArnOf(
  { accountId, holders }: World,
  as: string,
): string | undefined {
  if (as === "admin") return `arn:aws:iam::${accountId}:role/admin`;
  if (isUser(as)) return as;
  if (isSession(as))
    return as
      .replace(":sts:", ":iam:")
      .replace(/:assumed-role\/(.*)\/[^/]*$/, ":role/$1");
  const holder = holders.get(as);
  return holder !== undefined && isPolicy(holder)
    ? userOf(accountId)
    : holder?.arn;
}

const EVERYTHING = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

function identityPoliciesOf(
  { holders }: World,
  as: string,
): Simulation["identityPolicies"] {
  if (as === "admin" || as === "stranger" || isUser(as) || isSession(as))
    return [{ name: as, policy: EVERYTHING }];
  const role = holders.get(as);
  if (role === undefined) return [];
  const managed = role.managed.map((name): [string, unknown] => {
    const policy = managedPolicy(name);
    if (policy === undefined) throw new Error(`no managed policy ${name}`);
    return [name, policy];
  });
  return [...Object.entries(role.policies), ...managed].map(
    ([name, policy]) => ({ name, policy }),
  );
}
