import {
  type AssumedTrust,
  type RoleDefinition,
  type ServiceAccountRole,
} from "../../aws/iam/role-trust";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "../objects/kubernetes-names";
import { hasBuilds } from "../release/line";
import {
  type WaveRoleInputs,
  cachePolicy,
  exportPolicy,
  repositoryPolicy,
  serverPolicy,
} from "./role-policies";
import { SURREAL_EXPORT_NAME } from "../objects/surreal-export";

/** Roles of Wave, and how their names end: `wave-prod-euc1-wave-server`. */
export const WAVE_ROLE_NAMES = {
  server: "wave-server",
  build: "wave-build",
  export: "surreal-export",
  ecr: "wave-ecr",
  cache: "wave-cache",
} as const;

/** Roles of one environment; absent where its line, its mode or its settings need none. */
export interface WaveRoles {
  /** Wave's server: objects, mail, and on the current line other roles. */
  readonly server?: ServiceAccountRole;
  /** Build pods of the classic line: two repositories. */
  readonly build?: ServiceAccountRole;
  /** Daily export of SurrealDB: the classic line. */
  readonly export?: ServiceAccountRole;
  /** Two repositories, for the server of the current line; it passes the login on to its builds. */
  readonly ecr?: RoleDefinition<AssumedTrust>;
  /** Build pods of the current line with a layer cache in S3. */
  readonly cache?: ServiceAccountRole;
}

/**
 * One role per subject, each with what that subject calls and no more. Plain data, created by `createWaveIdentity`.
 */
export function waveRoles(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): WaveRoles {
  const server = serverRole(settings, data);
  if (settings.release.isClassic)
    return {
      server,
      build: buildRole(settings, data),
      export: exportRole(settings, data),
    };
  if (!hasBuilds(settings)) return { server };
  return {
    server,
    ecr: ecrRole(settings, data),
    cache: cacheRole(settings, data),
  };
}

/** ARN of a role of Wave, from the settings alone: the server names the ECR role before it exists. */
export function waveRoleArn(
  settings: WaveEnvironment,
  role: keyof typeof WAVE_ROLE_NAMES,
): string {
  const { region, accountId, iam } = settings;
  const name = namesOf(settings).iam(WAVE_ROLE_NAMES[role]);
  return `arn:${partitionOf(region)}:iam::${accountId}:role${iam.path}${name}`;
}

/** Undefined when it could do nothing: Wave Lite without a jump role. */
function serverRole(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): ServiceAccountRole | undefined {
  const policy = serverPolicy(settings, data, waveRoleArn(settings, "ecr"));
  if (policy === undefined) return undefined;
  return {
    description: "Wave's server.",
    trust: {
      kind: "service-account",
      namespace: settings.wave.namespace,
      serviceAccount: WAVE_SERVICE_ACCOUNT,
    },
    policy,
  };
}

function buildRole(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): ServiceAccountRole {
  return {
    description: "Wave's build pods: push and pull in two repositories.",
    trust: buildAccount(settings),
    policy: repositoryPolicy(settings, data),
  };
}

function exportRole(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): ServiceAccountRole {
  return {
    description: "Daily export of SurrealDB: writes below one prefix.",
    trust: {
      kind: "service-account",
      namespace: settings.wave.namespace,
      serviceAccount: SURREAL_EXPORT_NAME,
    },
    policy: exportPolicy(settings, data),
  };
}

/**
 * The role behind Wave's login to ECR. With a jump role Wave takes this role through that one and never
 * directly, so both may: the way can change while pods of the old configuration still run.
 */
function ecrRole(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): RoleDefinition<AssumedTrust> {
  const { jumpRoleArn, ecrExternalId } = settings.wave.current;
  return {
    description: "Wave's login to ECR: push and pull in two repositories.",
    trust: {
      kind: "assumed",
      roleArns: [waveRoleArn(settings, "server"), ...listOf(jumpRoleArn)],
      // Wave names its session wave-ecr-<account>-<milliseconds>.
      sessionName: "wave-ecr-*",
      externalId: ecrExternalId,
    },
    policy: repositoryPolicy(settings, data),
  };
}

function cacheRole(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): ServiceAccountRole | undefined {
  const policy = cachePolicy(settings, data);
  if (policy === undefined) return undefined;
  return {
    description: "Wave's build jobs: cached layers in S3.",
    trust: buildAccount(settings),
    policy,
  };
}

const buildAccount = ({ wave }: WaveEnvironment) =>
  ({
    kind: "service-account",
    namespace: wave.buildNamespace,
    serviceAccount: BUILD_SERVICE_ACCOUNT,
  }) as const;

const listOf = <T>(value: T | undefined): T[] =>
  value === undefined ? [] : [value];
