import { buildNamespaces } from "../exposures";
import { type Graph, type Json, type Subject, ofType } from "../graph";
import {
  at,
  companionsOf,
  documentOf,
  first,
  isOn,
  referred,
} from "../reading";
import { nameOf, namespaceOf } from "../pods";
import { boundTo, boundToOwn, byNodes, nodeOf, podMakers } from "./pod-makers";
import { ACCOUNT, CLUSTER, clusterEntries } from "./principals";
import { textOf } from "./shown";

/** What the policies let in a namespace or in the whole cluster ("Review access policy permissions", EKS user guide). */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  [CLUSTER]: ["read", "write", "remove", "administer"],
  AmazonEKSAdminPolicy: ["read", "write", "remove"],
  AmazonEKSEditPolicy: ["read", "write", "remove"],
  AmazonEKSAdminViewPolicy: ["read"],
  AmazonEKSSecretReaderPolicy: ["read"],
  // All of a namespace or the cluster but Secrets.
  AmazonEKSViewPolicy: ["view"],
};

/** Whoever has the password of a store, which is no matter of IAM. */
export function behindPassword({ body }: Subject): string[] {
  const text = JSON.stringify([
    body.password_wo,
    body.password,
    body.auth_token,
  ]);
  const [, name] =
    /aws_secretsmanager_secret_version\.([\w-]+)/.exec(text) ?? [];
  return [
    ...(name === undefined
      ? []
      : [`whoever has the password, ${name}: table secrets`]),
    ...(isOn(body.iam_database_authentication_enabled)
      ? [
          "whoever IAM lets in (rds-db:connect): as users of the database with the role rds_iam, which no stack makes",
        ]
      : []),
  ];
}

/** Who gets the messages of a topic. */
export const subscribers = (graph: Graph, subject: Subject): string[] =>
  companionsOf(graph, subject, "aws_sns_topic_subscription", "topic_arn").map(
    ({ body }) =>
      `${textOf(body.endpoint)}: by a subscription (${textOf(body.protocol)})`,
  );

/** Pods that mount a file system by a volume: the node asks for them. */
export const mounters = (graph: Graph, subject: Subject): string[] =>
  companionsOf(
    graph,
    subject,
    "kubernetes_persistent_volume_v1",
    "spec.persistent_volume_source",
  ).map(({ body }) => {
    const [space = "", claim = ""] = ["namespace", "name"].map((key) =>
      textOf(first(body, `spec.claim_ref.${key}`)),
    );
    return `pods in ${space} that mount claim ${claim}${buildNamespaces(graph).includes(space) ? ", with users' build steps" : ""}`;
  });

/** Whether an image can be pushed again under a tag that there is. */
export const isMutable = ({ type, body }: Subject): boolean =>
  type === "aws_ecr_repository" && body.image_tag_mutability !== "IMMUTABLE";

/** What services of AWS write by themselves, because the JSON says so. */
export function writersOf(graph: Graph, subject: Subject): string[] {
  const logs = (type: string, key: string, group: (one: Json) => string) =>
    ofType(graph, type).flatMap(({ body, path }) =>
      at(body, key).map((log) => ({
        group: `/aws/${group(body)}`.replace("LOG", String(log)),
        writer: `${path} by ${key}: ${String(log)}`,
      })),
    );
  return [
    ...rulesInto(graph, subject).flatMap(({ plan, rule }) =>
      companionsOf(graph, plan, "aws_backup_selection", "plan_id").map(
        (selection) =>
          `AWS Backup by its plan, ${textOf(first(rule, "schedule"))}: as role ${referred(
            graph,
            selection,
            "iam_role_arn",
            "aws_iam_role",
          )
            .map(({ body }) => textOf(body.name))
            .join(", ")}`,
      ),
    ),
    ...[
      ...logs(
        "aws_eks_cluster",
        "enabled_cluster_log_types",
        ({ name }) => `eks/${textOf(name)}/cluster`,
      ),
      ...logs(
        "aws_db_instance",
        "enabled_cloudwatch_logs_exports",
        ({ identifier }) => `rds/instance/${textOf(identifier)}/LOG`,
      ),
    ]
      .filter(({ group }) => group === subject.body.name)
      .map(({ writer }) => writer),
  ];
}

/** Rules of backup plans that write into a vault. */
const rulesInto = (graph: Graph, { address }: Subject) =>
  ofType(graph, "aws_backup_plan").flatMap((plan) =>
    at(plan.body, "rule")
      .filter((rule) =>
        String(first(rule, "target_vault_name")).includes(address),
      )
      .map((rule) => ({ plan, rule })),
  );

/** What services of AWS delete by themselves, because the JSON says so. */
export function removalsOf(graph: Graph, subject: Subject): string[] {
  const companions = (type: string, path: string): Subject[] =>
    companionsOf(graph, subject, type, path);
  const days = textOf(subject.body.retention_in_days);
  return [
    ...companions("aws_ecr_lifecycle_policy", "repository").flatMap(
      ({ body }) =>
        at(documentOf(body.policy), "rules").map(
          (rule) =>
            `ECR by its lifecycle policy: ${textOf(first(rule, "description"), "a rule without a description")}`,
        ),
    ),
    ...companions("aws_s3_bucket_lifecycle_configuration", "bucket").flatMap(
      ({ body }) =>
        at(body, "rule")
          .filter((rule) => first(rule, "status") === "Enabled")
          .flatMap((rule) => {
            const told = (what: string, path: string): string[] =>
              at(rule, path).map((one) => `${what} after ${String(one)} days`);
            const ends = [
              ...told("objects", "expiration.days"),
              ...told(
                "earlier versions",
                "noncurrent_version_expiration.noncurrent_days",
              ),
            ];
            return ends.length === 0
              ? []
              : [`S3 by its lifecycle rule: ${ends.join(", ")}`];
          }),
    ),
    ...rulesInto(graph, subject).map(
      ({ rule }) =>
        `AWS Backup after ${String(first(rule, "lifecycle.delete_after"))} days`,
    ),
    ...(days === "" ? [] : [`CloudWatch Logs after ${days} days`]),
  ];
}

/** Rules of roles in the cluster that are about a resource, with some verbs, and who has them. */
const granted = (graph: Graph, resource: string, verbs: readonly string[]) => [
  ...boundToOwn(graph),
  ...ofType(graph, "kubernetes_role_v1", "kubernetes_cluster_role_v1")
    .filter((role) =>
      at(role.body, "rule").some(
        (rule) =>
          ["*", resource].some((one) => at(rule, "resources").includes(one)) &&
          ["*", ...verbs].some((one) => at(rule, "verbs").includes(one)),
      ),
    )
    .flatMap((role) =>
      boundTo(graph, role).map((who) => ({
        who,
        role: nameOf(role),
        namespace:
          role.type === "kubernetes_role_v1" ? namespaceOf(role) : "every",
      })),
    ),
];

/** By access entries of EKS; of a cluster that exists its owner knows more. */
const entered = (graph: Graph, what: string, namespace?: string): string[] => [
  ...clusterEntries(graph)
    .filter(
      ({ policy, namespaces }) =>
        ENTRIES[policy]?.includes(what) &&
        (namespace === undefined ||
          namespaces.length === 0 ||
          namespaces.some((one) => matches(one, namespace))),
    )
    .map(
      ({ name, policy, namespaces }) =>
        `${name}: ${policy}${namespaces.length === 0 ? "" : ` in ${namespaces.join(", ")}`}`,
    ),
  ...(ofType(graph, "aws_eks_cluster").length === 0
    ? ["whoever the owner of the cluster lets in"]
    : []),
];

/** Namespaces of an entry may end in `*`. */
const matches = (pattern: string, namespace: string): boolean =>
  pattern === namespace ||
  (pattern.endsWith("*") && namespace.startsWith(pattern.slice(0, -1)));

const byRole = (
  graph: Graph,
  resource: string,
  verbs: readonly string[],
  within?: string,
): string[] =>
  granted(graph, resource, verbs)
    .filter(
      ({ namespace }) =>
        within === undefined || ["every", within].includes(namespace),
    )
    .map(({ who, role, namespace }) => `${who}: role ${role} in ${namespace}`);

const READS = ["get", "list", "watch"];

/** Who reads the Secrets of a namespace through the Kubernetes API. */
export const secretReaders = (graph: Graph, namespace: string): string[] => [
  ...entered(graph, "read", namespace),
  ...byRole(graph, "secrets", READS, namespace),
];

/** Who may have tokens of a namespace's service accounts made. */
export const tokenMakers = (graph: Graph, namespace: string): string[] => [
  ...entered(graph, "write", namespace),
  ...byRole(graph, "serviceaccounts/token", ["create"], namespace),
];

type Row = [string, string[], string[], string[], string[], string];

/** Whoever makes jobs and the like makes their pods. */
const byJobs = (graph: Graph): string[] =>
  podMakers(graph).flatMap(({ who, resources, namespace, does }) => {
    const others = resources.filter((one) => one !== "pods");
    return others.length === 0
      ? []
      : [`${who}: ${does} ${others.join(", ")} in ${namespace}`];
  });

/** Secrets, pods and jobs of Kubernetes: by access entries of EKS and by roles of ours. */
export function clusterAccess(graph: Graph): Row[] {
  const [cluster] = ofType(graph, "aws_eks_cluster", "data.aws_eks_cluster");
  if (cluster === undefined) return [];
  return ["secrets", "pods", "jobs"].map((resource) => {
    const cell = (what: string, ...verbs: readonly string[]): string[] => [
      ...entered(graph, what),
      ...(what === "read" && resource !== "secrets"
        ? entered(graph, "view")
        : []),
      ...byRole(graph, resource, verbs),
    ];
    return [
      `Kubernetes: ${resource}`,
      [
        ...cell("read", ...READS),
        ...(resource === "secrets" ? [nodeOf(graph), ...byNodes(graph)] : []),
      ],
      [
        ...cell("write", "create", "update", "patch"),
        ...(resource === "pods" ? byJobs(graph) : []),
      ],
      cell("remove", "delete", "deletecollection"),
      [...entered(graph, "administer"), `${ACCOUNT}: by an access entry`],
      cluster.path,
    ];
  });
}
