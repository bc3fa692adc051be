import { at, first, numberOf, referred } from "../reading";
import { type Graph, type Subject, ofType } from "../graph";
import {
  type Check,
  type WrittenRule,
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
  refersTo,
} from "../rule";

const DATABASE = ["aws_db_instance"];

/** PostgreSQL of the current line. */
export const rdsRules: readonly WrittenRule[] = [
  {
    id: "rds/key",
    sentence: "The database is encrypted with a customer managed key.",
    types: DATABASE,
    ...customerKey("kms_key_id"),
  },
  {
    id: "rds/kept-database",
    sentence:
      "Terraform refuses to delete the database, and a copy is made before it goes.",
    types: DATABASE,
    ...all(on("lifecycle.prevent_destroy"), off("skip_final_snapshot")),
  },
  {
    id: "rds/backups",
    sentence: "The database is backed up daily, and kept for a week.",
    externalIds: ["CKV_AWS_133", "AWS-0077"],
    types: DATABASE,
    ...atLeast("backup_retention_period", 7),
  },
  {
    id: "rds/certificate",
    sentence: "The database shows a certificate of a current authority.",
    externalIds: ["CKV_AWS_211"],
    types: DATABASE,
    ...oneOf(
      "ca_cert_identifier",
      "rds-ca-rsa2048-g1",
      "rds-ca-rsa4096-g1",
      "rds-ca-ecc384-g1",
    ),
  },
  {
    id: "rds/logs",
    sentence: "The database's log leaves the machine.",
    externalIds: ["CKV_AWS_129"],
    types: DATABASE,
    ...check("enabled_cloudwatch_logs_exports", ({ body }) =>
      at(body, "enabled_cloudwatch_logs_exports").includes("postgresql"),
    ),
  },
  {
    id: "rds/statements",
    sentence:
      "The database logs changes of its structure, and slow statements.",
    externalIds: ["CKV2_AWS_30"],
    types: DATABASE,
    ...parameters("log_statement", "log_min_duration_statement"),
  },
  {
    id: "rds/tls",
    sentence: "The database refuses clients without TLS.",
    externalIds: ["CKV2_AWS_69", "prowler rds_instance_transport_encrypted"],
    types: DATABASE,
    ...parameter("rds.force_ssl", "1"),
  },
  {
    id: "rds/insights-key",
    sentence:
      "The record of the load is encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_354", "AWS-0078"],
    types: DATABASE,
    ...all(
      on("performance_insights_enabled"),
      customerKey("performance_insights_kms_key_id"),
    ),
  },
  {
    id: "rds/version",
    sentence: "PostgreSQL 14 or later.",
    externalIds: ["CKV_AWS_250"],
    types: DATABASE,
    ...check(
      "engine_version",
      ({ body }) => numberOf(String(body.engine_version).split(".")[0]) >= 14,
    ),
  },
  {
    id: "rds/password",
    sentence: "The database's password is written and never kept in state.",
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
    id: "rds/kept-backups",
    sentence: "Backups outlive the database.",
    types: DATABASE,
    ...offInWriting("delete_automated_backups"),
  },
  {
    id: "rds/no-extended-support",
    sentence: "The database leaves a version when its support ends.",
    types: DATABASE,
    ...oneOf(
      "engine_lifecycle_support",
      "open-source-rds-extended-support-disabled",
    ),
  },
  {
    id: "rds/log-group",
    sentence:
      "The log group of the database exists first, so that its retention and key are ours.",
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
    id: "rds/no-parameters-in-log",
    sentence: "The database does not log what statements carry.",
    types: DATABASE,
    ...parameter("log_parameter_max_length", "0"),
  },
  {
    id: "rds/subnets",
    sentence:
      "The database lives in subnets of its own group, behind a security group of ours.",
    types: DATABASE,
    ...all(
      refersTo("db_subnet_group_name", "aws_db_subnet_group"),
      refersTo("vpc_security_group_ids", "aws_security_group"),
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
