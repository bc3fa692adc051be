import { Tokenization } from "cdktf";
import { type DataOutputs } from "../contracts/data";
import { type Document, fillTemplate } from "../lib/template";
import { type Settings } from "../settings/schema";
import { optionalSections } from "./config-sections";
import { BUILD_CLAIM, BUILD_SERVICE_ACCOUNT } from "./kubernetes-names";
import { BUILD_LOGS_PREFIX } from "./log-prefixes";
import { SURREAL_NAME, SURREAL_SERVICE_PORT } from "./surrealdb";
import { idleTimeoutSeconds } from "./timeouts";

/** Wave's `config.yml`: `manifests/wave/classic/config.yml`, filled, with the sections the settings ask for (CFG). */
export function configFile(settings: Settings, data: DataOutputs): Document {
  const { wave } = settings;
  const base = fillTemplate("manifests/wave/classic/config.yml", {
    ALLOW_ANONYMOUS: wave.allowAnonymous,
    SERVER_URL: `https://${wave.hostname}`,
    BUILD_TIMEOUT: wave.build.timeout,
    BUILD_WORKSPACE: wave.build.workspace,
    BUILD_REPOSITORY: data.buildRepositoryUrl,
    CACHE_REPOSITORY: wave.build.cache ?? data.cacheRepositoryUrl,
    WAVE_LOGS_BUCKET: data.logsBucket,
    BUILD_LOGS_PREFIX,
    WAVE_BUILD_NAMESPACE: wave.buildNamespace,
    BUILD_SERVICE_ACCOUNT,
    BUILD_MOUNT_PATH: wave.build.mountPath,
    BUILD_CLAIM,
    BUILD_MEMORY: wave.build.requestMemory,
    SCAN_ENABLED: wave.scan.enabled,
    SCAN_SEVERITY: wave.scan.severity,
    SCAN_MEMORY: wave.scan.requestMemory,
    REDIS_URI: redisUri(settings, data),
    SURREAL_URL: `http://${SURREAL_NAME}:${SURREAL_SERVICE_PORT}`,
    TOWER_API_URL: wave.platform.apiUrl,
    IDLE_TIMEOUT: `${idleTimeoutSeconds(settings)}s`,
  });
  return optionalSections(settings).reduce(merge, base);
}

/** Without a password: with one, the environment variable `REDIS_URI` outranks this key (CFG-19, VR-22). */
function redisUri(settings: Settings, data: DataOutputs): string {
  const scheme = settings.data.redis.tls ? "rediss" : "redis";
  // A number that is still unknown cannot stand in a template string (CDK-D1).
  const port = Tokenization.stringifyNumber(data.redisPort);
  return `${scheme}://${data.redisHost}:${port}`;
}

/** The two documents as one; a key of `addition` wins. */
function merge(base: Document, addition: Document): Document {
  if (!isMap(base) || !isMap(addition)) return addition;
  const result = { ...base };
  for (const [key, value] of Object.entries(addition)) {
    const there = result[key];
    result[key] = there === undefined ? value : merge(there, value);
  }
  return result;
}

const isMap = (node: Document): node is Record<string, Document> =>
  typeof node === "object" && node !== null && !Array.isArray(node);
