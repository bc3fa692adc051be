import { dataStack, networkOutput, resourceWith } from "../support/data-stack";
import { exampleSettings } from "../support/settings";
import { type StackJson, onlyResource, resourcesOf } from "../support/synth";

const stack = dataStack();
const discarded = dataStack(exampleSettings({ retain: false }));
const guarded = dataStack(
  exampleSettings({ data: { redis: { auth: true, authVersion: 4 } } }),
);
const output = (name: string) => stack.output?.[name]?.value;

test.each([
  [
    "INF-05: the cluster reaches the file system, and the build nodes",
    "wave-prod-efs",
    2049,
    ["build_security_group_id", "cluster_security_group_id"],
  ],
  [
    "only the cluster reaches Redis",
    "wave-prod-redis",
    6379,
    ["cluster_security_group_id"],
  ],
])("%s", (_sentence, name, port, sources) => {
  const rules = Object.values(
    resourcesOf(stack, "aws_vpc_security_group_ingress_rule"),
  ).filter(({ tags }) => (tags as { Name: string }).Name === name);
  expect(
    rules.map(
      ({ referenced_security_group_id }) => referenced_security_group_id,
    ),
  ).toEqual(sources.map(networkOutput));
  for (const rule of rules)
    expect(rule).toMatchObject({ from_port: port, to_port: port });
  expect(resourceWith(stack, "aws_security_group", name)[1]).toMatchObject({
    vpc_id: networkOutput("vpc_id"),
  });
});

describe("SurrealDB's passwords", () => {
  const VERSION = "aws_secretsmanager_secret_version";
  const PASSWORDS = {
    "surreal-password": "surreal_secret_arn",
    "surreal-wave-password": "surreal_wave_secret_arn",
  };

  test.each(Object.keys(PASSWORDS))(
    "SET-20: %s is generated anew when the setting is raised",
    (name) => {
      const raised = dataStack(
        exampleSettings({ wave: { classic: { surrealPasswordVersion: 2 } } }),
      );
      const number = (json: StackJson) =>
        resourceWith(json, VERSION, name)[1].secret_string_wo_version;
      expect([number(stack), number(raised)]).toEqual([1, 2]);
    },
  );

  test.each(Object.entries(PASSWORDS))(
    "%s: the output is the version's ARN",
    (name, id) => {
      expect(output(id)).toBe(
        `\${${VERSION}.${resourceWith(stack, VERSION, name)[0]}.arn}`,
      );
    },
  );

  test("no generated value anywhere but in write-only arguments", () => {
    const { ephemeral, ...rest } = guarded;
    expect(Object.keys(ephemeral ?? {})).toEqual([
      "aws_secretsmanager_random_password",
    ]);
    const carriers = JSON.stringify(rest).match(/"\w+":"\$\{ephemeral\./g);
    expect(new Set(carriers)).toEqual(
      new Set(['"secret_string_wo":"${ephemeral.']),
    );
  });
});

describe("retain", () => {
  const KEPT = [
    "aws_backup_vault",
    "aws_ecr_repository",
    "aws_efs_file_system",
    "aws_elasticache_replication_group",
    "aws_kms_key",
    "aws_s3_bucket",
  ];
  const protectedTypes = (json: StackJson) =>
    Object.entries(json.resource ?? {})
      .filter(([, all]) =>
        Object.values(all).every(
          ({ lifecycle }) =>
            (lifecycle as { prevent_destroy?: boolean } | undefined)
              ?.prevent_destroy === true,
        ),
      )
      .map(([type]) => type)
      .sort();

  test("true protects every store and key, and no secret", () => {
    expect(protectedTypes(stack)).toEqual(KEPT);
  });

  test("false turns all of it off together", () => {
    expect(JSON.stringify(discarded.resource)).not.toContain(
      '"prevent_destroy":true',
    );
    const switches = ["aws_s3_bucket", "aws_backup_vault"].flatMap((type) =>
      Object.values(resourcesOf(discarded, type)).map(
        ({ force_destroy }) => force_destroy,
      ),
    );
    expect(switches).toEqual([true, true, true]);
    expect(
      Object.values(resourcesOf(discarded, "aws_ecr_repository")).map(
        ({ force_delete }) => force_delete,
      ),
    ).toEqual([true, true]);
    const windows = Object.values(
      resourcesOf(discarded, "aws_secretsmanager_secret"),
    ).map((secret) => secret.recovery_window_in_days);
    expect(new Set(windows)).toEqual(new Set([0]));
  });
});

test("three keys with their aliases, and every encrypted store names one of them", () => {
  expect(
    Object.values(resourcesOf(stack, "aws_kms_alias")).map(({ name }) => name),
  ).toEqual([
    "alias/wave-prod-build-logs",
    "alias/wave-prod-secrets",
    "alias/wave-prod-storage",
  ]);
  const keyOf = (type: string, attribute: string) =>
    onlyResource(stack, type)[attribute];
  const storage = "${aws_kms_key.storage-key.arn}";
  expect(keyOf("aws_efs_file_system", "kms_key_id")).toBe(storage);
  expect(keyOf("aws_backup_vault", "kms_key_arn")).toBe(storage);
  for (const secret of Object.values(
    resourcesOf(stack, "aws_secretsmanager_secret"),
  ))
    expect(secret.kms_key_id).toBe("${aws_kms_key.secrets-key.arn}");
  expect(output("secrets_key_arn")).toBe("${aws_kms_key.secrets-key.arn}");
});

test("INF-16 (not on the classic line): no relational database, whose place SurrealDB has", () => {
  const types = Object.keys(stack.resource ?? {});
  expect(types).toContain("aws_efs_file_system");
  expect(types.filter((type) => /^aws_(db_|rds_)/.test(type))).toEqual([]);
});
