import { type Environment } from "./environment";
import { type ResourceJson } from "./synth";

type Resources = Record<string, Record<string, ResourceJson>>;

/** One break of the JSON for each check: what is not caught here is not caught anywhere. */
export const GRAPH_BREAKS: readonly (readonly [
  sentence: RegExp,
  what: string,
  line: "classic" | "current",
  change: (
    environment: Environment,
    resource: (stack: string) => Resources,
  ) => void,
])[] = [
  [
    /every reference/,
    "a resource that others name is gone",
    "classic",
    (_, resource) => delete resource("network").aws_eks_cluster,
  ],
  [
    /every reference/,
    "depends_on names nothing",
    "classic",
    (_, resource) => {
      put(resource("data"), "aws_efs_mount_target", {
        depends_on: ["aws_vpc.none"],
      });
    },
  ],
  [
    /no cycle/,
    "a namespace waits for what lies in it",
    "classic",
    (_, resource) => {
      put(resource("workloads"), "kubernetes_namespace_v1", {
        depends_on: ["kubernetes_ingress_v1.ingress"],
      });
    },
  ],
  [
    /every output that is read/,
    "the producer writes it no more",
    "classic",
    ({ stacks }) => delete stacks.network?.output?.cluster_name,
  ],
  [
    /every output that is read/,
    "the consumer does not wait for the producer",
    "classic",
    ({ order }) => {
      (order as Record<string, readonly string[]>).data = [];
    },
  ],
  [
    /every output that a plan demands/,
    "an environment does not write it",
    "classic",
    ({ stacks }) => delete stacks.data?.output?.surreal_access_point_id,
  ],
  [
    /no automatic cross-stack/,
    "a sensitive output",
    "classic",
    ({ stacks }) =>
      Object.assign(stacks.data?.output?.redis_host ?? {}, { sensitive: true }),
  ],
  [
    /no token marker/,
    "a token that was not resolved",
    "classic",
    (_, resource) => {
      put(resource("network"), "aws_vpc", {
        cidr_block: "${TfToken[TOKEN.7]}",
      });
    },
  ],
  [
    /one key of the JSON/,
    "two constructs with one address",
    "classic",
    ({ placed }) => {
      const [first] = placed;
      if (first !== undefined)
        (placed as unknown[]).push({ ...first, path: "network/twin" });
    },
  ],
  [
    /could lose a character/,
    "an id with a dot",
    "classic",
    ({ placed }) => Object.assign(placed[0] ?? {}, { path: "network/a.b" }),
  ],
  [
    /tags of the settings/,
    "a provider without them",
    "classic",
    ({ stacks }) => delete stacks.identity?.provider?.aws?.[0]?.default_tags,
  ],
  [
    /tags of the settings/,
    "a new type that takes none",
    "classic",
    ({ placed }) =>
      Object.assign(
        placed.find(({ address }) => address.startsWith("aws_vpc.")) ?? {},
        { taggable: false },
      ),
  ],
  [
    /tags of the settings/,
    "instances without them",
    "classic",
    (_, resource) => {
      put(resource("network"), "aws_launch_template", {
        tag_specifications: [],
      });
    },
  ],
  [
    /every trust/,
    "anybody",
    "classic",
    (_, resource) => {
      put(resource("identity"), "aws_iam_role", {
        assume_role_policy: JSON.stringify({
          Statement: [
            { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
          ],
        }),
      });
    },
  ],
  [
    /no variable/,
    "a value that somebody has to type",
    "classic",
    ({ stacks }) =>
      Object.assign(stacks.data ?? {}, { variable: { password: {} } }),
  ],
  [
    /order of a destroy/,
    "the Ingress waits for its Service, and not for the controller",
    "classic",
    (_, resource) => {
      put(resource("workloads"), "kubernetes_namespace_v1", {
        depends_on: ["helm_release.efs-csi-driver"],
      });
      put(resource("workloads"), "kubernetes_ingress_v1", {
        depends_on: ["kubernetes_service_v1.service-wave"],
      });
    },
  ],
  [
    /order of a destroy/,
    "the Ingress does not wait for its Service",
    "current",
    (_, resource) => {
      put(resource("workloads"), "kubernetes_ingress_v1", {
        depends_on: ["helm_release.load-balancer-controller"],
      });
    },
  ],
  [
    /order of a destroy/,
    "namespaces do not wait for the controllers",
    "classic",
    (_, resource) => {
      put(resource("workloads"), "kubernetes_namespace_v1", { depends_on: [] });
    },
  ],
  [
    /order of a destroy/,
    "the cluster does not wait for the permissions of its role",
    "classic",
    (_, resource) => {
      put(resource("network"), "aws_eks_cluster", { depends_on: [] });
    },
  ],
  [
    /order of a destroy/,
    "nodes do not wait for the deployer's access",
    "classic",
    (_, resource) => {
      put(resource("network"), "aws_eks_node_group", { depends_on: [] });
    },
  ],
  [
    /order of a destroy/,
    "an account does not wait for its namespace",
    "classic",
    (_, resource) => {
      put(resource("workloads"), "kubernetes_service_account_v1", {
        depends_on: [],
      });
    },
  ],
  [
    /order of a destroy/,
    "the database does not wait for its log",
    "current",
    (_, resource) => {
      put(resource("data"), "aws_db_instance", { depends_on: [] });
    },
  ],
  [
    /order of a destroy/,
    "identity does not wait for data",
    "classic",
    ({ order }) => {
      (order as Record<string, readonly string[]>).identity = ["network"];
    },
  ],
];

/** Changes every resource of a type. */
function put(resources: Resources, type: string, change: ResourceJson): void {
  const instances = Object.values(resources[type] ?? {});
  if (instances.length === 0) throw new Error(`no ${type}`);
  for (const body of instances) Object.assign(body, change);
}
