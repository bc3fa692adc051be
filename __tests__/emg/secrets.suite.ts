import { BASIC, EXTERNAL, emgData, localOf, secretsOf } from "../support/emg";
import { type StackJson, resourcesOf } from "../support/synth";

const workers = (names: readonly string[], passwordVersion = 1): StackJson =>
  emgData({ emg: { auth: { workers: [...names], passwordVersion } } });
const both = workers(["codon-slurm", "hl"]);
const secrets = secretsOf(both);
const keysOf = (stack: StackJson) =>
  Object.fromEntries(
    Object.entries(secretsOf(stack)).map(([name, data]) => [
      name,
      Object.keys(data).sort(),
    ]),
  );
const passwordsOf = ({ resource }: StackJson) =>
  Object.keys(resource?.aws_secretsmanager_secret ?? {});
const DATABASE_KEYS = [
  "PGHOST",
  "PGPASSWORD",
  "PGPORT",
  "PGUSER",
  "POSTGRES_APP_PASSWORD",
  "POSTGRES_APP_USER",
  "POSTGRES_PREFECT_PASSWORD",
  "POSTGRES_PREFECT_USER",
];
/** The stored secret whose ephemeral block is named after a password. */
const stored = (what: string): RegExp =>
  new RegExp(
    `ephemeral\\.aws_secretsmanager_secret_version\\.passwords_${what}_stored_\\w+\\.secret_string`,
  );

test("E-10: each program has the keys that it reads, and no password of another", () => {
  expect(keysOf(both)).toEqual({
    "emgapi-secret": ["DATABASE_URL", "DJANGO_SECRET_KEY"],
    "prefect-server-secret": ["PREFECT_API_DATABASE_CONNECTION_URL"],
    "emg-db-init": DATABASE_KEYS,
    "github-oauth-secret": [
      "OAUTH2_PROXY_CLIENT_ID",
      "OAUTH2_PROXY_CLIENT_SECRET",
    ],
    "oauth2-proxy-cookie-secret": ["oauth2-proxy-cookie-secret"],
    "prefect-workers-basic-auth": ["auth"],
    "quay-pull-secret": [".dockerconfigjson"],
  });
  expect(JSON.stringify(secrets["emgapi-secret"])).not.toMatch(
    stored("db-prefect"),
  );
  expect(JSON.stringify(secrets["prefect-server-secret"])).not.toMatch(
    stored("db-app"),
  );
});

test("E-12: one password for all: Prefect checks it, the API sends it, and nothing of GitHub or of workers is there", () => {
  const basic = emgData(BASIC);
  expect(keysOf(basic)).toEqual({
    "emgapi-secret": [
      "DATABASE_URL",
      "DJANGO_SECRET_KEY",
      "PREFECT_API_AUTH_STRING",
    ],
    "prefect-server-secret": [
      "PREFECT_API_DATABASE_CONNECTION_URL",
      "PREFECT_SERVER_API_AUTH_STRING",
    ],
    "emg-db-init": DATABASE_KEYS,
    "quay-pull-secret": [".dockerconfigjson"],
  });
  const login = secretsOf(basic)["emgapi-secret"]?.PREFECT_API_AUTH_STRING;
  expect(login).toMatch(
    new RegExp(`^emg:\\$\\{${stored("prefect").source}\\}$`),
  );
  expect(
    secretsOf(basic)["prefect-server-secret"]?.PREFECT_SERVER_API_AUTH_STRING,
  ).toBe(login);
});

test("Prefect alone has nothing of the API", () => {
  const alone = emgData({ emg: { api: undefined } });
  expect(Object.keys(secretsOf(alone))).not.toContain("emgapi-secret");
  expect(keysOf(alone)["emg-db-init"]).toEqual(
    DATABASE_KEYS.filter((key) => !key.includes("APP")),
  );
  expect(passwordsOf(alone).join()).not.toMatch(/django|db-app/);
});

test("E-80: addresses ask for TLS in the words of each driver, and a password of any letters stays one part of them", () => {
  const password = (what: string) =>
    `\\$\\{replace\\(urlencode\\(${stored(what).source}\\), "\\+", "%20"\\)\\}`;
  const host = "\\$\\{aws_db_instance\\.\\w+\\.address\\}:5432";
  expect(secrets["emgapi-secret"]?.DATABASE_URL).toMatch(
    new RegExp(
      `^postgres://emgapi:${password("db-app")}@${host}/emgapi\\?sslmode=require$`,
    ),
  );
  expect(
    secrets["prefect-server-secret"]?.PREFECT_API_DATABASE_CONNECTION_URL,
  ).toMatch(
    new RegExp(
      `^postgresql\\+asyncpg://prefect:${password("db-prefect")}@${host}/prefect\\?ssl=require$`,
    ),
  );
});

test("another address changes the Secrets that hold it, and restarts their readers", () => {
  const external = emgData(EXTERNAL);
  for (const name of ["emgapi-secret", "prefect-server-secret", "emg-db-init"])
    expect(localOf(external, `${name}_fingerprint`)).toContain(
      "postgres.example.org",
    );
});

test("E-14: lengths: 64 for Django, exactly 32 for the cookies, 40 for what people and programs log in by", () => {
  const generated = Object.fromEntries(
    Object.entries(
      both.ephemeral?.aws_secretsmanager_random_password ?? {},
    ).map(([id, { password_length }]) => [
      id.replace(/^passwords_(.+)_generated_\w+$/, "$1"),
      password_length,
    ]),
  );
  expect(generated).toMatchObject({
    django: 64,
    cookie: 32,
    "db-app": 40,
    "db-prefect": 40,
    "worker-codon-slurm": 40,
    "worker-hl": 40,
  });
});

test("E-13: the gateway's password file has a line of bcrypt, cost 5, for each worker", () => {
  const line = (name: string) =>
    `${name}:\\$\\{bcrypt\\(${stored(`worker-${name}`).source}, 5\\)\\}\\n`;
  expect(secrets["prefect-workers-basic-auth"]?.auth).toMatch(
    new RegExp(`^${line("codon-slurm")}${line("hl")}$`),
  );
});

test("E-13: a worker that is taken off the list is locked out; the passwords of the others stay, as they do when one comes", () => {
  const one = workers(["hl"]);
  expect(secretsOf(one)["prefect-workers-basic-auth"]?.auth).not.toContain(
    "codon-slurm",
  );
  expect(localOf(one, "prefect-workers-basic-auth_fingerprint")).not.toBe(
    localOf(both, "prefect-workers-basic-auth_fingerprint"),
  );
  for (const type of [
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_version",
  ])
    expect(resourcesOf(both, type)).toMatchObject(resourcesOf(one, type));
});

test("names of workers never meet in one address", () => {
  const names = ["hl", "hl-stored", "hl-generated", "hl-", "-", "1"];
  const auth = secretsOf(workers(names))["prefect-workers-basic-auth"]?.auth;
  expect(new Set(auth?.match(/passwords_\S+(?=\.secret_string)/g)).size).toBe(
    names.length,
  );
});

test("E-81: a value that an operator stores for one worker reaches the gateway with the next deployment", () => {
  expect(both.locals).toMatchObject({
    checksums: {
      workers: expect.stringMatching(
        /^\$\{sha256\(local\.prefect-workers-basic-auth_fingerprint_\w+\)\}$/,
      ) as string,
    },
  });
  for (const worker of ["codon-slurm", "hl"])
    expect(localOf(both, "prefect-workers-basic-auth_fingerprint")).toMatch(
      new RegExp(`\\$\\{local\\.passwords_worker-${worker}_stored_version_`),
    );
  expect(localOf(both, "passwords_worker-hl_stored_version")).toContain(
    "AWSCURRENT",
  );
});

test("E-81: each version in the settings generates what it is of, and nothing else", () => {
  const versionsOf = (stack: StackJson) =>
    Object.fromEntries(
      Object.entries(resourcesOf(stack, "aws_secretsmanager_secret_version"))
        .filter(
          ([, { secret_string_wo_version }]) => secret_string_wo_version !== 1,
        )
        .map(([id]) => [id.replace(/_version_\w+$/, ""), true]),
    );
  const raised = (emg: Parameters<typeof emgData>[0]) =>
    Object.keys(versionsOf(emgData(emg)))
      .map((id) => id.replace(/^passwords_(.+)_generated$/, "$1"))
      .sort();
  expect(raised({ emg: { auth: { passwordVersion: 2 } } })).toEqual([
    "worker-codon-slurm",
  ]);
  expect(raised({ emg: { auth: { cookieVersion: 2 } } })).toEqual(["cookie"]);
  expect(raised({ emg: { api: { secretKeyVersion: 2 } } })).toEqual(["django"]);
  expect(raised({ emg: { database: { passwordVersion: 2 } } })).toEqual([
    "db-app",
    "db-prefect",
    "postgres_password",
  ]);
});

test("E-11: the login to the registry is that of the image, and there only where one is given", () => {
  expect(secrets["quay-pull-secret"]).toEqual({
    ".dockerconfigjson": expect.stringContaining('"quay.io" = {') as string,
  });
  expect(
    Object.values(resourcesOf(both, "kubernetes_secret_v1")).map(
      ({ type }) => type,
    ),
  ).toContain("kubernetes.io/dockerconfigjson");
  expect(
    keysOf(emgData({ emg: { api: { pullSecret: undefined } } })),
  ).not.toHaveProperty("quay-pull-secret");
});

test("nothing secret stands in a local, an output or anything but a write-only argument", () => {
  const readers = JSON.stringify(both, (key, value: unknown) =>
    ["data_wo", "password_wo", "secret_string_wo"].includes(key)
      ? undefined
      : value,
  );
  expect(readers).not.toContain("${ephemeral.");
  expect(readers).not.toMatch(/[({ ]ephemeral\./);
});
