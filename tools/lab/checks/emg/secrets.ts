import { DATABASES, SECRETS } from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { canary } from "../../aws/account";
import { targetCall } from "../../aws/client";
import { type EmgCheck, checkSame, objectsIn } from "./check";
import { accepts, htpasswdLines } from "./htpasswd";

/** Values by key of each Secret, by its name. */
export type SecretValues = Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** Secrets with their keys, each as `<name>: <keys>`. */
export function expectedKeys({ emg }: EmgSettings): string[] {
  const isProxied = emg.auth.mode === "oauth2-proxy";
  const keys: Readonly<Record<string, readonly string[] | false>> = {
    [SECRETS.api]: emg.api !== undefined && [
      ...["DATABASE_URL", "DJANGO_SECRET_KEY"],
      ...(isProxied ? [] : ["PREFECT_API_AUTH_STRING"]),
    ],
    [SECRETS.prefect]: [
      "PREFECT_API_DATABASE_CONNECTION_URL",
      ...(isProxied ? [] : ["PREFECT_SERVER_API_AUTH_STRING"]),
    ],
    [SECRETS.databases]: [
      ...["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"],
      ...["POSTGRES_PREFECT_USER", "POSTGRES_PREFECT_PASSWORD"],
      ...(emg.api ? ["POSTGRES_APP_USER", "POSTGRES_APP_PASSWORD"] : []),
    ],
    [SECRETS.pull]: emg.api?.pullSecret !== undefined && [".dockerconfigjson"],
    [SECRETS.github]: isProxied && [
      "OAUTH2_PROXY_CLIENT_ID",
      "OAUTH2_PROXY_CLIENT_SECRET",
    ],
    [SECRETS.cookie]: isProxied && [SECRETS.cookie],
    [SECRETS.workers]: isProxied && ["auth"],
  };
  return Object.entries(keys).flatMap(([name, own]) =>
    own === false ? [] : [`${name}: ${[...own].sort().join(" ")}`],
  );
}

/** What is wrong with the values: each is of the form that its program reads, and the password in it is one that is kept. */
export function wrongValues(
  values: SecretValues,
  kept: readonly string[],
  databaseHost: string,
): string[] {
  const problems: string[] = [];
  const url = (secret: string, key: string, pattern: string): void => {
    const found = new RegExp(`^${pattern}$`).exec(values[secret]?.[key] ?? "");
    if (!found) problems.push(`${key} has another form`);
    else if (!kept.includes(found[1] ?? ""))
      problems.push(`${key} has a password that is kept nowhere`);
  };
  const host = databaseHost.replaceAll(".", "\\.");
  if (values[SECRETS.api]) {
    url(
      SECRETS.api,
      "DATABASE_URL",
      `postgres://${DATABASES.api}:([A-Za-z0-9]{40})@${host}:5432/${DATABASES.api}\\?sslmode=require`,
    );
    url(SECRETS.api, "DJANGO_SECRET_KEY", "([A-Za-z0-9]{64})");
    url(SECRETS.databases, "POSTGRES_APP_PASSWORD", "([A-Za-z0-9]{40})");
  }
  url(
    SECRETS.prefect,
    "PREFECT_API_DATABASE_CONNECTION_URL",
    `postgresql\\+asyncpg://${DATABASES.prefect}:([A-Za-z0-9]{40})@${host}:5432/${DATABASES.prefect}\\?ssl=require`,
  );
  url(SECRETS.databases, "POSTGRES_PREFECT_PASSWORD", "([A-Za-z0-9]{40})");
  url(SECRETS.databases, "PGPASSWORD", "(.{16,})");
  if (values[SECRETS.cookie])
    url(SECRETS.cookie, SECRETS.cookie, "([A-Za-z0-9]{32})");
  return problems;
}

/** Every Secret of the namespace, as its pods read it. */
export async function secretValues(
  check: Pick<EmgCheck, "api" | "settings">,
): Promise<SecretValues> {
  const secrets = await objectsIn<{
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
  }>(check, "api/v1 secrets");
  return Object.fromEntries(
    secrets
      // A login of a registry, and what Helm keeps of its releases, are not the platform's.
      .filter(({ metadata }) =>
        Object.values<string>(SECRETS).includes(metadata.name),
      )
      .map(({ metadata, data = {} }) => [
        metadata.name,
        Object.fromEntries(
          Object.entries(data).map(([key, value]) => [
            key,
            Buffer.from(value, "base64").toString("utf8"),
          ]),
        ),
      ]),
  );
}

/** Every secret that Secrets Manager keeps, by its ARN. */
export async function keptValues({
  aws,
}: Pick<EmgCheck, "aws">): Promise<ReadonlyMap<string, string>> {
  const call = (operation: string, input: unknown) =>
    targetCall(aws, "secretsmanager", `secretsmanager.${operation}`, input);
  const { SecretList } = (await call("ListSecrets", { MaxResults: 100 })) as {
    SecretList: readonly { ARN: string }[];
  };
  const found = new Map<string, string>();
  for (const { ARN } of SecretList) {
    const { SecretString = "" } = (await call("GetSecretValue", {
      SecretId: ARN,
    })) as { SecretString?: string };
    found.set(ARN, SecretString);
  }
  return found;
}

/** Passwords of the workers, by name; none in mode prefect-basic. */
export function workerPasswords(
  { outputs }: Pick<EmgCheck, "outputs">,
  kept: ReadonlyMap<string, string>,
): Record<string, string> {
  const arns = (outputs.worker_secret_arns ?? {}) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(arns).map(([name, arn]) => [name, kept.get(arn) ?? ""]),
  );
}

/** Secrets: which there are, their keys, their values, and that each worker's own password opens the gateway. */
export async function checkSecrets(
  check: EmgCheck,
  databaseHost: string,
): Promise<void> {
  const { report, settings, step } = check;
  const values = await secretValues(check);
  checkSame(
    check,
    "Secrets have their keys and no other",
    Object.entries(values).map(
      ([name, data]) => `${name}: ${Object.keys(data).sort().join(" ")}`,
    ),
    expectedKeys(settings),
  );
  const kept = await keptValues(check);
  const wrong = wrongValues(values, [...kept.values()], databaseHost);
  report.check(
    `${step}: each value has the form that its program reads, and a password that Secrets Manager keeps`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
  if (settings.emg.auth.mode === "prefect-basic") return;
  const login = values[SECRETS.github] ?? {};
  report.check(
    `${step}: the login at GitHub is the operator's`,
    login.OAUTH2_PROXY_CLIENT_SECRET === canary,
  );
  checkWorkers(check, values[SECRETS.workers]?.auth ?? "", kept);
}

/** What is wrong with the file of the gateway: a line for each worker, which its own password opens and no other's. */
export function wrongLines(
  text: string,
  passwords: Readonly<Record<string, string>>,
): string[] {
  const { hashes, problems } = htpasswdLines(text);
  return [
    ...problems,
    ...[...hashes.keys()]
      .filter((name) => !(name in passwords))
      .map((name) => `${name} is not on the list`),
    ...Object.keys(passwords).flatMap((worker) => {
      const hash = hashes.get(worker);
      if (hash === undefined) return [`${worker} has no line`];
      return Object.entries(passwords)
        .filter(
          ([name, password]) => accepts(password, hash) !== (name === worker),
        )
        .map(
          ([name]) =>
            `the password of ${name} is ${name === worker ? "refused" : "taken"} for ${worker}`,
        );
    }),
  ];
}

function checkWorkers(
  check: EmgCheck,
  text: string,
  kept: ReadonlyMap<string, string>,
): void {
  const { report, settings, step } = check;
  const passwords = workerPasswords(check, kept);
  const { auth } = settings.emg;
  const wanted = auth.mode === "oauth2-proxy" ? auth.workers : [];
  checkSame(check, "each worker has a secret", Object.keys(passwords), wanted);
  const name = `${step}: ${wanted.length} workers log in, each by its own password`;
  if (accepts("lab", "") === undefined) {
    report.skip(
      name,
      "the C library of this machine, which nginx asks, is not to be asked: no Perl, or no bcrypt",
    );
    return;
  }
  const wrong = wrongLines(text, passwords);
  report.check(name, wrong.length === 0, wrong.join("; ") || undefined);
}
