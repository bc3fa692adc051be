import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { POD_TYPES, nameOf, namespaceOf, podOf, workloadOf } from "../pods";
import { at, documentOf, first, isObject, referred, textsAt } from "../reading";
import { textOf } from "./shown";
import { distinct } from "./table";

/** What a type holds whoever uses it. */
const ALWAYS: Readonly<Record<string, string>> = {
  aws_eks_cluster:
    "all that the Kubernetes API keeps, Secrets among it: from 1.28 EKS encrypts it with this key, or with one of AWS where none is named",
  aws_launch_template:
    "images, logs and temporary volumes of pods on these nodes",
  aws_dynamodb_table: "what services write there",
  aws_sqs_queue: "what services or topics send there",
};

/** What the add-on of CloudWatch sends to each of its log groups ("Container Insights", CloudWatch user guide). */
function insights(group: string): string {
  const [, kind = ""] =
    /^\/aws\/containerinsights\/.*\/(\w+)$/.exec(group) ?? [];
  if (kind === "") return "";
  const what =
    kind === "application"
      ? "logs of pods"
      : kind === "performance"
        ? "metrics of pods and nodes"
        : "logs of nodes";
  return `${what}, which the add-on of CloudWatch sends`;
}

/** Something that names stores, in words for a reader. */
type Mention = readonly [words: string, stores: readonly Subject[]];

/** What is in a store: its description, and what names it. Reads the graph once for all stores. */
export function holdings(graph: Graph): (store: Subject) => string[] {
  const mentions = [
    ...configMentions(graph),
    ...simpleMentions(graph),
    ...stateMentions(graph),
  ];
  const storesOf = mentions.map(
    ([words, stores]) =>
      [words, stores.map((one) => inBucket(graph, one))] as const,
  );
  return (store) =>
    distinct([
      insights(textOf(store.body.name)),
      textOf(first(store.body, "description"), ALWAYS[store.type] ?? ""),
      ...storesOf
        .filter(([, stores]) => stores.includes(store))
        .map(([words]) => words),
      ...mountsOf(graph, store),
    ]).filter((words) => words !== "");
}

/** A bucket may be named by its policy, so that nothing writes before it stands. */
const inBucket = (graph: Graph, one: Subject): Subject =>
  one.type === "aws_s3_bucket_policy"
    ? (targetsOf(graph, one.stack, one.body.bucket)[0] ?? one)
    : one;

/** Keys of `config.yml`, and of Secrets. */
const configMentions = (graph: Graph): Mention[] =>
  ofType(graph, "kubernetes_config_map_v1", "kubernetes_secret_v1").flatMap(
    (map) =>
      ["data", "data_wo"].flatMap((part) =>
        at(map.body, part).flatMap((data) =>
          Object.entries(data as object).flatMap(([file, text]) =>
            leaves(documentOf(text) ?? text).map(([key, value]): Mention => [
              key === "" ? `${nameOf(map)}: ${file}` : `${file}: ${key}`,
              targetsOf(graph, map.stack, value),
            ]),
          ),
        ),
      ),
  );

/** Texts of a document with their keys: `wave.build.repo`. */
function leaves(node: unknown, key = ""): [string, string][] {
  if (typeof node === "string") return [[key, node]];
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    leaves(value, key === "" ? name : `${key}.${name}`),
  );
}

/** Resources that write into a store by naming it. */
function simpleMentions(graph: Graph): Mention[] {
  const told = (
    type: string,
    path: string,
    words: (one: Subject) => string,
  ): Mention[] =>
    ofType(graph, type).map((one) => [
      words(one),
      targetsOf(graph, one.stack, at(one.body, path)),
    ]);
  return [
    ...told(
      "kubernetes_ingress_v1",
      "metadata.annotations",
      (one) =>
        `requests to the load balancer of ${nameOf(one)}, with clients' addresses`,
    ),
    ...told("helm_release", "values", ({ body }) =>
      body.name === "ingress-class-params"
        ? "requests to the load balancer, with clients' addresses"
        : "",
    ),
    ...told(
      "aws_s3_bucket_logging",
      "target_bucket",
      ({ body }) =>
        `requests to buckets: ${textOf(first(body, "target_prefix"))}`,
    ),
    ...told(
      "aws_flow_log",
      "log_destination",
      () => "addresses and ports of connections in the VPC, refused ones too",
    ),
    ...told("aws_eks_cluster", "depends_on", ({ body }) =>
      [
        "requests to the Kubernetes API and who made them:",
        textsAt(body, "enabled_cluster_log_types").join(", "),
      ].join(" "),
    ),
    ...told("aws_db_instance", "depends_on", () => "log of the database"),
    ...told(
      "aws_cloudwatch_metric_alarm",
      "alarm_actions",
      () => "alarms of CloudWatch",
    ),
    ...ofType(graph, "aws_backup_selection").map((one): Mention => [
      `recovery points of ${targetsOf(graph, one.stack, one.body.resources)
        .map(({ path }) => path)
        .join(", ")}`,
      targetsOf(graph, one.stack, one.body.plan_id).flatMap((plan) =>
        targetsOf(graph, plan.stack, at(plan.body, "rule")),
      ),
    ]),
    ...ofType(graph, ...POD_TYPES).map((one): Mention => [
      podsOf(one),
      targetsOf(graph, one.stack, podOf(one)),
    ]),
  ];
}

const podsOf = (one: Subject): string => `pods of ${workloadOf(one)}`;

/** A state that lies in a bucket of ours. */
const stateMentions = (graph: Graph): Mention[] =>
  ofType(graph, "backend.s3").map((backend) => [
    `Terraform state of ${backend.stack}`,
    ofType(graph, "aws_s3_bucket").filter(
      ({ body }) => body.bucket === backend.body.bucket,
    ),
  ]);

/** Volumes of a file system, and pods that mount a volume. */
function mountsOf(graph: Graph, store: Subject): string[] {
  if (store.type === "kubernetes_persistent_volume_v1") {
    const claim = textOf(first(store.body, "spec.claim_ref.name"));
    const space = textOf(first(store.body, "spec.claim_ref.namespace"));
    const pods = ofType(graph, ...POD_TYPES).filter(
      (pod) =>
        namespaceOf(pod) === space &&
        textsAt(
          podOf(pod),
          "volume.persistent_volume_claim.claim_name",
        ).includes(claim),
    );
    return [`claim ${space}/${claim}`, ...pods.map(podsOf)];
  }
  return ofType(graph, "kubernetes_persistent_volume_v1")
    .filter((volume) =>
      targetsOf(
        graph,
        volume.stack,
        at(volume.body, "spec.persistent_volume_source"),
      ).includes(store),
    )
    .map((volume) =>
      [`volume ${nameOf(volume)}`, ...foldersOf(graph, volume)].join(": "),
    );
}

/** What the access point of a volume opens, whatever a pod asks for. */
export const foldersOf = (graph: Graph, volume: Subject): string[] =>
  referred(
    graph,
    volume,
    "spec.persistent_volume_source.csi.volume_handle",
    "aws_efs_access_point",
  ).map(
    ({ body }) =>
      `folder ${textOf(first(body, "root_directory.path"), "/")} as user ${textOf(first(body, "posix_user.uid"), "of the pod")}`,
  );
