import { parse } from "yaml";
import { secretKind } from "../../modules/lib/secret-pattern";
import { CANARY, releaseCanaries } from "../support/canaries";
import { expressionsIn, stringsOf } from "../support/graph";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";
import { type StackJson, synthApp } from "../support/synth";

const secrets = { dockerHub: "wave/docker.io", quay: "wave/quay.io" };

/** Names of variables that a synth could read, each with a canary in it. */
const VARIABLES = [
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["TF_TOKEN_app_terraform_io", "TERRAFORM_CLOUD_TOKEN", "TF_VAR_password"],
  ...["KUBE_TOKEN", "KUBE_PASSWORD", "TOWER_ACCESS_TOKEN", "GITHUB_TOKEN"],
  ...["WAVE_DB_PASSWORD", "REDIS_PASSWORD", "SURREAL_PASS", "SURREAL_USER"],
  ...["SURREAL_DEFAULT_PASSWORD", "WAVE_ECR_SECRET_KEY", "DOCKER_PAT"],
];

/** Every secret there can be, on each line. */
const environments = withCanaries(() => ({
  classic: synthApp(
    exampleSettings({
      wave: { secrets, classic: { ecrKeySecret: "wave/ecr-key" } },
      registries: [{ host: "harbor.example.com", secret: "wave/harbor" }],
      charts: {
        efsCsiDriver: { repository: "oci://harbor.example.com/charts" },
      },
    }),
  ),
  "classic without a password for Redis": synthApp(
    exampleSettings({ data: { redis: { auth: false } } }),
  ),
  current: synthApp(
    currentSettings({
      wave: { secrets },
      backend: { kind: "cloud", organization: "acme" },
    }),
  ),
  lite: synthApp(liteSettings({ wave: { secrets } })),
}));

function withCanaries<T>(use: () => T): T {
  const before = { ...process.env };
  for (const name of VARIABLES) process.env[name] = CANARY;
  try {
    return use();
  } finally {
    process.env = before;
  }
}

const AUTH_TOKEN =
  "data resource.aws_elasticache_replication_group.redis_replication-group_5BD9E6FB.auth_token";

/** Per environment: how many values of secrets Terraform reads, and which it keeps. */
const expected: Readonly<
  Record<keyof typeof environments, { sources: number; kept: string[] }>
> = {
  classic: { sources: 12, kept: [AUTH_TOKEN] },
  "classic without a password for Redis": { sources: 5, kept: [] },
  current: { sources: 10, kept: [AUTH_TOKEN] },
  lite: { sources: 9, kept: [AUTH_TOKEN] },
};

const names = Object.keys(environments) as (keyof typeof environments)[];

describe.each(names)("%s", (name) => {
  const stacks = environments[name];
  const { sources, sightings } = releaseCanaries(stacks);

  test("EXC-16: of all secrets, only the password of Redis is in plan and state", () => {
    const kept = sightings.filter((sighting) => sighting.kept);
    expect({ sources, kept: kept.map(({ place }) => place) }).toEqual(
      expected[name],
    );
    expect(sightings.length).toBeGreaterThanOrEqual(sources);
  });

  test("no output holds a secret", () => {
    expect(sightings.filter(({ place }) => / output\./.test(place))).toEqual(
      [],
    );
  });

  test("no variable of the process is in the JSON", () => {
    expect(JSON.stringify(stacks)).not.toContain(CANARY);
  });

  test("no text that looks like a secret, in any argument, annotation, variable or file", () => {
    const found = Object.entries(stacks).flatMap(([stack, json]) =>
      [...stringsOf(json)]
        .map(([path, text]) => [`${stack} ${path}`, literalOf(text)] as const)
        .filter(([, text]) => secretKind(text) !== undefined),
    );
    expect(found).toEqual([]);
  });

  test("nothing is written by an argument that Terraform keeps", () => {
    const kept = resources(stacks).flatMap(({ type, body }) =>
      Object.keys(body)
        .filter((key) => (KEPT[type] ?? []).includes(key))
        .map((key) => `${type}.${key}`),
    );
    expect(kept).toEqual(
      expected[name].kept.map(
        () => "aws_elasticache_replication_group.auth_token",
      ),
    );
  });

  test("EXC-17: a variable with a secret's name comes from a Secret that is write-only", () => {
    const variables = containers(stacks).flatMap(({ env }) => env ?? []);
    const secret = variables.filter((one) => SECRET_NAME.test(one.name));
    expect(secret.length).toBeGreaterThan(1);
    const written = resources(stacks)
      .filter(({ type }) => type === "kubernetes_secret_v1")
      .flatMap(({ body }) => {
        const { name: of } = body.metadata as { name: string };
        return Object.keys(body.data_wo as object).map((key) => `${of}/${key}`);
      });
    for (const { value, value_from } of secret) {
      const from = value_from?.secret_key_ref;
      expect(value).toBeUndefined();
      expect(written).toContain(`${from?.name}/${from?.key}`);
    }
  });

  test("config.yml and other files name secrets by variables only, or leave them empty", () => {
    const files = resources(stacks)
      .filter(({ type }) => type === "kubernetes_config_map_v1")
      .flatMap(({ body }) =>
        Object.entries(body.data as Record<string, string>),
      );
    expect(files.map(([file]) => file)).toContain("config.yml");
    const values = files
      .filter(([file]) => file.endsWith(".yml"))
      .flatMap(([, text]) => [...propertiesOf(parse(text))])
      .filter(([path]) => SECRET_NAME.test(path));
    expect(
      values.filter(([, value]) => !/^(\$\$\{[A-Z_]+:?\})?$/.test(value)),
    ).toEqual([]);
  });
});

/** Arguments whose values are in plan and state. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["password"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  kubernetes_secret_v1: ["data", "binary_data", "string_data"],
};

const SECRET_NAME = /(password|passwd|_pass|_pat|secret|secret_?key|token)$/i;

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly value_from?: {
    readonly secret_key_ref?: { readonly name: string; readonly key: string };
  };
}

function resources(stacks: Readonly<Record<string, StackJson>>) {
  return Object.values(stacks).flatMap(({ resource }) =>
    Object.entries(resource ?? {}).flatMap(([type, instances]) =>
      Object.values(instances).map((body) => ({ type, body })),
    ),
  );
}

/** Containers of Deployments and CronJobs, wherever they stand in the JSON. */
function containers(node: unknown): { readonly env?: readonly Variable[] }[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    /^(init_)?container$/.test(key)
      ? (value as { env?: Variable[] }[])
      : containers(value),
  );
}

/** Text without the references in it, which are judged by where the canary arrives. */
const literalOf = (text: string): string =>
  expressionsIn(text).reduce((rest, one) => rest.replace(one, ""), text);

function* propertiesOf(node: unknown, path = ""): Generator<[string, string]> {
  if (typeof node !== "object" || node === null) yield [path, String(node)];
  else
    for (const [key, value] of Object.entries(node))
      yield* propertiesOf(value, `${path}.${key}`);
}

describe("a canary is seen wherever it goes", () => {
  const source =
    "${ephemeral.aws_secretsmanager_secret_version.s.secret_string}";
  const seen = (stack: StackJson, other: StackJson = {}) =>
    releaseCanaries({ a: stack, b: other }).sightings;

  test("in an argument, an annotation, an output and, through it, another stack", () => {
    const { sightings } = releaseCanaries({
      a: {
        locals: { copy: `x-${source}` },
        output: { told: { value: "${local.copy}" } },
        resource: { aws_x: { y: { args: [source], name_wo: source } } },
      },
      b: {
        resource: {
          z: { z: { tag: "${data.terraform_remote_state.a.outputs.told}" } },
        },
      },
    });
    expect(
      sightings.filter(({ kept }) => kept).map(({ place }) => place),
    ).toEqual([
      "a output.told.value",
      "a resource.aws_x.y.args[0]",
      "b resource.z.z.tag",
    ]);
  });

  test("and not in the id, the ARN or the version of a secret", () => {
    const id = "${aws_secretsmanager_secret.s.arn}";
    const version = "${data.aws_secretsmanager_secret_versions.s.versions}";
    expect(seen({ resource: { x: { y: { id, version } } } })).toEqual([]);
  });
});
