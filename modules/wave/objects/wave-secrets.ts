import { type SecretV1Config } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Tokenization } from "cdktf";
import { type Construct } from "constructs";
import { StoredSecret } from "../../aws/secrets/stored-secret";
import { type DataOutputs } from "../../contracts/data";
import { dockerConfigJson } from "../../kubernetes/registry-login";
import { readReference } from "../../lib/image-reference";
import { Secret } from "../../kubernetes/secret";
import { type WaveEnvironment } from "../release/release";
import { REGISTRY_SECRET, WAVE_SECRET } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { imageRepository } from "../release/line-defaults";
import { SURREAL_SECRET, SURREAL_USER, SURREAL_USERS_FILE } from "./surrealdb";

/** Secrets of Wave. */
export interface WaveSecrets {
  readonly all: readonly Secret[];
  /** Changes with the version of any value that Wave reads from the environment. */
  readonly checksum: string;
  /** The same of SurrealDB; empty on the current line. */
  readonly surrealChecksum: string;
}

/** Values by key, and the stored secrets they come from. */
interface Contents {
  readonly data: Readonly<Record<string, string>>;
  readonly sources: readonly StoredSecret[];
  readonly plainParts?: readonly string[];
}

/**
 * The Secrets of Wave and of its store, and the login to the registry of its image: each value from AWS Secrets Manager
 * and none of them in state.
 */
export function createWaveSecrets(
  scope: Construct,
  settings: WaveEnvironment,
  data: DataOutputs,
  dependsOn: SecretV1Config["dependsOn"],
): WaveSecrets {
  const create = (name: string, contents: Contents, type?: string) =>
    new Secret(scope, name, {
      metadata: {
        name,
        namespace: settings.wave.namespace,
        labels: labelsOf(WAVE_APP, "server"),
      },
      type,
      ...contents,
      dependsOn,
    });
  const database = databasePassword(scope, settings, data);
  const wave = create(
    WAVE_SECRET,
    environment(scope, settings, data, database),
  );
  // SurrealDB runs beside Wave and has its users from here; PostgreSQL has its own from stack data.
  const stores = settings.release.isClassic
    ? [create(SURREAL_SECRET, surrealUsers(scope, data, database))]
    : [];
  const registry = create(
    REGISTRY_SECRET,
    registryLogin(scope, settings),
    "kubernetes.io/dockerconfigjson",
  );
  return {
    all: [wave, ...stores, registry],
    checksum: wave.checksum,
    surrealChecksum: stores[0]?.checksum ?? "",
  };
}

const databasePassword = (
  scope: Construct,
  settings: WaveEnvironment,
  data: DataOutputs,
): StoredSecret =>
  settings.release.isClassic
    ? new StoredSecret(
        scope,
        "surreal-wave-password",
        data.surrealWaveSecretArn,
      )
    : new StoredSecret(scope, "postgres-password", data.postgresSecretArn);

/** A stored secret that is nothing but a password, under a key. */
const password = (key: string, stored: StoredSecret): Contents => ({
  data: { [key]: `\${${stored.value}}` },
  sources: [stored],
});

/**
 * The root user's password, and the file that makes both users: Wave's may read and change records, and neither users nor
 * other databases. `jsonencode` writes a text that SurrealQL reads as one.
 */
function surrealUsers(
  scope: Construct,
  data: DataOutputs,
  wave: StoredSecret,
): Contents {
  const root = new StoredSecret(
    scope,
    "surreal-password",
    data.surrealSecretArn,
  );
  const user = (name: string, on: string, by: StoredSecret, role: string) =>
    `DEFINE USER ${name} ON ${on} PASSWORD \${jsonencode(${by.value})} ROLES ${role};\n`;
  return {
    data: {
      SURREAL_PASS: `\${${root.value}}`,
      [SURREAL_USERS_FILE]:
        user("root", "ROOT", root, "OWNER") +
        user(SURREAL_USER, "DATABASE", wave, "EDITOR"),
    },
    sources: [root, wave],
  };
}

/** What Wave reads from its environment; the keys are those of `secretVariables`. */
function environment(
  scope: Construct,
  settings: WaveEnvironment,
  data: DataOutputs,
  database: StoredSecret,
): Contents {
  const { secrets, classic } = settings.wave;
  const parts: Contents[] = [
    password(
      settings.release.isClassic
        ? "SURREAL_DEFAULT_PASSWORD"
        : "WAVE_DB_PASSWORD",
      database,
    ),
    fields(scope, "ecr-key", classic.ecrKeySecret, {
      WAVE_ECR_ACCESS_KEY: "accessKeyId",
      WAVE_ECR_SECRET_KEY: "secretAccessKey",
    }),
    fields(scope, "docker-hub", secrets.dockerHub, {
      DOCKER_USER: "username",
      DOCKER_PAT: "password",
    }),
    fields(scope, "quay", secrets.quay, {
      QUAY_USER: "username",
      QUAY_PAT: "password",
    }),
  ];
  if (settings.data.redis.auth)
    parts.push(redisPassword(scope, settings, data));
  return {
    data: Object.assign({}, ...parts.map((part) => part.data)) as Record<
      string,
      string
    >,
    sources: parts.flatMap(({ sources }) => sources),
    plainParts: parts.flatMap(({ plainParts = [] }) => plainParts),
  };
}

/** Keys whose values are fields of one operator-made secret; none without its name. */
function fields(
  scope: Construct,
  id: string,
  secretName: string | undefined,
  keys: Readonly<Record<string, string>>,
): Contents {
  if (secretName === undefined) return { data: {}, sources: [] };
  const stored = new StoredSecret(scope, id, secretName);
  return {
    data: Object.fromEntries(
      Object.entries(keys).map(([key, field]) => [
        key,
        `\${${stored.field(field)}}`,
      ]),
    ),
    sources: [stored],
  };
}

/** The password; on the classic line, which knows no key for it alone, inside the address. AUTH implies TLS. */
function redisPassword(
  scope: Construct,
  settings: WaveEnvironment,
  data: DataOutputs,
): Contents {
  const stored = new StoredSecret(scope, "redis-password", data.redisSecretArn);
  if (!settings.release.isClassic) return password("REDIS_PASSWORD", stored);
  const host = `${data.redisHost}:${Tokenization.stringifyNumber(data.redisPort)}`;
  return {
    data: { REDIS_URI: `rediss://:\${urlencode(${stored.value})}@${host}` },
    sources: [stored],
    plainParts: [host],
  };
}

/** Login to the registry of Wave's image, a mirror's too, made from {"username", "password"}. */
function registryLogin(scope: Construct, settings: WaveEnvironment): Contents {
  const stored = new StoredSecret(
    scope,
    "seqera-registry",
    settings.wave.secrets.seqeraRegistry,
  );
  const { registry } = readReference(imageRepository(settings));
  const [username, password] = [
    stored.field("username"),
    stored.field("password"),
  ];
  return {
    data: {
      ".dockerconfigjson": dockerConfigJson([
        { host: registry, username, password },
      ]),
    },
    sources: [stored],
    plainParts: [registry],
  };
}
