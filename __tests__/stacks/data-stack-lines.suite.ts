import { type PolicyDocument } from "../../modules/lib/policy";
import { dataStack } from "../support/data-stack";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";
import { type StackJson, onlyResource, resourcesOf } from "../support/synth";

const classic = dataStack();
const current = dataStack(currentSettings());
const lite = dataStack(liteSettings());

const outputsOf = (stack: StackJson) => Object.keys(stack.output ?? {}).sort();
const typesOf = (stack: StackJson) => Object.keys(stack.resource ?? {});
const namesIn = (stack: StackJson, type: string, attribute: string) =>
  Object.values(resourcesOf(stack, type)).map((body) => body[attribute]);

const COMMON = [
  "access_logs_bucket",
  "redis_host",
  "redis_port",
  "redis_secret_arn",
  "secrets_key_arn",
];
const BUILDS = [
  "build_access_point_id",
  "build_repository_arn",
  "build_repository_url",
  "cache_repository_arn",
  "cache_repository_url",
  "file_system_id",
  "logs_bucket",
  "logs_key_arn",
  "wave_access_point_id",
];
const POSTGRES = ["postgres_host", "postgres_port", "postgres_secret_arn"];
const SURREAL = [
  "surreal_access_point_id",
  "surreal_secret_arn",
  "surreal_wave_secret_arn",
];

test.each([
  ["classic", classic, [...COMMON, ...BUILDS, ...SURREAL]],
  ["current", current, [...COMMON, ...BUILDS, ...POSTGRES]],
  ["lite", lite, [...COMMON, ...POSTGRES]],
])("INF-16: the %s outputs, and no other", (_line, stack, outputs) => {
  expect(outputsOf(stack)).toEqual([...outputs].sort());
});

describe("current", () => {
  test("INF-04, SUR-05 (dropped): no access point for SurrealDB, and a policy that names the other two", () => {
    expect(namesIn(current, "aws_efs_access_point", "tags")).toEqual([
      { Name: "wave-prod-efs-build" },
      { Name: "wave-prod-efs-wave" },
    ]);
    const { policy } = onlyResource(current, "aws_efs_file_system_policy");
    const [mount] = (JSON.parse(policy as string) as PolicyDocument).Statement;
    const doors = Object.keys(resourcesOf(current, "aws_efs_access_point"));
    expect(mount?.Condition).toMatchObject({
      StringEquals: {
        "elasticfilesystem:AccessPointArn": [...doors]
          .reverse()
          .map((id) => `\${aws_efs_access_point.${id}.arn}`),
      },
    });
  });

  test("SET-20 (dropped): nothing of SurrealDB anywhere", () => {
    expect(JSON.stringify(current).toLowerCase()).not.toContain("surreal");
  });

  test("EXC-16, INF-11: Redis asks for a password; Secrets Manager keeps it and that of PostgreSQL", () => {
    const group = onlyResource(current, "aws_elasticache_replication_group");
    expect(group).toMatchObject({
      auth_token_update_strategy: "SET",
      transit_encryption_mode: "required",
    });
    expect(group.auth_token).toMatch(
      /^\$\{data\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string\}$/,
    );
    expect(
      namesIn(current, "aws_secretsmanager_secret", "name_prefix").sort(),
    ).toEqual(["wave-prod-postgres-", "wave-prod-redis-"]);
  });

  test("no output holds an address with a password", () => {
    expect(current.output?.redis_host?.value).toMatch(
      /\.primary_endpoint_address\}$/,
    );
    expect(JSON.stringify(current.output)).not.toMatch(/:\/\/|auth_token/);
  });

  test("INF-03: one logs bucket, all of whose folders expire by one rule", () => {
    const rules = Object.entries(
      resourcesOf(current, "aws_s3_bucket_lifecycle_configuration"),
    ).filter(([id]) => id.startsWith("buckets_logs_"));
    expect(rules).toMatchObject([
      [
        expect.any(String),
        { rule: [{ filter: [{ prefix: "" }], expiration: [{ days: 365 }] }] },
      ],
    ]);
  });

  test("INF-10: the two repositories, as on the classic line", () => {
    expect(namesIn(current, "aws_ecr_repository", "name")).toEqual(
      namesIn(classic, "aws_ecr_repository", "name"),
    );
  });
});

describe("Wave Lite", () => {
  test("no file system, no repository, no backup of files", () => {
    expect(
      typesOf(lite).filter((type) => /^aws_(efs|ecr|backup)_/.test(type)),
    ).toEqual([]);
  });

  test("of the buckets only that of access logs, where only load balancers deliver", () => {
    expect(namesIn(lite, "aws_s3_bucket", "bucket")).toEqual([
      "wave-prod-access-logs-123456789012",
    ]);
    const { policy } = onlyResource(lite, "aws_s3_bucket_policy");
    const sids = (JSON.parse(policy as string) as PolicyDocument).Statement.map(
      ({ Sid }) => Sid,
    );
    expect(sids).toEqual([
      "NothingWithoutTls",
      "LoadBalancersDeliverAccessLogs",
    ]);
  });

  test("no key of the logs bucket", () => {
    expect(namesIn(lite, "aws_kms_alias", "name").sort()).toEqual([
      "alias/wave-prod-secrets",
      "alias/wave-prod-storage",
    ]);
  });

  test("INF-11, INF-16: Redis with its password, and PostgreSQL", () => {
    expect(
      onlyResource(lite, "aws_elasticache_replication_group"),
    ).toHaveProperty("auth_token");
    expect(onlyResource(lite, "aws_db_instance").db_name).toBe("wave");
  });
});

test("with retain off nothing of the database refuses to go", () => {
  const discarded = dataStack(
    currentSettings({ retain: false, data: { buildCache: {} } }),
  );
  const text = JSON.stringify(discarded);
  expect(text).not.toContain('"prevent_destroy":true');
  expect(text).not.toContain('"deletion_protection":true');
  expect(namesIn(discarded, "aws_s3_bucket", "force_destroy")).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    namesIn(discarded, "aws_secretsmanager_secret", "recovery_window_in_days"),
  ).toEqual([0, 0]);
});

test("with retain on every store of the current line is protected", () => {
  for (const type of ["aws_db_instance", "aws_s3_bucket", "aws_kms_key"])
    for (const lifecycle of namesIn(current, type, "lifecycle"))
      expect(lifecycle).toMatchObject({ prevent_destroy: true });
});

test("on no line does a value of a secret reach anything but a write-only argument", () => {
  for (const stack of [classic, current, lite]) {
    const rest = { ...stack, ephemeral: undefined };
    const carriers = new Set(
      JSON.stringify(rest).match(/"\w+":"[^"]*\$\{ephemeral\./g),
    );
    for (const carrier of carriers)
      expect(carrier).toMatch(/^"(password_wo|secret_string_wo)":/);
    expect(carriers.size).toBeGreaterThan(0);
  }
});

test("VER-01: the same file with another version is the other line", () => {
  const flipped = exampleSettings({ wave: { version: "1.37.0" } });
  expect(outputsOf(dataStack(flipped))).toEqual(outputsOf(current));
});
