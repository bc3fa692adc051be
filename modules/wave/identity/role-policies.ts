import { type DataOutputs } from "../../contracts/data";
import { dnsSuffixOf, partitionOf } from "../../lib/aws-partition";
import {
  type PolicyDocument,
  joinPolicies,
  readPolicy,
} from "../../lib/policy";
import { type PlaceholderValues } from "../../lib/template";
import { type WaveEnvironment } from "../release/release";
import { s3BuildCache } from "../stores/s3-build-cache";
import { hasBuilds, mailOf } from "../release/line";
import {
  BUILD_LOCKS_PREFIX,
  BUILD_LOGS_PREFIX,
  SCAN_REPORTS_PREFIX,
  SURREAL_EXPORTS_PREFIX,
} from "../stores/log-prefixes";
import { mailConfigurationSetName } from "./mail-domain";

/** What the policies name of the `data` stack. */
export type WaveRoleInputs = Pick<
  DataOutputs,
  | "logsBucket"
  | "logsKeyArn"
  | "buildRepositoryArn"
  | "cacheRepositoryArn"
  | "buildCacheBucket"
  | "buildCacheKeyArn"
>;

/** Objects of the line, other roles, mail. Undefined when nothing of it applies. */
export function serverPolicy(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
  ecrRoleArn: string,
): PolicyDocument | undefined {
  return joined([
    serverObjects(settings, data, ecrRoleArn),
    mailPolicy(settings),
  ]);
}

function serverObjects(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
  ecrRoleArn: string,
): PolicyDocument | undefined {
  const { jumpRoleArn } = settings.wave.current;
  const objects = {
    LOGS_BUCKET: data.logsBucket,
    LOGS_PREFIX: BUILD_LOGS_PREFIX,
    LOGS_KEY_ARN: data.logsKeyArn,
    ...throughS3(settings.region),
  };
  if (settings.release.isClassic)
    return wavePolicy("wave-server-classic.json", settings, objects);
  if (hasBuilds(settings))
    return wavePolicy("wave-server-current.json", settings, {
      ...objects,
      LOCKS_PREFIX: BUILD_LOCKS_PREFIX,
      REPORTS_PREFIX: SCAN_REPORTS_PREFIX,
      ROLE_ARNS:
        jumpRoleArn === undefined ? ecrRoleArn : [ecrRoleArn, jumpRoleArn],
    });
  if (jumpRoleArn === undefined) return undefined;
  return wavePolicy("wave-server-jump.json", settings, {
    JUMP_ROLE_ARN: jumpRoleArn,
  });
}

function mailPolicy(settings: WaveEnvironment): PolicyDocument | undefined {
  const { region, accountId } = settings;
  const mail = mailOf(settings);
  if (mail === undefined) return undefined;
  const { domain, sender, existingIdentity } = mail;
  // SES asks for the identity's default configuration set too.
  const configurationSet = existingIdentity
    ? mail.configurationSet
    : mailConfigurationSetName(settings);
  const names = [`identity/${domain}`, `identity/${sender}`];
  if (configurationSet !== undefined)
    names.push(`configuration-set/${configurationSet}`);
  return wavePolicy("mail.json", settings, {
    MAIL_ARNS: names.map(
      (name) => `arn:aws:ses:${region}:${accountId}:${name}`,
    ),
    SENDER: sender,
  });
}

/**
 * Login to ECR, push and pull in the two repositories, and nothing else: for the build pods of the classic line, and for
 * the role that the current line's server takes for its builds.
 */
export function repositoryPolicy(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): PolicyDocument {
  return wavePolicy("repositories.json", settings, {
    BUILD_REPOSITORY_ARN: data.buildRepositoryArn,
    CACHE_REPOSITORY_ARN: data.cacheRepositoryArn,
  });
}

/**
 * What the IAM user of `wave.classic.ecrKeySecret` needs: with the key, Wave logs build pods in as that user, so it pulls
 * and pushes. The operator makes the user and attaches the policy. Undefined without the setting.
 */
export function ecrKeyPolicy(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): PolicyDocument | undefined {
  if (settings.wave.classic.ecrKeySecret === undefined) return undefined;
  return repositoryPolicy(settings, data);
}

/** Export of SurrealDB. */
export function exportPolicy(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): PolicyDocument {
  return wavePolicy("surreal-export.json", settings, {
    LOGS_BUCKET: data.logsBucket,
    EXPORTS_PREFIX: SURREAL_EXPORTS_PREFIX,
    LOGS_KEY_ARN: data.logsKeyArn,
    ...throughS3(settings.region),
  });
}

/** Layer cache in S3; undefined without one. */
export function cachePolicy(
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): PolicyDocument | undefined {
  const cache = s3BuildCache(settings, data);
  if (cache === undefined) return undefined;
  const objects = wavePolicy("wave-build-cache.json", settings, {
    CACHE_BUCKET: cache.bucket,
    CACHE_PREFIX: cache.prefix,
  });
  if (cache.keyArn === undefined) return objects;
  const key = wavePolicy("wave-build-cache-key.json", settings, {
    CACHE_KEY_ARN: cache.keyArn,
    ...throughS3(cache.region),
  });
  return joinPolicies([objects, key]);
}

const wavePolicy = (
  file: string,
  { region }: WaveEnvironment,
  values: PlaceholderValues,
): PolicyDocument => readPolicy(`wave/${file}`, partitionOf(region), values);

/** Parts of `kms:ViaService`: the key works only through S3 of the bucket's region. */
const throughS3 = (region: string) => ({
  REGION: region,
  DNS_SUFFIX: dnsSuffixOf(region),
});

/** One document with the statements of all; undefined when there is none. */
function joined(
  documents: readonly (PolicyDocument | undefined)[],
): PolicyDocument | undefined {
  const given = documents.filter((document) => document !== undefined);
  return given.length === 0 ? undefined : joinPolicies(given);
}
