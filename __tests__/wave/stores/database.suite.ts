import { type PolicyDocument } from "../../../modules/lib/policy";
import {
  dataStack,
  networkOutput,
  resourceWith,
} from "../../support/data-stack";
import { addressesOf, dependenciesOf, dependsOn } from "../../support/graph";
import { currentSettings } from "../../support/settings";
import { type StackJson, onlyResource, resourcesOf } from "../../support/synth";

const stack = dataStack(currentSettings());
const instance = onlyResource(stack, "aws_db_instance");
const output = (name: string) => stack.output?.[name]?.value;
const addressOf = (type: string, text: string, json = stack) =>
  `${type}.${resourceWith(json, type, text)[0]}`;

test("INF-16: as the settings say, with the storage key", () => {
  const { postgres } = currentSettings().data;
  expect(instance).toMatchObject({
    identifier: "wave-prod-postgres",
    db_name: "wave",
    username: "wave_user",
    engine_version: postgres.engineVersion,
    instance_class: postgres.instanceClass,
    kms_key_id: "${aws_kms_key.storage-key.arn}",
  });
  const small = dataStack(
    currentSettings({
      data: { postgres: { instanceClass: "db.t4g.micro", multiAz: false } },
    }),
  );
  expect(onlyResource(small, "aws_db_instance")).toMatchObject({
    instance_class: "db.t4g.micro",
    multi_az: false,
  });
});

test("INF-16: only the cluster reaches it, on 5432", () => {
  expect(
    resourceWith(
      stack,
      "aws_vpc_security_group_ingress_rule",
      "wave-prod-postgres",
    )[1],
  ).toMatchObject({
    referenced_security_group_id: networkOutput("cluster_security_group_id"),
    from_port: 5432,
    to_port: 5432,
  });
  const group = addressOf("aws_security_group", "wave-prod-postgres");
  expect(instance.vpc_security_group_ids).toEqual([`\${${group}.id}`]);
  expect(onlyResource(stack, "aws_db_subnet_group").subnet_ids).toEqual(
    ["a", "b", "c"].map((zone) => networkOutput(`private_subnet_ids.${zone}`)),
  );
});

test("CloudWatch may use the storage key for the log of the database, and for nothing else", () => {
  const { policy } = resourcesOf(stack, "aws_kms_key")["storage-key"] ?? {};
  const statements = (JSON.parse(policy as string) as PolicyDocument).Statement;
  expect(
    statements.filter(({ Principal }) =>
      JSON.stringify(Principal).includes("logs."),
    ),
  ).toMatchObject([
    {
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": [
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/rds/instance/wave-prod-postgres/postgresql",
          ],
        },
      },
    },
  ]);
  expect(onlyResource(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/rds/instance/wave-prod-postgres/postgresql",
    kms_key_id: "${aws_kms_key.storage-key.arn}",
  });
});

test("host, port, and the ARN of the password's version", () => {
  expect(output("postgres_host")).toMatch(
    /^\$\{aws_db_instance\.\w+\.address\}$/,
  );
  expect(output("postgres_port")).toBe(5432);
  const version = addressOf(
    "aws_secretsmanager_secret_version",
    "postgres/password",
  );
  expect(output("postgres_secret_arn")).toBe(`\${${version}.arn}`);
  expect(
    resourceWith(stack, "aws_secretsmanager_secret", "wave-prod-postgres")[1],
  ).toMatchObject({ kms_key_id: "${aws_kms_key.secrets-key.arn}" });
});

describe("killed between Secrets Manager and RDS", () => {
  /** Locals resolved: what a value refers to, it refers to. */
  const graphOf = (json: StackJson) => {
    const locals = json.locals as Record<string, string>;
    const inlined = JSON.parse(
      JSON.stringify(json).replace(
        /local\.(\w+)/g,
        (_whole, name: string) =>
          `jsondecode(${JSON.stringify(locals[name]?.slice(2, -1)).slice(1, -1)})`,
      ),
    ) as StackJson;
    return dependenciesOf(inlined);
  };
  const graph = graphOf(stack);
  const database = addressOf("aws_db_instance", "wave-prod-postgres");
  const version = addressOf(
    "aws_secretsmanager_secret_version",
    "postgres/password",
  );
  const generator = addressesOf(stack).find(
    (address) =>
      address.startsWith("ephemeral.aws_secretsmanager_random_password.") &&
      address.includes("postgres"),
  );

  test("RDS waits for the stored version, and knows the generator through nothing else", () => {
    expect(generator).toBeDefined();
    expect(dependsOn(graph, database, version)).toBe(true);
    expect(dependsOn(graph, database, generator ?? "")).toBe(true);
    graph.set(version, new Set());
    expect(dependsOn(graph, database, generator ?? "")).toBe(false);
  });

  test("raised, the setting makes one new version, whose id every reader follows", () => {
    const raised = dataStack(
      currentSettings({ data: { postgres: { passwordVersion: 2 } } }),
    );
    const [id, { secret_string_wo_version: number }] = resourceWith(
      raised,
      "aws_secretsmanager_secret_version",
      "postgres/password",
    );
    expect(number).toBe(2);
    const readers = [
      raised.ephemeral?.aws_secretsmanager_secret_version,
      raised.data?.aws_secretsmanager_secret_versions,
    ];
    for (const reader of readers)
      expect(Object.values(reader ?? {})).toMatchObject([
        { secret_id: `\${aws_secretsmanager_secret_version.${id}.arn}` },
      ]);
  });
});

test("EXC-16: ephemeral values go into write-only arguments, and no output holds a value", () => {
  const rest = { ...stack, ephemeral: undefined };
  const carriers = JSON.stringify(rest).match(/"\w+":"\$\{ephemeral\./g);
  expect(carriers?.sort()).toEqual([
    '"password_wo":"${ephemeral.',
    '"secret_string_wo":"${ephemeral.',
    '"secret_string_wo":"${ephemeral.',
  ]);
  expect(JSON.stringify(stack.output)).not.toMatch(
    /ephemeral\.|secret_string|auth_token/,
  );
});

test("INF-16: the longest names fit the 63 characters of an identifier", () => {
  const long = dataStack(
    currentSettings({
      name: "abcdefghijklmnopqrst",
      environment: "abcdefghijkl",
    }),
  );
  const { identifier } = onlyResource(long, "aws_db_instance");
  expect(String(identifier).length).toBeLessThanOrEqual(63);
});
