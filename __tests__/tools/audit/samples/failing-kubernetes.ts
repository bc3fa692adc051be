import { type StackJson } from "../../../../tools/audit/graph";
import { chart, config, pod, resource, rights, stack, traffic } from "./sample";

const context = (field: object) => pod({}, { security_context: field });
const internet = { cidr: "0.0.0.0/0" };

/** Kubernetes objects that break a rule; a rule without a line here breaks on an empty one. */
export const failingKubernetes: Readonly<Record<string, StackJson>> = {
  "volumes/mount-options": resource("kubernetes_persistent_volume_v1", {
    spec: [{ mount_options: ["notls"] }],
  }),
  "pods/not-privileged": context({ privileged: true }),
  "pods/host-pid": pod({ host_pid: true }),
  "pods/host-ipc": pod({ host_ipc: true }),
  "pods/host-network": pod({ host_network: true }),
  "pods/no-escalation": context({ allow_privilege_escalation: true }),
  "pods/added-capabilities": context({
    capabilities: { add: ["NET_ADMIN"] },
  }),
  "pods/drop-all": context({ capabilities: { drop: ["NET_RAW"] } }),
  "pods/host-port": pod({}, { port: [{ host_port: 80 }] }),
  "pods/volumes": pod({ volume: [{ name: "a", nfs: { server: "a" } }] }),
  "pods/container-non-root": context({ run_as_non_root: false }),
  "pods/container-user": context({ run_as_user: "0" }),
  "pods/container-seccomp": context({
    seccomp_profile: { type: "Unconfined" },
  }),
  "pods/no-sysctls": pod({
    security_context: { sysctl: [{ name: "a", value: "1" }] },
  }),
  "pods/read-only-root": context({ read_only_root_filesystem: false }),
  "pod-accounts/read-only-settings": pod(
    { volume: [{ name: "settings", config_map: { name: "a" } }] },
    { volume_mount: [{ name: "settings" }] },
  ),
  "containers/cpu-request": pod({}),
  "containers/cpu-limit": pod({}),
  "containers/memory-limit": pod({}),
  "containers/memory-request": pod({}),
  "containers/tag": pod({}, { image: "a/b:latest" }),
  "containers/pull": pod({}, { image_pull_policy: "IfNotPresent" }),
  "containers/digest": pod({}, { image: "a/b:1.2.3" }),
  "containers/secrets-as-files": pod(
    {},
    { env: [{ name: "A", value_from: { secret_key_ref: { name: "a" } } }] },
  ),
  "containers/no-plain-secret": pod(
    {},
    { env: [{ name: "A_PASSWORD", value: "a" }] },
  ),
  "containers/database-password": pod(
    {},
    { image: "surrealdb/surrealdb:v1.5.4", args: ["start"] },
  ),
  "containers/no-deduction": pod(
    {},
    { env: [{ name: "MICRONAUT_ENVIRONMENTS", value: "k8s" }] },
  ),
  "containers/bounded-scratch": pod({ volume: [{ name: "a", empty_dir: {} }] }),
  "containers/one-writer": pod({}, { args: ["start", "file:///data"] }),
  "rbac/secrets": rights(["secrets"], ["get"]),
  "rbac/exec": rights(["pods/exec"], ["create"]),
  "rbac/volumes": rights(["persistentvolumes"], ["create"]),
  "rbac/nodes": rights(["nodes/proxy"], ["get"]),
  "rbac/services": rights(["services"], ["patch"]),
  "rbac/escalation": rights(["roles"], ["bind"], ["rbac.authorization.k8s.io"]),
  "rbac/webhooks": rights(["mutatingwebhookconfigurations"], ["patch"]),
  "rbac/tokens": rights(["serviceaccounts/token"], ["create"]),
  "rbac/no-wildcard": rights(["pods"], ["*"]),
  "rbac/pods": stack({
    "kubernetes_role_v1.maker": {
      metadata: { name: "maker", namespace: "servers" },
      rule: [{ api_groups: [""], resources: ["pods"], verbs: ["create"] }],
    },
    "kubernetes_deployment_v1.server": { metadata: { namespace: "servers" } },
  }),
  "rbac/pod-verbs": rights(["pods"], ["create", "patch"]),
  "rbac/no-token-secret": resource("kubernetes_secret_v1", {
    type: "kubernetes.io/service-account-token",
  }),
  "namespaces/config-map": resource("kubernetes_config_map_v1", {
    data: { "a.txt": "password: correct-horse-battery" },
  }),
  "charts/chart-namespace": chart("a", {}, { create_namespace: true }),
  "charts/chart-repository": chart("a", {}, { repository: "http://a" }),
  "charts/wait": chart("a", {}, { repository: "https://a" }),
  "charts/driver": chart("aws-efs-csi-driver", {
    controller: { deleteAccessPointRootDir: true },
  }),
  "charts/no-service-webhook": chart("aws-load-balancer-controller", {}),
  "charts/webhook-certificate": chart("aws-load-balancer-controller", {
    keepTLSSecret: false,
  }),
  "wave-config/closed-endpoints": config({}, { endpoints: {} }),
  "wave-config/no-other-endpoint": config(
    {},
    { endpoints: { shutdown: { enabled: true } } },
  ),
  "wave-config/no-anonymous": config({ allowAnonymous: true }),
  "wave-config/no-anonymous-client": config({
    capabilities: { "anonymous-access": true },
  }),
  "wave-config/tls": config({ db: { uri: "jdbc:postgresql://a/wave" } }),
  "wave-config/registry-by-role": config({
    registries: {
      "1.dkr.ecr.eu-central-1.amazonaws.com": { username: "AKIA" },
    },
  }),
  "wave-config/no-debug": config({ debug: true }),
  "wave-config/redis-tls": config({}, { redis: { uri: "redis://a:6379" } }),
  "wave-config/scan": config({ build: {} }),
  "wave-config/cleanup": config({ build: { cleanup: "Never" } }),
  "wave-config/build-namespace": config({
    build: { k8s: { namespace: "sample" } },
  }),
  "wave-config/build-nodes": config({ build: { k8s: {} } }),
  "wave-config/own-registry": config({ build: { repo: "docker.io/a/b" } }),
  "wave-config/own-bucket": config({
    build: { logs: { bucket: "elsewhere" } },
  }),
  "network-policies/named-ports": traffic({
    egress: [{ to: [{ ip_block: internet }] }],
  }),
  "network-policies/named-peers": traffic({
    egress: [{ ports: [{ port: "443" }] }],
  }),
  "network-policies/no-metadata": traffic({
    egress: [{ to: [{ ip_block: internet }] }],
  }),
  "network-policies/builds-outside": {
    ...traffic({ egress: [{ to: [{ ip_block: internet }] }] }),
    resource: {
      ...traffic({ egress: [{ to: [{ ip_block: internet }] }] }).resource,
      aws_vpc: { sample: { cidr_block: "10.0.0.0/16" } },
    },
  },
  "network-policies/named-insiders": traffic({
    egress: [{ to: [{ ip_block: { cidr: "10.0.0.0/16" } }] }],
  }),
  "network-policies/no-other-open-range": traffic({
    egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/1" } }] }],
  }),
  "network-policies/open-ports": traffic({
    egress: [{ ports: [{ port: "22" }], to: [{ ip_block: internet }] }],
  }),
  "network-policies/own-pods": {
    resource: {
      ...traffic({ egress: [{ ports: [{ port: "443" }] }] }).resource,
      kubernetes_namespace_v1: {
        sample: {
          metadata: {
            name: "sample",
            labels: { "pod-security.kubernetes.io/enforce": "restricted" },
          },
        },
      },
    },
  },
  "network-policies/listening-ports": traffic({
    egress: [{ ports: [{ port: "31337" }] }],
  }),
  "network-policies/from-balancers": traffic({
    ingress: [{ from: [{ ip_block: internet }] }],
  }),
};
