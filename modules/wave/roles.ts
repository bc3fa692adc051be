import { type ServiceAccountRole } from "../aws/irsa-role";
import { type DataOutputs } from "../contracts/data";
import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../lib/policy";
import { type Settings } from "../settings/schema";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "./kubernetes-names";
import { BUILD_LOGS_PREFIX, SURREAL_EXPORTS_PREFIX } from "./log-prefixes";
import { mailConfigurationSetName } from "./mail-domain";
import { SURREAL_EXPORT_NAME } from "./surreal-export";

/** Subjects of Wave that have an AWS identity. */
export type WaveRoleName = "server" | "build" | "export";

/** What the policies name of the `data` stack. */
export type WaveRoleInputs = Pick<
  DataOutputs,
  "logsBucket" | "logsKeyArn" | "buildRepositoryArn" | "cacheRepositoryArn"
>;

/**
 * One role per subject of the classic line, with the statements of wave.md 5.2 (IAM-01…07, DEC-15). Plain data: placed
 * by the `identity` stack and judged by the static rules (VR-43, VR-44).
 */
export function waveRoles(
  settings: Settings,
  data: WaveRoleInputs,
): Record<WaveRoleName, ServiceAccountRole> {
  const { namespace, buildNamespace } = settings.wave;
  return {
    server: {
      description: "Wave's server: build logs and mail.",
      namespace,
      serviceAccount: WAVE_SERVICE_ACCOUNT,
      policy: serverPolicy(settings, data),
    },
    build: {
      description: "Wave's build pods: push and pull in two repositories.",
      namespace: buildNamespace,
      serviceAccount: BUILD_SERVICE_ACCOUNT,
      policy: repositoryPolicy("wave-build-classic.json", settings, data),
    },
    export: {
      description: "Daily export of SurrealDB: writes below one prefix.",
      namespace,
      serviceAccount: SURREAL_EXPORT_NAME,
      policy: exportPolicy(settings, data),
    },
  };
}

/**
 * What the IAM user of `wave.classic.ecrKeySecret` needs: with the key, Wave logs build pods in as that user, so it pulls
 * and pushes (IAM-10). The operator makes the user and attaches the policy (DEC-35). Undefined without the setting.
 */
export function ecrKeyPolicy(
  settings: Settings,
  data: WaveRoleInputs,
): PolicyDocument | undefined {
  if (settings.wave.classic.ecrKeySecret === undefined) return undefined;
  return repositoryPolicy("wave-ecr-key-classic.json", settings, data);
}

function serverPolicy(
  settings: Settings,
  data: WaveRoleInputs,
): PolicyDocument {
  const logs = readPolicy(
    "wave/wave-server-classic.json",
    partitionOf(settings.region),
    {
      LOGS_BUCKET: data.logsBucket,
      LOGS_PREFIX: BUILD_LOGS_PREFIX,
      LOGS_KEY_ARN: data.logsKeyArn,
      ...hostParts(settings),
    },
  );
  const mail = mailPolicy(settings);
  if (mail === undefined) return logs;
  return { ...logs, Statement: [...logs.Statement, ...mail.Statement] };
}

function mailPolicy(settings: Settings): PolicyDocument | undefined {
  const { region, accountId, wave } = settings;
  if (wave.mail === undefined) return undefined;
  const { domain, sender, existingIdentity } = wave.mail;
  // SES asks for the identity's default configuration set too.
  const configurationSet = existingIdentity
    ? wave.mail.configurationSet
    : mailConfigurationSetName(settings);
  const names = [`identity/${domain}`, `identity/${sender}`];
  if (configurationSet !== undefined)
    names.push(`configuration-set/${configurationSet}`);
  return readPolicy("wave/mail.json", partitionOf(region), {
    MAIL_ARNS: names.map(
      (name) => `arn:aws:ses:${region}:${accountId}:${name}`,
    ),
    SENDER: sender,
  });
}

function repositoryPolicy(
  file: string,
  settings: Settings,
  data: WaveRoleInputs,
): PolicyDocument {
  return readPolicy(`wave/${file}`, partitionOf(settings.region), {
    BUILD_REPOSITORY_ARN: data.buildRepositoryArn,
    CACHE_REPOSITORY_ARN: data.cacheRepositoryArn,
  });
}

function exportPolicy(
  settings: Settings,
  data: WaveRoleInputs,
): PolicyDocument {
  return readPolicy("wave/surreal-export.json", partitionOf(settings.region), {
    LOGS_BUCKET: data.logsBucket,
    EXPORTS_PREFIX: SURREAL_EXPORTS_PREFIX,
    LOGS_KEY_ARN: data.logsKeyArn,
    ...hostParts(settings),
  });
}

/** Parts of `kms:ViaService`: the key works only through S3 of this region. */
function hostParts({ region }: Settings) {
  return { REGION: region, DNS_SUFFIX: dnsSuffixOf(region) };
}
