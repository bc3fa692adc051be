import { TerraformOutput } from "cdktf";
import {
  Postgres,
  type PostgresProps,
} from "../../../modules/aws/rds/postgres";
import { postgresLogGroupName } from "../../../modules/aws/rds/postgres-instance";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { dependenciesOf, dependsOn } from "../../support/graph";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const secretArn =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wave-prod-postgres-1";
const props: PostgresProps = {
  name: "wave-prod-postgres",
  databaseName: "wave",
  userName: "wave_user",
  passwordSecretArn: secretArn,
  subnetIds: ["subnet-a", "subnet-b"],
  securityGroupId: "sg-postgres",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/storage",
  accountId: "123456789012",
};
const stackOf = (change: Partial<PostgresProps> = {}) =>
  synthOne((stack) => {
    const { host } = new Postgres(stack, "postgres", { ...props, ...change });
    new TerraformOutput(stack, "host", { value: host });
  });
const instanceOf = (change: Partial<PostgresProps> = {}) =>
  onlyResource(stackOf(change), "aws_db_instance");

const stack = stackOf();
const instance = onlyResource(stack, "aws_db_instance");
const graph = dependenciesOf(stack);
const addressOf = (type: string) =>
  `${type}.${Object.keys(resourcesOf(stack, type))[0] ?? ""}`;

test("INF-16: PostgreSQL 17 with the database and its owner", () => {
  expect(instance).toMatchObject({
    identifier: "wave-prod-postgres",
    engine: "postgres",
    engine_version: "17",
    db_name: "wave",
    username: "wave_user",
    port: 5432,
  });
});

test("encrypted with the key, private, and open to IAM logins", () => {
  expect(instance).toMatchObject({
    storage_encrypted: true,
    kms_key_id: props.kmsKeyArn,
    publicly_accessible: false,
    iam_database_authentication_enabled: true,
    vpc_security_group_ids: ["sg-postgres"],
  });
  expect(onlyResource(stack, "aws_db_subnet_group")).toMatchObject({
    name: "wave-prod-postgres",
    subnet_ids: ["subnet-a", "subnet-b"],
  });
  expect(instance.db_subnet_group_name).toBe(
    `\${${addressOf("aws_db_subnet_group")}.name}`,
  );
});

test("gp3 that grows up to the limit of the settings, or never", () => {
  expect(instanceOf({ storageGiB: 30, maxStorageGiB: 300 })).toMatchObject({
    storage_type: "gp3",
    allocated_storage: 30,
    max_allocated_storage: 300,
  });
  expect(instanceOf({ storageGiB: 30, maxStorageGiB: 30 })).toMatchObject({
    max_allocated_storage: 0,
  });
});

test("BAK-03: backups, tags on snapshots, minor upgrades, a CA of the present", () => {
  expect(instanceOf({ backupRetentionDays: 9 })).toMatchObject({
    backup_retention_period: 9,
    backup_window: "02:00-03:00",
    maintenance_window: "sun:03:30-sun:04:30",
    copy_tags_to_snapshot: true,
    auto_minor_version_upgrade: true,
    ca_cert_identifier: "rds-ca-rsa2048-g1",
  });
});

test("TLS is forced; DDL and slow statements are logged, without their values", () => {
  const { parameter, family } = onlyResource(stack, "aws_db_parameter_group");
  expect(family).toBe("postgres17");
  expect(parameter).toEqual([
    { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
    { name: "log_statement", value: "ddl" },
    { name: "log_min_duration_statement", value: "1000" },
    { name: "log_parameter_max_length", value: "0" },
  ]);
  expect(instance.parameter_group_name).toBe(
    `\${${addressOf("aws_db_parameter_group")}.name}`,
  );
});

test("INF-16: a new major brings its own parameter group before the old one goes", () => {
  const minor = stackOf({ engineVersion: "18.1" });
  expect(onlyResource(minor, "aws_db_parameter_group")).toMatchObject({
    name: "wave-prod-postgres-postgres18",
    family: "postgres18",
    lifecycle: { create_before_destroy: true },
  });
  // An automatic minor would make the named one a downgrade.
  expect(onlyResource(minor, "aws_db_instance")).toMatchObject({
    auto_minor_version_upgrade: false,
    engine_version: "18.1",
    allow_major_version_upgrade: true,
    engine_lifecycle_support: "open-source-rds-extended-support-disabled",
  });
});

test("the log group is there first, encrypted and with a retention", () => {
  expect(instance.enabled_cloudwatch_logs_exports).toEqual(["postgresql"]);
  expect(onlyResource(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/rds/instance/wave-prod-postgres/postgresql",
    retention_in_days: 365,
    kms_key_id: props.kmsKeyArn,
  });
  expect(postgresLogGroupName(props.name)).toBe(
    onlyResource(stack, "aws_cloudwatch_log_group").name,
  );
  expect(
    dependsOn(
      graph,
      addressOf("aws_db_instance"),
      addressOf("aws_cloudwatch_log_group"),
    ),
  ).toBe(true);
});

test("EXC-13: a standby, and what watches, by the settings", () => {
  expect(instance).toMatchObject({
    multi_az: true,
    monitoring_interval: 60,
    performance_insights_enabled: true,
    performance_insights_kms_key_id: props.kmsKeyArn,
  });
  const small = instanceOf({
    multiAz: false,
    monitoringSeconds: 15,
    performanceInsights: false,
  });
  expect(small).toMatchObject({
    multi_az: false,
    monitoring_interval: 15,
    performance_insights_enabled: false,
  });
  expect(small).not.toHaveProperty("performance_insights_kms_key_id");
});

test("the monitoring role lives here, for this account only, and outlives the instance", () => {
  const role = onlyResource(stack, "aws_iam_role");
  expect(role).toMatchObject({
    name: "wave-prod-postgres-monitoring",
    path: "/",
  });
  const { Statement } = JSON.parse(
    role.assume_role_policy as string,
  ) as PolicyDocument;
  expect(Statement).toMatchObject([
    {
      Principal: { Service: "monitoring.rds.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ]);
  expect(onlyResource(stack, "aws_iam_role_policy_attachment").policy_arn).toBe(
    "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
  );
  expect(instance.monitoring_role_arn).toBe(
    `\${${addressOf("aws_iam_role")}.arn}`,
  );
  expect(
    dependsOn(
      graph,
      addressOf("aws_db_instance"),
      addressOf("aws_iam_role_policy_attachment"),
    ),
  ).toBe(true);
});

test("INF-16: the password is write-only, and the stored one", () => {
  expect(stack.ephemeral).toEqual({
    aws_secretsmanager_secret_version: {
      [Object.keys(
        stack.ephemeral?.aws_secretsmanager_secret_version ?? {},
      )[0] ?? ""]: { secret_id: secretArn },
    },
  });
  expect(instance.password_wo).toMatch(
    /^\$\{ephemeral\.aws_secretsmanager_secret_version\.\w+\.secret_string\}$/,
  );
  for (const other of ["password", "manage_master_user_password"])
    expect(instance).not.toHaveProperty(other);
});

test("its number is made from the id of the current version, so a value an operator stores reaches RDS", () => {
  const locals = Object.entries(stack.locals as Record<string, string>);
  expect(locals).toHaveLength(1);
  const [local, expression] = locals[0] ?? ["", ""];
  expect(instance.password_wo_version).toBe(
    `\${parseint(substr(sha256(local.${local}), 0, 7), 16) + 1}`,
  );
  expect(expression).toMatch(
    /data\.aws_secretsmanager_secret_versions\.\w+\.versions : v\.version_id if contains\(v\.version_stages, "AWSCURRENT"\)/,
  );
  expect(
    Object.values(stack.data?.aws_secretsmanager_secret_versions ?? {}),
  ).toMatchObject([{ secret_id: secretArn }]);
});

test("protected by API and Terraform, with a final snapshot of a name that is new each time", () => {
  expect(instance).toMatchObject({
    deletion_protection: true,
    delete_automated_backups: false,
    skip_final_snapshot: false,
    final_snapshot_identifier: "wave-prod-postgres-final-sg-postgres",
    lifecycle: { prevent_destroy: true },
  });
});

test("or gone at once, backups included", () => {
  const discarded = instanceOf({ retain: false });
  expect(discarded).toMatchObject({
    deletion_protection: false,
    delete_automated_backups: true,
    skip_final_snapshot: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(discarded).not.toHaveProperty("final_snapshot_identifier");
});

test("a change happens in the apply that shows it", () => {
  expect(instance.apply_immediately).toBe(true);
});

test("INF-16: the host has no port", () => {
  expect(stack.output?.host?.value).toBe(
    `\${${addressOf("aws_db_instance")}.address}`,
  );
});

test("the defaults of a database that nobody sized: standby, week of backups, year of logs, in the partition aws", () => {
  expect(instance).toMatchObject({
    instance_class: "db.t4g.medium",
    allocated_storage: 20,
    max_allocated_storage: 100,
    backup_retention_period: 7,
  });
});

test("role of the metrics: its name, path, boundary and partition are the caller's", () => {
  const permissionsBoundaryArn = "arn:aws-cn:iam::123456789012:policy/limit";
  const china = stackOf({
    monitoringRoleName: "wave-prod-cnn1-rds-monitoring",
    iam: { path: "/wave/", permissionsBoundaryArn },
    partition: "aws-cn",
  });
  expect(onlyResource(china, "aws_iam_role")).toMatchObject({
    name: "wave-prod-cnn1-rds-monitoring",
    path: "/wave/",
    permissions_boundary: permissionsBoundaryArn,
  });
  expect(
    onlyResource(china, "aws_iam_role_policy_attachment").policy_arn,
  ).toMatch(/^arn:aws-cn:iam::aws:policy\//);
});

test("the log is kept as long as the caller says", () => {
  expect(
    onlyResource(stackOf({ logRetentionDays: 400 }), "aws_cloudwatch_log_group")
      .retention_in_days,
  ).toBe(400);
});

test("without a database of its own: RDS then makes `postgres` alone", () => {
  const bare = instanceOf({ databaseName: undefined });
  expect(bare).not.toHaveProperty("db_name");
  expect(bare.username).toBe("wave_user");
});
