import { withRelease } from "../../../modules/wave/release/release";
import { secretVariables } from "../../../modules/wave/objects/server-environment";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { resourcesOf } from "../../support/synth";
import { workloadsJson } from "../../support/workloads";

const everything: SettingsChange = {
  data: { redis: { auth: true } },
  wave: {
    classic: { ecrKeySecret: "wave/ecr-key" },
    secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" },
  },
};

function secrets(change: SettingsChange = {}) {
  const json = workloadsJson(change);
  const found = resourcesOf(json, "kubernetes_secret_v1");
  const dataOf = (name: string) =>
    (found[name]?.data_wo ?? {}) as Record<string, string>;
  return { json, found, dataOf };
}

const example = secrets();
const full = secrets(everything);
const value = (id: string) =>
  `ephemeral.aws_secretsmanager_secret_version.${id}.secret_string`;

test("exactly three Secrets, in Wave's namespace", () => {
  const places = Object.values(example.found).map(({ metadata }) => {
    const { name, namespace } = metadata as Record<string, string>;
    return `${String(namespace)}/${String(name)}`;
  });
  expect(places.sort()).toEqual([
    "wave/seqera-reg-creds",
    "wave/surreal-credentials",
    "wave/wave-secrets",
  ]);
});

test("SET-20: Wave has the password of its own user, and SurrealDB makes both users from what is stored", () => {
  const [root, wave] = [
    value("surreal-password"),
    value("surreal-wave-password"),
  ];
  expect(example.dataOf("wave-secrets")).toMatchObject({
    SURREAL_DEFAULT_PASSWORD: `\${${wave}}`,
  });
  expect(example.dataOf("surreal-credentials")).toEqual({
    SURREAL_PASS: `\${${root}}`,
    "users.surql":
      `DEFINE USER root ON ROOT PASSWORD \${jsonencode(${root})} ROLES OWNER;\n` +
      `DEFINE USER wave ON DATABASE PASSWORD \${jsonencode(${wave})} ROLES EDITOR;\n`,
  });
});

test("our own secret is read by the ARN of its version", () => {
  expect(
    example.json.ephemeral?.aws_secretsmanager_secret_version?.[
      "surreal-password"
    ],
  ).toEqual({
    secret_id: "${data.terraform_remote_state.data.outputs.surreal_secret_arn}",
  });
});

test("K8S-20, SET-21, SET-22: the registry login is built from named keys", () => {
  expect(example.found["seqera-reg-creds"]?.type).toBe(
    "kubernetes.io/dockerconfigjson",
  );
  const login = example.dataOf("seqera-reg-creds")[".dockerconfigjson"];
  const field = (name: string) =>
    `jsondecode(${value("seqera-registry")})["${name}"]`;
  expect(login).toBe(
    `\${jsonencode({auths = {"cr.seqera.io" = {username = ${field("username")}, password = ${field("password")}, auth = base64encode("\${${field("username")}}:\${${field("password")}}")}}})}`,
  );
});

test.each([
  ["cr.seqera.io/private/nf-tower-enterprise/wave", "cr.seqera.io"],
  ["registry.example.com:5000/wave", "registry.example.com:5000"],
  ["localhost/wave", "localhost"],
  ["acme/wave", "https://index.docker.io/v1/"],
])("K8S-20: an image in %s needs a login to %s", (repository, registry) => {
  const { dataOf } = secrets({ wave: { image: { repository } } });
  expect(dataOf("seqera-reg-creds")[".dockerconfigjson"]).toContain(
    `{auths = {"${registry}" = {`,
  );
});

test("the keys are exactly the variables that Wave's pod reads", () => {
  for (const [{ dataOf }, change] of [
    [example, {}],
    [full, everything],
  ] as const)
    expect(Object.keys(dataOf("wave-secrets")).sort()).toEqual(
      [...secretVariables(withRelease(exampleSettings(change)))].sort(),
    );
});

test("CFG-19: with AUTH the address of Redis holds the password, URL-encoded", () => {
  expect(full.dataOf("wave-secrets").REDIS_URI).toBe(
    `rediss://:\${urlencode(${value("redis-password")})}@\${data.terraform_remote_state.data.outputs.redis_host}:\${data.terraform_remote_state.data.outputs.redis_port}`,
  );
});

test("IAM-10, CFG-R2: optional logins come from the fields of operator-made secrets", () => {
  const field = (id: string, name: string) =>
    `\${jsondecode(${value(id)})["${name}"]}`;
  expect(full.dataOf("wave-secrets")).toMatchObject({
    WAVE_ECR_ACCESS_KEY: field("ecr-key", "accessKeyId"),
    WAVE_ECR_SECRET_KEY: field("ecr-key", "secretAccessKey"),
    DOCKER_USER: field("docker-hub", "username"),
    DOCKER_PAT: field("docker-hub", "password"),
    QUAY_USER: field("quay", "username"),
    QUAY_PAT: field("quay", "password"),
  });
});

test("every Secret is write-only and has a revision", () => {
  for (const secret of Object.values(full.found)) {
    expect(secret).not.toHaveProperty("data");
    expect(secret.data_wo_revision).toMatch(/^\$\{parseint\(.* \+ 1\}$/);
  }
});

test("ephemeral values stand in write-only arguments only", () => {
  const rest = structuredClone(full.json);
  delete rest.ephemeral;
  for (const secret of Object.values(rest.resource?.kubernetes_secret_v1 ?? {}))
    delete secret.data_wo;
  expect(JSON.stringify(rest)).not.toContain("ephemeral.");
});
