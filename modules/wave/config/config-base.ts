import { Tokenization } from "cdktf";
import { type DataOutputs } from "../../contracts/data";
import {
  type Document,
  type PlaceholderValues,
  fillTemplate,
} from "../../lib/template";
import { type WaveEnvironment } from "../release/release";
import {
  BUILD_CLAIM,
  BUILD_SERVICE_ACCOUNT,
} from "../objects/kubernetes-names";
import { buildNodesText } from "../objects/nodes";
import { hasBuilds } from "../release/line";
import {
  BUILD_LOCKS_PREFIX,
  BUILD_LOGS_PREFIX,
  SCAN_REPORTS_PREFIX,
} from "../stores/log-prefixes";
import { POSTGRES_DATABASE, POSTGRES_USER } from "../stores/postgres-names";
import { s3BuildCache } from "../stores/s3-build-cache";
import {
  SURREAL_NAME,
  SURREAL_SERVICE_PORT,
  SURREAL_USER,
} from "../objects/surrealdb";
import { serverIdleSeconds } from "./timeouts";

/** The file of the line, filled: `manifests/wave/{classic,current,lite}/config.yml`. */
export function configBase(
  settings: WaveEnvironment,
  data: DataOutputs,
): Document {
  const common = commonValues(settings, data);
  if (settings.release.isClassic)
    return fillTemplate("manifests/wave/classic/config.yml", {
      ...common,
      ...buildValues(settings, data),
      ...classicValues(settings, data),
    });
  const current = { ...common, ...databaseValues(data) };
  if (!hasBuilds(settings))
    return fillTemplate("manifests/wave/lite/config.yml", current);
  return fillTemplate("manifests/wave/current/config.yml", {
    ...current,
    ...buildValues(settings, data),
    ...currentBuildValues(settings, data),
  });
}

/** Of all three files. */
function commonValues(
  settings: WaveEnvironment,
  data: DataOutputs,
): PlaceholderValues {
  const { wave } = settings;
  return {
    ALLOW_ANONYMOUS: wave.allowAnonymous,
    SERVER_URL: `https://${wave.hostname}`,
    REDIS_URI: redisUri(settings, data),
    REDIS_MIN_IDLE: wave.redisPool.minIdle,
    REDIS_MAX_IDLE: wave.redisPool.maxIdle,
    REDIS_MAX_TOTAL: wave.redisPool.maxTotal,
    LOG_LEVEL: wave.logLevel,
    TOWER_API_URL: wave.platform.apiUrl,
    METRICS: wave.metrics,
    IDLE_TIMEOUT: `${serverIdleSeconds(settings)}s`,
  };
}

/** Of the two files with builds. */
function buildValues(
  settings: WaveEnvironment,
  data: DataOutputs,
): PlaceholderValues {
  const { wave } = settings;
  return {
    BUILD_NODES: buildNodesText(settings, "build"),
    BUILD_TIMEOUT: wave.build.timeout,
    BUILD_WORKSPACE: wave.build.workspace,
    BUILD_REPOSITORY: data.buildRepositoryUrl,
    WAVE_BUILD_NAMESPACE: wave.buildNamespace,
    BUILD_SERVICE_ACCOUNT,
    BUILD_MOUNT_PATH: wave.build.mountPath,
    BUILD_CLAIM,
    BUILD_MEMORY: wave.build.requestMemory,
    SCAN_ENABLED: wave.scan.enabled,
    SCAN_SEVERITY: wave.scan.severity,
    SCAN_MEMORY: wave.scan.requestMemory,
  };
}

function classicValues(
  { wave }: WaveEnvironment,
  data: DataOutputs,
): PlaceholderValues {
  return {
    CACHE_REPOSITORY: wave.build.cache ?? data.cacheRepositoryUrl,
    WAVE_LOGS_BUCKET: data.logsBucket,
    BUILD_LOGS_PREFIX,
    SURREAL_USER,
    SURREAL_URL: `http://${SURREAL_NAME}:${SURREAL_SERVICE_PORT}`,
  };
}

/** PostgreSQL, over TLS; the password is in the environment. */
function databaseValues({
  postgresHost,
  postgresPort,
}: DataOutputs): PlaceholderValues {
  const address = `${postgresHost}:${Tokenization.stringifyNumber(postgresPort)}`;
  return {
    DATABASE_URI: `jdbc:postgresql://${address}/${POSTGRES_DATABASE}?sslmode=require`,
    DATABASE_USER: POSTGRES_USER,
  };
}

function currentBuildValues(
  settings: WaveEnvironment,
  data: DataOutputs,
): PlaceholderValues {
  const { build, mirror } = settings.wave;
  const inLogs = (prefix: string) => `s3://${data.logsBucket}/${prefix}`;
  return {
    BUILD_TRUSTED_TIMEOUT: build.trustedTimeout,
    BUILD_CACHE: layerCache(settings, data),
    BUILD_LOGS_PATH: inLogs(BUILD_LOGS_PREFIX),
    BUILD_LOCKS_PATH: inLogs(BUILD_LOCKS_PREFIX),
    MAX_RUNNING_JOBS: build.maxRunningJobs,
    MIRROR_MEMORY: mirror.requestMemory,
    SCAN_REPORTS_PATH: inLogs(SCAN_REPORTS_PREFIX),
  };
}

/** BuildKit's layers, in a bucket or in a repository. */
function layerCache(settings: WaveEnvironment, data: DataOutputs): string {
  const inS3 = s3BuildCache(settings, data);
  if (inS3 !== undefined) return `s3://${inS3.bucket}/${inS3.prefix}`;
  return settings.wave.build.cache ?? data.cacheRepositoryUrl;
}

/** Without a password: the environment has it, and outranks this key. */
function redisUri(settings: WaveEnvironment, data: DataOutputs): string {
  const scheme = settings.data.redis.tls ? "rediss" : "redis";
  // A number that is still unknown cannot stand in a template string.
  const port = Tokenization.stringifyNumber(data.redisPort);
  return `${scheme}://${data.redisHost}:${port}`;
}
