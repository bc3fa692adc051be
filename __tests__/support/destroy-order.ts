import { DELIVERY_DESTROY_ORDER, type Pair } from "./destroy-order-delivery";
import { EMG_DESTROY_ORDER } from "./destroy-order-emg";
import { type Environment } from "./environment";
import { dependenciesOf, dependsOn } from "./graph";
import { type StackJson } from "./synth";

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

const RELEASE = /^helm_release\.namespace-cleanup$/;
const PIPELINES = /^kubernetes_namespace_v1\.pipelines-namespace$/;

/** Files and database. */
const STORES: readonly Pair[] = [
  [
    /^aws_efs_(mount_target|access_point|file_system_policy)\./,
    FILES,
    "AWS refuses to delete a file system in use",
  ],
  [
    /^aws_backup_selection\./,
    /^aws_iam_role_policy_attachment\.(files_)?backup_role_/,
    "the service still needs its permissions to let go",
  ],
  [
    DATABASE,
    /^aws_cloudwatch_log_group\.postgres_/,
    "RDS would make the log group anew, without key and retention",
  ],
  [
    DATABASE,
    /^aws_db_(subnet|parameter)_group\./,
    "AWS refuses to delete a group in use",
  ],
  [
    DATABASE,
    /^aws_iam_role_policy_attachment\.postgres_/,
    "RDS writes metrics as long as the instance runs",
  ],
];

/** The order inside each stack: Terraform destroys what depends on a thing before that thing. */
export const DESTROY_ORDER: Readonly<Record<string, readonly Pair[]>> = {
  workloads: [
    [/^aws_route53_record\./, INGRESS, "no name for what is gone"],
    [INGRESS, SERVICE, "without its Service the Ingress cannot be finalized"],
    [INGRESS, BALANCERS, "only the controller deletes the load balancer"],
    [SERVICE, SERVER, "a Service has pods as long as it stands"],
    [
      /^kubernetes_horizontal_pod_autoscaler_v2\./,
      SERVER,
      "nothing scales what is gone",
    ],
    [SERVER, STORE_SERVICE, "Wave needs its store to the end"],
    [STORE_SERVICE, STORE, "a Service has pods as long as it stands"],
    [SERVER, CLEANUP, "nobody starts builds while they are removed"],
    [CLEANUP, CLAIMS, "build pods hold their claim"],
    [PODS, CLAIMS, "pods hold their claims"],
    ...["wave-app", "wave-build", "surreal"].map((name): Pair => [
      new RegExp(`\\.claim-${name}-fs$`),
      new RegExp(`\\.volume-${name}-pv$`),
      "a claim holds its volume",
    ]),
    [VOLUMES, DRIVER, "no mount outlives its driver"],
    [
      /^kubernetes_namespace_v1\./,
      BALANCERS,
      "no finalizer outlives its controller",
    ],
    [
      /^kubernetes_namespace_v1\./,
      DRIVER,
      "no pod that mounts outlives the driver",
    ],
  ],
  "compute-env": [
    [
      /^(aws_eks_access_entry\.launcher-entry|kubernetes_role_binding_v1\.launcher-.*)$/,
      /^(kubernetes_resource_quota_v1\..*|helm_release\.namespace-cleanup)$/,
      "nobody starts pods while they are removed",
    ],
    [
      /^kubernetes_resource_quota_v1\./,
      RELEASE,
      "a full quota would refuse the pod of the clean-up",
    ],
    [
      RELEASE,
      /^kubernetes_(role|role_binding|service_account)_v1\.namespace-cleanup-/,
      "the clean-up needs its permissions",
    ],
    [
      RELEASE,
      /^kubernetes_(network_policy|pod_disruption_budget|limit_range|secret|persistent_volume_claim|daemon_set|service_account)_v1\./,
      "pods need what holds for them to their end, and hold their claim",
    ],
    [
      RELEASE,
      /^aws_(eks_node_group|efs_mount_target|efs_file_system_policy|s3_bucket|iam_role|kms_key)\.(?!launcher$)/,
      "pods run on these nodes, and write to this storage",
    ],
    [
      /\.claim-tower-scratch$/,
      /\.volume-tower-storage$/,
      "a claim holds its volume",
    ],
    [
      /\.volume-tower-storage$/,
      NODES,
      "the last pod ends, and unmounts, on a node that still runs",
    ],
    [
      /\.volume-tower-storage$/,
      /^aws_efs_(mount_target|file_system_policy|access_point)\./,
      "no mount outlives its file system",
    ],
    [
      /^aws_efs_(mount_target|access_point|file_system_policy)\./,
      FILES,
      "AWS refuses to delete a file system in use",
    ],
    [
      /^aws_eks_access_entry\./,
      /^aws_iam_role(_policy)?\.launcher/,
      "no entry without whom it lets in",
    ],
    [
      RELEASE,
      /^helm_release\.pod-admission-policy$/,
      "the policy holds as long as pods can be made",
    ],
    [RELEASE, PIPELINES, "a namespace goes last"],
  ],
  delivery: DELIVERY_DESTROY_ORDER,
  identity: [
    [
      /^aws_acm_certificate_validation\./,
      /^aws_route53_record\.certificate_/,
      "a proof stands as long as its certificate",
    ],
  ],
  data: STORES,
  emg: [...STORES, ...EMG_DESTROY_ORDER],
  network: [
    [
      /^aws_eks_addon\.pod-add-ons_/,
      SYSTEM_NODES,
      "their pods run on these nodes",
    ],
    [
      NODES,
      /^aws_eks_addon\.node-add-ons_/,
      "nodes need network and identity to the end",
    ],
    [
      NODES,
      /^aws_eks_access_(entry|policy_association)\.access_deployer(-policy)?_/,
      "the deployer's access goes after everything of Kubernetes",
    ],
    [
      NODES,
      /^aws_iam_role_policy_attachment\.nodes_role_/,
      "nodes detach their interfaces by these permissions",
    ],
    [
      NODES,
      /^aws_route(_table_association)?\.vpc_private_/,
      "no way out before the nodes are gone",
    ],
    [NODES, CLUSTER, "AWS refuses to delete a cluster with nodes"],
    [
      CLUSTER,
      /^aws_iam_role_policy(_attachment)?\.cluster_role_/,
      "EKS deletes its security group by these permissions",
    ],
    [
      CLUSTER,
      /^aws_cloudwatch_log_group\.cluster_/,
      "EKS would make the log group anew",
    ],
    [
      NODES,
      /^aws_subnet\.vpc_private_subnet-/,
      "AWS refuses to delete a subnet in use",
    ],
    [
      /^aws_nat_gateway\./,
      /^aws_internet_gateway\./,
      "public addresses hold the gateway",
    ],
    [
      /^aws_(subnet|route_table|internet_gateway|vpc_endpoint|nat_gateway|default_security_group|eks_cluster|eks_node_group)\./,
      /^aws_vpc\./,
      "AWS refuses to delete a VPC in use",
    ],
  ],
};

/** Stacks that are destroyed before a stack, where an environment has them. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  network: ["data", "identity", "workloads", "compute-env", "emg"],
  data: ["identity", "workloads"],
  identity: ["workloads", "compute-env", "emg"],
  workloads: ["compute-env", "emg"],
};

/** Where a destroy would take another order: in the stacks, between them, and in the namespaces. */
export function destroyOrderProblems({ stacks, order }: Environment): string[] {
  const between = Object.entries(AFTER).flatMap(([stack, consumers]) =>
    consumers
      .filter((consumer) => order[consumer]?.includes(stack) === false)
      .map((consumer) => `${consumer} does not wait for ${stack}`),
  );
  const inside = Object.entries(DESTROY_ORDER).flatMap(([id, pairs]) =>
    pairsBroken(stacks[id] ?? {}, pairs).map((line) => `${id}: ${line}`),
  );
  const namespaced = Object.values(stacks).flatMap(outOfNamespace);
  return [...between, ...inside, ...namespaced];
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

/** Whatever lies in a namespace of ours goes before it: a finalizer left inside would hold it for ever. */
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
