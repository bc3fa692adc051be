import { type PolicyDocument } from "../../modules/lib/policy";
import { EXTERNAL, emgData, secretsOf, tagged } from "../support/emg";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import { onlyResource } from "../support/synth";

const stack = emgData();
const instance = onlyResource(stack, "aws_db_instance");

test("E-45: PostgreSQL with a master user alone: databases and their owners are made by SQL", () => {
  expect(instance).toMatchObject({
    identifier: "emg-prod-emg-postgres",
    username: "emg_master",
    engine_version: "17",
    instance_class: "db.t4g.small",
    multi_az: false,
    backup_retention_period: 14,
    publicly_accessible: false,
    storage_encrypted: true,
    kms_key_id: "${aws_kms_key.key.arn}",
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(instance).not.toHaveProperty("db_name");
});

test("E-45: its password is a generated one and write-only: RDS, which rotates its own every seven days, manages none", () => {
  expect(instance.password_wo).toMatch(/^\$\{ephemeral\./);
  for (const other of ["password", "manage_master_user_password"])
    expect(instance).not.toHaveProperty(other);
  expect(
    tagged(stack, "aws_secretsmanager_secret")["emg-prod-emg-db-master"],
  ).toMatchObject({ kms_key_id: "${aws_kms_key.key.arn}" });
  expect(secretsOf(stack)["emg-db-init"]).toMatchObject({
    PGUSER: "emg_master",
    PGPORT: "5432",
  });
});

test("CloudWatch may use the key for the log of this database, and for nothing else", () => {
  const { policy } = onlyResource(stack, "aws_kms_key");
  const { Statement } = JSON.parse(policy as string) as PolicyDocument;
  expect(JSON.stringify(Statement)).toContain(
    ":log-group:/aws/rds/instance/emg-prod-emg-postgres/postgresql",
  );
  expect(onlyResource(stack, "aws_cloudwatch_log_group").name).toBe(
    "/aws/rds/instance/emg-prod-emg-postgres/postgresql",
  );
});

test("only the cluster reaches it, and pods come when the way is open", () => {
  expect(
    onlyResource(stack, "aws_vpc_security_group_ingress_rule"),
  ).toMatchObject({
    referenced_security_group_id: "sg-cluster",
    from_port: 5432,
    to_port: 5432,
  });
  const graph = dependenciesOf(stack);
  const [job = ""] = addressesOf(stack).filter((address) =>
    address.startsWith("kubernetes_job_v1."),
  );
  const rules = addressesOf(stack).filter((address) =>
    address.startsWith("aws_vpc_security_group_ingress_rule."),
  );
  for (const rule of rules) expect(dependsOn(graph, job, rule)).toBe(true);
});

test("E-45: a PostgreSQL of somebody else: its master's secret is read, and nothing of RDS is made", () => {
  const external = emgData(EXTERNAL);
  expect(JSON.stringify(external.resource)).not.toContain("aws_db_");
  expect(tagged(external, "aws_secretsmanager_secret")).not.toHaveProperty(
    "emg-prod-emg-db-master",
  );
  expect(secretsOf(external)["emg-db-init"]).toMatchObject({
    PGHOST: "postgres.example.org",
    PGPORT: "5432",
    PGUSER:
      '${jsondecode(ephemeral.aws_secretsmanager_secret_version.database-master.secret_string)["username"]}',
    PGPASSWORD:
      '${jsondecode(ephemeral.aws_secretsmanager_secret_version.database-master.secret_string)["password"]}',
  });
  expect(
    external.ephemeral?.aws_secretsmanager_secret_version?.["database-master"],
  ).toEqual({ secret_id: "emg/db-master" });
});
