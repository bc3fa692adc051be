import { Construct } from "constructs";
import { GeneratedSecret } from "../aws/secrets/secret";
import { StoredSecret } from "../aws/secrets/stored-secret";
import { type Dependencies } from "../kubernetes/create-all";
import { Secret } from "../kubernetes/secret";
import {
  type SecretValue,
  contentsOf,
  field,
  plain,
  whole,
} from "../kubernetes/secret-values";
import { namesOf } from "../lib/names";
import { type Database } from "./database";
import { DATABASES, SECRETS, labelsOf } from "./names";
import { address, passwordFile, registryLogin } from "./secret-values";
import { type EmgSettings } from "./settings/schema";

/** What the Secrets are made of. */
interface SecretsProps {
  readonly settings: EmgSettings;
  readonly keyArn: string;
  readonly database: Database;
  readonly dependsOn: Dependencies;
}

type OfEach<Each> = Readonly<
  Partial<Record<keyof typeof SECRETS, Each>> &
    Record<"prefect" | "databases", Each>
>;
type Values = Readonly<Record<string, SecretValue>>;

/** The Secrets of the namespace, under the names of `SECRETS`. */
export interface Secrets {
  /** Of each that there is: another one when a value has another version. */
  readonly checksums: OfEach<string>;
  /** Secrets of AWS that hold the passwords of workers, by worker. */
  readonly workerSecretArns: Readonly<Record<string, string>>;
  /** Secret of AWS that holds the password of all, with prefect-basic. */
  readonly passwordSecretArn?: string;
  readonly dependsOn: Dependencies;
}

/** Whose pods read each. */
const READERS = {
  api: "api",
  pull: "api",
  prefect: "prefect",
  databases: "jobs",
  github: "login",
  cookie: "login",
  workers: "gateway",
} as const;

/** Creates the Secrets: each value from AWS Secrets Manager, and none of them in plan or state. */
export function createSecrets(scope: Construct, props: SecretsProps): Secrets {
  const { auth } = props.settings.emg;
  const generate = generator(scope, props);
  const password =
    auth.mode === "prefect-basic"
      ? generate("prefect", auth.passwordVersion)
      : undefined;
  const workers = (auth.mode === "oauth2-proxy" ? auth.workers : []).map(
    (name) => ({
      name,
      ...generate(`worker-${name}`, auth.passwordVersion),
    }),
  );
  const values: OfEach<Values> = {
    ...databaseValues(
      scope,
      props,
      generate,
      password && whole(password.stored, "emg:"),
    ),
    ...(auth.mode === "oauth2-proxy" && {
      github: githubValues(
        new StoredSecret(scope, "github", auth.githubSecret),
      ),
      cookie: {
        [SECRETS.cookie]: whole(
          generate("cookie", auth.cookieVersion, 32).stored,
        ),
      },
      workers: { auth: passwordFile(workers) },
    }),
  };
  const secrets = Object.entries(values).map(
    ([key, value]) =>
      [
        key,
        createSecret(scope, props, key as keyof typeof SECRETS, value),
      ] as const,
  );
  return {
    checksums: Object.fromEntries(
      secrets.map(([key, { checksum }]) => [key, checksum]),
    ) as unknown as OfEach<string>,
    workerSecretArns: Object.fromEntries(
      workers.map(({ name, arn }) => [name, arn]),
    ),
    passwordSecretArn: password?.arn,
    dependsOn: secrets.map(([, { resource }]) => resource),
  };
}

const githubValues = (stored: StoredSecret): Values => ({
  OAUTH2_PROXY_CLIENT_ID: field(stored, "clientId"),
  OAUTH2_PROXY_CLIENT_SECRET: field(stored, "clientSecret"),
});

function createSecret(
  scope: Construct,
  { settings, dependsOn }: SecretsProps,
  key: keyof typeof SECRETS,
  values: Values,
): Secret {
  return new Secret(scope, SECRETS[key], {
    metadata: {
      name: SECRETS[key],
      namespace: settings.emg.namespace,
      labels: labelsOf(READERS[key]),
    },
    type: key === "pull" ? "kubernetes.io/dockerconfigjson" : undefined,
    ...contentsOf(values),
    dependsOn: [...dependsOn],
  });
}

/** Secrets of the programs that have a database, and of the Job that makes both. */
function databaseValues(
  scope: Construct,
  { settings, database }: SecretsProps,
  generate: Generate,
  login: SecretValue | undefined,
): OfEach<Values> {
  const {
    api,
    database: { passwordVersion },
  } = settings.emg;
  const { username, password, source } = database.masterSecret;
  const owner = (what: string) =>
    generate(`db-${what}`, passwordVersion).stored;
  const prefect = owner("prefect");
  const shared = {
    prefect: {
      PREFECT_API_DATABASE_CONNECTION_URL: address(
        "postgresql+asyncpg",
        DATABASES.prefect,
        prefect,
        database,
        "ssl=require",
      ),
      ...(login && { PREFECT_SERVER_API_AUTH_STRING: login }),
    },
    databases: {
      PGHOST: plain(database.host),
      PGPORT: plain(String(database.port)),
      PGUSER: { text: username, sources: [source] },
      PGPASSWORD: { text: password, sources: [source] },
      POSTGRES_PREFECT_USER: plain(DATABASES.prefect),
      POSTGRES_PREFECT_PASSWORD: whole(prefect),
    },
  };
  if (!api) return shared;
  const app = owner("app");
  return {
    prefect: shared.prefect,
    databases: {
      ...shared.databases,
      POSTGRES_APP_USER: plain(DATABASES.api),
      POSTGRES_APP_PASSWORD: whole(app),
    },
    api: {
      DJANGO_SECRET_KEY: whole(
        generate("django", api.secretKeyVersion, 64).stored,
      ),
      DATABASE_URL: address(
        "postgres",
        DATABASES.api,
        app,
        database,
        "sslmode=require",
      ),
      ...(login && { PREFECT_API_AUTH_STRING: login }),
    },
    ...(api.pullSecret && {
      pull: {
        ".dockerconfigjson": registryLogin(
          api.image,
          new StoredSecret(scope, "pull-secret", api.pullSecret),
        ),
      },
    }),
  };
}

type Generate = ReturnType<typeof generator>;

/** Makes passwords, each anew when its version is raised. One that is taken away takes nothing else with it. */
function generator(scope: Construct, { settings, keyArn }: SecretsProps) {
  const passwords = new Construct(scope, "passwords");
  return (what: string, version: number, length?: number) => {
    const own = new Construct(passwords, what);
    const { arn } = new GeneratedSecret(own, "generated", {
      name: namesOf(settings).of(`emg-${what}`),
      description: `Password of Prefect and the EMG API: ${what}`,
      kmsKeyArn: keyArn,
      version,
      length,
      retain: settings.retain,
    });
    return { arn, stored: new StoredSecret(own, "stored", arn) };
  };
}
