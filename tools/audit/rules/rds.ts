import { at, first, numberOf, referred } from "../reading";
import { type Graph, type Subject, ofType } from "../graph";
import {
  type Check,
  type Rule,
  absent,
  all,
  atLeast,
  check,
  customerKey,
  off,
  offInWriting,
  on,
  oneOf,
  present,
} from "../rule";

const DATABASE = ["aws_db_instance"];

/** PostgreSQL of the current line (SEC-B44 to B47, BAK-03). */
export const rdsRules: readonly Rule[] = [
  {
    id: "SEC-B44/encrypted",
    sentence: "The database is encrypted at rest.",
    foreign: ["CKV_AWS_16", "AWS-0080"],
    types: DATABASE,
    ...on("storage_encrypted"),
  },
  {
    id: "SEC-B44/key",
    sentence: "The database is encrypted with a customer managed key.",
    foreign: [],
    types: DATABASE,
    ...customerKey("kms_key_id"),
  },
  {
    id: "SEC-B44/not-public",
    sentence: "The database has no public address.",
    foreign: ["CKV_AWS_17", "AWS-0180"],
    types: DATABASE,
    ...off("publicly_accessible"),
  },
  {
    id: "SEC-B44/deletion-protection",
    sentence: "RDS refuses to delete the database.",
    foreign: ["CKV_AWS_293", "AWS-0177"],
    types: DATABASE,
    ...on("deletion_protection"),
  },
  {
    id: "DEC-01/kept-database",
    sentence:
      "Terraform refuses to delete the database, and a copy is made before it goes.",
    foreign: [],
    types: DATABASE,
    ...all(on("lifecycle.prevent_destroy"), off("skip_final_snapshot")),
  },
  {
    id: "SEC-B44/iam",
    sentence: "The database accepts IAM identities.",
    foreign: ["CKV_AWS_161", "AWS-0176"],
    types: DATABASE,
    ...on("iam_database_authentication_enabled"),
  },
  {
    id: "SEC-B45/backups",
    sentence: "The database is backed up daily, and kept for a week.",
    foreign: ["CKV_AWS_133", "AWS-0077"],
    types: DATABASE,
    ...atLeast("backup_retention_period", 7),
  },
  {
    id: "SEC-B45/tagged-copies",
    sentence: "Copies of the database carry its tags.",
    foreign: ["CKV2_AWS_60"],
    types: DATABASE,
    ...on("copy_tags_to_snapshot"),
  },
  {
    id: "SEC-B45/minor-upgrades",
    sentence: "The database takes minor upgrades.",
    foreign: ["CKV_AWS_226"],
    types: DATABASE,
    ...on("auto_minor_version_upgrade"),
  },
  {
    id: "SEC-B45/certificate",
    sentence: "The database shows a certificate of a current authority.",
    foreign: ["CKV_AWS_211"],
    types: DATABASE,
    ...oneOf(
      "ca_cert_identifier",
      "rds-ca-rsa2048-g1",
      "rds-ca-rsa4096-g1",
      "rds-ca-ecc384-g1",
    ),
  },
  {
    id: "SEC-B46/logs",
    sentence: "The database's log leaves the machine.",
    foreign: ["CKV_AWS_129"],
    types: DATABASE,
    ...check("enabled_cloudwatch_logs_exports", ({ body }) =>
      at(body, "enabled_cloudwatch_logs_exports").includes("postgresql"),
    ),
  },
  {
    id: "SEC-B46/statements",
    sentence:
      "The database logs changes of its structure, and slow statements.",
    foreign: ["CKV2_AWS_30"],
    types: DATABASE,
    ...parameters("log_statement", "log_min_duration_statement"),
  },
  {
    id: "SEC-B46/tls",
    sentence: "The database refuses clients without TLS.",
    foreign: ["CKV2_AWS_69", "prowler rds_instance_transport_encrypted"],
    types: DATABASE,
    ...parameter("rds.force_ssl", "1"),
  },
  {
    id: "SEC-B47/multi-az",
    sentence: "The database has a standby in another zone.",
    foreign: ["CKV_AWS_157"],
    types: DATABASE,
    ...on("multi_az"),
  },
  {
    id: "SEC-B47/monitoring",
    sentence: "The database's machine is watched by the minute.",
    foreign: ["CKV_AWS_118"],
    types: DATABASE,
    ...check("monitoring_interval", ({ body }) => {
      const seconds = numberOf(body.monitoring_interval);
      return seconds >= 1 && seconds <= 60;
    }),
  },
  {
    id: "SEC-B47/insights",
    sentence: "The database's load is recorded.",
    foreign: ["CKV_AWS_353", "AWS-0133"],
    types: DATABASE,
    ...on("performance_insights_enabled"),
  },
  {
    id: "SEC-B47/insights-key",
    sentence:
      "The record of the load is encrypted with a customer managed key.",
    foreign: ["CKV_AWS_354", "AWS-0078"],
    types: DATABASE,
    ...all(
      on("performance_insights_enabled"),
      customerKey("performance_insights_kms_key_id"),
    ),
  },
  {
    id: "SEC-B47/version",
    sentence: "PostgreSQL 14 or later.",
    foreign: ["CKV_AWS_250"],
    types: DATABASE,
    ...check(
      "engine_version",
      ({ body }) => numberOf(String(body.engine_version).split(".")[0]) >= 14,
    ),
  },
  {
    id: "DEC-24/password",
    sentence: "The database's password is written and never kept in state.",
    foreign: [],
    types: DATABASE,
    ...all(
      absent("password"),
      check("password_wo", ({ body }) =>
        /^\$\{ephemeral\./.test(String(body.password_wo)),
      ),
      present("password_wo_version"),
    ),
  },
  {
    id: "BAK-03/kept-backups",
    sentence: "Backups outlive the database.",
    foreign: [],
    types: DATABASE,
    ...offInWriting("delete_automated_backups"),
  },
  {
    id: "SEC-E2/no-extended-support",
    sentence: "The database leaves a version when its support ends.",
    foreign: [],
    types: DATABASE,
    ...oneOf(
      "engine_lifecycle_support",
      "open-source-rds-extended-support-disabled",
    ),
  },
  {
    id: "DEC-13/log-group",
    sentence:
      "The log group of the database exists first, so that its retention and key are ours.",
    foreign: [],
    types: DATABASE,
    ...check(["identifier", "depends_on"], ({ body, stack }, graph) =>
      ofType(graph, "aws_cloudwatch_log_group").some(
        (group) =>
          group.stack === stack &&
          group.body.name ===
            `/aws/rds/instance/${String(body.identifier)}/postgresql` &&
          at(body, "depends_on").includes(group.address),
      ),
    ),
  },
  {
    id: "SEC-B46/no-parameters-in-log",
    sentence: "The database does not log what statements carry.",
    foreign: [],
    types: DATABASE,
    ...parameter("log_parameter_max_length", "0"),
  },
  {
    id: "SEC-B44/subnets",
    sentence:
      "The database lives in subnets of its own group, behind a security group of ours.",
    foreign: [],
    types: DATABASE,
    ...check(
      ["db_subnet_group_name", "vpc_security_group_ids"],
      (subject, graph) =>
        referred(graph, subject, "db_subnet_group_name", "aws_db_subnet_group")
          .length === 1 &&
        referred(graph, subject, "vpc_security_group_ids", "aws_security_group")
          .length > 0,
    ),
  },
];

/** A parameter of the instance's group has a value. */
function parameter(name: string, value: string): Check {
  return check(`aws_db_parameter_group.parameter.${name}`, (subject, graph) =>
    valuesOf(subject, graph, name).some((found) => String(found) === value),
  );
}

/** Parameters of the instance's group are set, and not to nothing. */
function parameters(...names: readonly string[]): Check {
  return check(
    names.map((name) => `aws_db_parameter_group.parameter.${name}`),
    (subject, graph) =>
      names.every((name) =>
        valuesOf(subject, graph, name).some(
          (value) => !["none", "-1", "undefined"].includes(String(value)),
        ),
      ),
  );
}

function valuesOf(subject: Subject, graph: Graph, name: string): unknown[] {
  const groups = referred(
    graph,
    subject,
    "parameter_group_name",
    "aws_db_parameter_group",
  );
  return groups.flatMap(({ body }) =>
    at(body, "parameter")
      .filter((one) => first(one, "name") === name)
      .map((one) => first(one, "value")),
  );
}
