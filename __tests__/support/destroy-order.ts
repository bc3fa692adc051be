import { type Environment } from "./environment";
import { dependenciesOf, dependsOn } from "./graph";
import { type StackJson } from "./synth";

/** What goes first, what may go only then, and why. */
type Pair = readonly [first: RegExp, then: RegExp, why: string];

const SERVER = /^kubernetes_deployment_v1\.deployment-wave$/;
const STORE = /^kubernetes_deployment_v1\.deployment-surrealv1$/;
const SERVICE = /^kubernetes_service_v1\.service-wave$/;
const STORE_SERVICE = /^kubernetes_service_v1\.service-surrealv1$/;
const INGRESS = /^kubernetes_ingress_v1\./;
const PODS = /^kubernetes_(deployment|cron_job)_v1\./;
const CLAIMS = /^kubernetes_persistent_volume_claim_v1\./;
const VOLUMES = /^kubernetes_persistent_volume_v1\./;
const CLEANUP = /^helm_release\.build-cleanup$/;
const BALANCERS = /^helm_release\.load-balancer-controller$/;
const DRIVER = /^helm_release\.efs-csi-driver$/;
const NODES = /^aws_eks_node_group\./;
const SYSTEM_NODES = /^aws_eks_node_group\.nodes_system_/;
const CLUSTER = /^aws_eks_cluster\./;
const FILES = /^aws_efs_file_system\./;
const DATABASE = /^aws_db_instance\./;

/** Section J inside each stack: Terraform destroys what depends on a thing before that thing. */
export const DESTROY_ORDER: Readonly<Record<string, readonly Pair[]>> = {
  workloads: [
    [/^aws_route53_record\./, INGRESS, "no name for what is gone"],
    [INGRESS, SERVICE, "FAIL-02"],
    [INGRESS, BALANCERS, "FAIL-01"],
    [SERVICE, SERVER, "PRO-01"],
    [/^kubernetes_horizontal_pod_autoscaler_v2\./, SERVER, "HPA-01"],
    [SERVER, STORE_SERVICE, "PRO-01"],
    [STORE_SERVICE, STORE, "PRO-01"],
    [SERVER, CLEANUP, "FAIL-06: nobody starts builds while they are removed"],
    [CLEANUP, CLAIMS, "FAIL-06"],
    [PODS, CLAIMS, "FAIL-06"],
    ...["wave-app", "wave-build", "surreal"].map((name): Pair => [
      new RegExp(`\\.claim-${name}-fs$`),
      new RegExp(`\\.volume-${name}-pv$`),
      "FAIL-06",
    ]),
    [VOLUMES, DRIVER, "DEC-06: no mount outlives its driver"],
    [/^kubernetes_namespace_v1\./, BALANCERS, "DEC-06, FAIL-03"],
    [/^kubernetes_namespace_v1\./, DRIVER, "DEC-06"],
  ],
  identity: [
    [
      /^aws_acm_certificate_validation\./,
      /^aws_route53_record\.certificate_/,
      "SEC-H",
    ],
  ],
  data: [
    [
      /^aws_efs_(mount_target|access_point|file_system_policy)\./,
      FILES,
      "FAIL-06",
    ],
    [
      /^aws_backup_selection\./,
      /^aws_iam_role_policy_attachment\.files_backup_role_/,
      "BAK-01",
    ],
    [DATABASE, /^aws_cloudwatch_log_group\.postgres_/, "DEC-13"],
    [DATABASE, /^aws_db_(subnet|parameter)_group\./, "INF-16"],
    [DATABASE, /^aws_iam_role_policy_attachment\.postgres_/, "SEC-B47"],
  ],
  network: [
    [/^aws_eks_addon\.pod-add-ons_/, SYSTEM_NODES, "DEC-11"],
    [NODES, /^aws_eks_addon\.node-add-ons_/, "DEC-11"],
    [
      NODES,
      /^aws_eks_access_(entry|policy_association)\.access_deployer(-policy)?_/,
      "the deployer's access goes after everything of Kubernetes",
    ],
    [NODES, /^aws_iam_role_policy_attachment\.nodes_role_/, "FAIL-05"],
    [
      NODES,
      /^aws_route(_table_association)?\.vpc_private_/,
      "DEC-11: no way out before the nodes are gone",
    ],
    [NODES, CLUSTER, "section J"],
    [CLUSTER, /^aws_iam_role_policy(_attachment)?\.cluster_role_/, "FAIL-05"],
    [CLUSTER, /^aws_cloudwatch_log_group\.cluster_/, "FAIL-11"],
    [NODES, /^aws_subnet\.vpc_private_subnet-/, "section J"],
    [/^aws_nat_gateway\./, /^aws_internet_gateway\./, "section J"],
    [
      /^aws_(subnet|route_table|internet_gateway|vpc_endpoint|nat_gateway|default_security_group|eks_cluster|eks_node_group)\./,
      /^aws_vpc\./,
      "section J",
    ],
  ],
};

/** Stacks that are destroyed before a stack. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  network: ["data", "identity", "workloads"],
  data: ["identity", "workloads"],
  identity: ["workloads"],
  workloads: [],
};

/** Where the order of a destroy is not that of section J: in the stacks, between them, and in the namespaces. */
export function destroyOrderProblems({ stacks, order }: Environment): string[] {
  const between = Object.entries(AFTER).flatMap(([stack, consumers]) =>
    consumers
      .filter((consumer) => order[consumer]?.includes(stack) !== true)
      .map((consumer) => `${consumer} does not wait for ${stack}`),
  );
  const inside = Object.entries(DESTROY_ORDER).flatMap(([id, pairs]) =>
    pairsBroken(stacks[id] ?? {}, pairs).map((line) => `${id}: ${line}`),
  );
  return [...between, ...inside, ...outOfNamespace(stacks.workloads ?? {})];
}

function pairsBroken(stack: StackJson, pairs: readonly Pair[]): string[] {
  const graph = dependenciesOf(stack);
  const addresses = [...graph.keys()];
  return pairs.flatMap(([first, then, why]) => {
    const targets = addresses.filter((address) => then.test(address));
    return addresses
      .filter((address) => first.test(address))
      .flatMap((address) =>
        targets
          .filter((target) => !dependsOn(graph, address, target))
          .map((target) => `${address} does not go before ${target} (${why})`),
      );
  });
}

/** FAIL-03: whatever lies in a namespace of ours goes before it. */
function outOfNamespace(stack: StackJson): string[] {
  const graph = dependenciesOf(stack);
  const resources = Object.entries(stack.resource ?? {}).flatMap(
    ([type, instances]) =>
      Object.entries(instances).map(
        ([id, body]) => [`${type}.${id}`, body] as const,
      ),
  );
  const metadataOf = (body: Readonly<Record<string, unknown>>) =>
    (body.metadata ?? body) as { name?: string; namespace?: string };
  return resources
    .filter(([address]) => address.startsWith("kubernetes_namespace_v1."))
    .flatMap(([namespace, body]) =>
      resources
        .filter(
          ([, { ...other }]) =>
            metadataOf(other).namespace === metadataOf(body).name,
        )
        .filter(([address]) => !dependsOn(graph, address, namespace))
        .map(([address]) => `${address} does not go before ${namespace}`),
    );
}
