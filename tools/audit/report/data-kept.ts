import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { type Graph, type Subject, ofType } from "../graph";
import { at, companionsOf, documentOf, first, referred } from "../reading";
import { textOf } from "./shown";
import { lines } from "./table";

/** What nothing ends. */
export const KEPT = "until somebody removes it";

/** `30 days`; nothing and 0 are no end. */
export const daysText = (days: unknown): string =>
  ["", "0"].includes(textOf(days)) ? "for ever" : `${textOf(days)} days`;

/** Plans of AWS Backup that select a file system, or the plan of EFS itself. */
export function backupsOf(graph: Graph, files: Subject): string | undefined {
  const told = companionsOf(graph, files, "aws_backup_selection", "resources")
    .flatMap((one) => referred(graph, one, "plan_id", "aws_backup_plan"))
    .flatMap(({ body }) => at(body, "rule"))
    .map(
      (rule) =>
        `${textOf(first(rule, "schedule"))}, ${daysText(first(rule, "lifecycle.delete_after"))}`,
    );
  const isOnByEfs = companionsOf(
    graph,
    files,
    "aws_efs_backup_policy",
    "file_system_id",
  ).some(({ body }) => first(body, "backup_policy.status") === "ENABLED");
  return told.length > 0
    ? lines(told)
    : isOnByEfs
      ? "the plan of EFS"
      : undefined;
}

/** How long objects of a bucket stay, by its lifecycle rules. */
export function objectsKept(graph: Graph, bucket: Subject): string {
  const told = companionsOf(
    graph,
    bucket,
    "aws_s3_bucket_lifecycle_configuration",
    "bucket",
  )
    .flatMap(({ body }) => at(body, "rule"))
    .map((rule) => {
      const days = first(rule, "expiration.days");
      const old = first(rule, "noncurrent_version_expiration.noncurrent_days");
      return [
        [
          textOf(first(rule, "filter.prefix")),
          days === undefined ? KEPT : daysText(days),
        ]
          .filter((text) => text !== "")
          .join(": "),
        ...(old === undefined ? [] : [`earlier versions ${daysText(old)}`]),
      ].join(", ");
    });
  return told.length === 0 ? KEPT : lines(told);
}

/** How long images of a repository stay, by its lifecycle policy. */
export const imagesKept = (graph: Graph, repository: Subject): string =>
  lines([
    KEPT,
    ...companionsOf(graph, repository, "aws_ecr_lifecycle_policy", "repository")
      .flatMap(({ body }) => at(documentOf(body.policy), "rules"))
      .map(
        (rule) =>
          `${textOf(first(rule, "selection.tagStatus"))} images: ${daysText(first(rule, "selection.countNumber"))}`,
      ),
  ]);

/** What AWS makes beside the JSON, because something in it asks for it, and no destroy takes along. */
export function keptBeside(graph: Graph): string[] {
  return [
    ...(JSON.stringify(
      ofType(graph, "aws_iam_role_policy").map(({ body }) => body),
    ).includes("log-group:/aws/efs/utils")
      ? ["the log group /aws/efs/utils of mounts"]
      : []),
    ...(ofType(graph, "aws_db_instance").some(
      ({ body }) => Number(body.monitoring_interval ?? 0) > 0,
    )
      ? ["the log group RDSOSMetrics, of all databases of the account"]
      : []),
    // "Metrics retention", CloudWatch user guide.
    ...(ofType(graph, "aws_eks_addon").some(
      ({ body }) => body.addon_name === CLOUDWATCH_OBSERVABILITY.addOn,
    )
      ? [
          "the metrics of namespace ContainerInsights, with names of pods, which nobody can delete and CloudWatch keeps for up to 15 months",
        ]
      : []),
  ];
}
