import { type StackJson } from "../../../../tools/audit/graph";
import { chart, config, pod, resource, rights, stack, traffic } from "./sample";

const context = (field: object) => pod({}, { security_context: field });
const internet = { cidr: "0.0.0.0/0" };

/** Kubernetes objects that break a rule; a rule without a line here breaks on an empty one. */
export const failingKubernetes: Readonly<Record<string, StackJson>> = {
  "SEC-G23/mount-options": resource("kubernetes_persistent_volume_v1", {
    spec: [{ mount_options: ["notls"] }],
  }),
  "SEC-B48/not-privileged": context({ privileged: true }),
  "SEC-B48/host-pid": pod({ host_pid: true }),
  "SEC-B48/host-ipc": pod({ host_ipc: true }),
  "SEC-B48/host-network": pod({ host_network: true }),
  "SEC-B48/no-escalation": context({ allow_privilege_escalation: true }),
  "SEC-B48/added-capabilities": context({
    capabilities: { add: ["NET_ADMIN"] },
  }),
  "SEC-B48/drop-all": context({ capabilities: { drop: ["NET_RAW"] } }),
  "SEC-B48/host-port": pod({}, { port: [{ host_port: 80 }] }),
  "SEC-B48/volumes": pod({ volume: [{ name: "a", nfs: { server: "a" } }] }),
  "SEC-B48/container-non-root": context({ run_as_non_root: false }),
  "SEC-B48/container-user": context({ run_as_user: "0" }),
  "SEC-B48/container-seccomp": context({
    seccomp_profile: { type: "Unconfined" },
  }),
  "SEC-A3/no-sysctls": pod({
    security_context: { sysctl: [{ name: "a", value: "1" }] },
  }),
  "SEC-B49/read-only-root": context({ read_only_root_filesystem: false }),
  "SEC-B49/read-only-settings": pod(
    { volume: [{ name: "settings", config_map: { name: "a" } }] },
    { volume_mount: [{ name: "settings" }] },
  ),
  "SEC-B49/cpu-request": pod({}),
  "SEC-B49/cpu-limit": pod({}),
  "SEC-B49/memory-limit": pod({}),
  "SEC-B49/memory-request": pod({}),
  "SEC-B49/tag": pod({}, { image: "a/b:latest" }),
  "SEC-B49/pull": pod({}, { image_pull_policy: "IfNotPresent" }),
  "SEC-B49/digest": pod({}, { image: "a/b:1.2.3" }),
  "SEC-B49/secrets-as-files": pod(
    {},
    { env: [{ name: "A", value_from: { secret_key_ref: { name: "a" } } }] },
  ),
  "HARD-02/no-plain-secret": pod(
    {},
    { env: [{ name: "A_PASSWORD", value: "a" }] },
  ),
  "HARD-19/database-password": pod(
    {},
    { image: "surrealdb/surrealdb:v1.5.4", args: ["start"] },
  ),
  "HARD-17/no-deduction": pod(
    {},
    { env: [{ name: "MICRONAUT_ENVIRONMENTS", value: "k8s" }] },
  ),
  "SEC-B49/bounded-scratch": pod({ volume: [{ name: "a", empty_dir: {} }] }),
  "HARD-10/one-writer": pod({}, { args: ["start", "file:///data"] }),
  "SEC-B50/secrets": rights(["secrets"], ["get"]),
  "SEC-B50/exec": rights(["pods/exec"], ["create"]),
  "SEC-B50/volumes": rights(["persistentvolumes"], ["create"]),
  "SEC-B50/nodes": rights(["nodes/proxy"], ["get"]),
  "SEC-B50/services": rights(["services"], ["patch"]),
  "SEC-B50/escalation": rights(
    ["roles"],
    ["bind"],
    ["rbac.authorization.k8s.io"],
  ),
  "SEC-B50/webhooks": rights(["mutatingwebhookconfigurations"], ["patch"]),
  "SEC-B50/tokens": rights(["serviceaccounts/token"], ["create"]),
  "SEC-B50/pods": stack({
    "kubernetes_role_v1.maker": {
      metadata: { name: "maker", namespace: "servers" },
      rule: [{ api_groups: [""], resources: ["pods"], verbs: ["create"] }],
    },
    "kubernetes_deployment_v1.server": { metadata: { namespace: "servers" } },
  }),
  "SEC-B50/pod-verbs": rights(["pods"], ["create", "patch"]),
  "HARD-05/no-token-secret": resource("kubernetes_secret_v1", {
    type: "kubernetes.io/service-account-token",
  }),
  "SEC-B50/config-map": resource("kubernetes_config_map_v1", {
    data: { "a.txt": "password: correct-horse-battery" },
  }),
  "SEC-G3/chart-namespace": chart("a", {}, { create_namespace: true }),
  "SEC-G3/chart-repository": chart("a", {}, { repository: "http://a" }),
  "SEC-G8/wait": chart("a", {}, { repository: "https://a" }),
  "SEC-G27/driver": chart("aws-efs-csi-driver", {
    controller: { deleteAccessPointRootDir: true },
  }),
  "SEC-G5/no-service-webhook": chart("aws-load-balancer-controller", {}),
  "SEC-G6/webhook-certificate": chart("aws-load-balancer-controller", {
    keepTLSSecret: false,
  }),
  "CFG-26/closed-endpoints": config({}, { endpoints: {} }),
  "CFG-26/no-other-endpoint": config(
    {},
    { endpoints: { shutdown: { enabled: true } } },
  ),
  "CFG-02/no-anonymous": config({ allowAnonymous: true }),
  "CFG-02/no-anonymous-client": config({
    capabilities: { "anonymous-access": true },
  }),
  "CFG-20/tls": config({ db: { uri: "jdbc:postgresql://a/wave" } }),
  "CFG-R1/registry-by-role": config({
    registries: {
      "1.dkr.ecr.eu-central-1.amazonaws.com": { username: "AKIA" },
    },
  }),
  "CFG-01/no-debug": config({ debug: true }),
  "CFG-03/tls": config({}, { redis: { uri: "redis://a:6379" } }),
  "CFG-16/scan": config({ build: {} }),
  "CFG-07/cleanup": config({ build: { cleanup: "Never" } }),
  "HARD-15/build-namespace": config({
    build: { k8s: { namespace: "sample" } },
  }),
  "HARD-15/build-nodes": config({ build: { k8s: {} } }),
  "CFG-R1/own-registry": config({ build: { repo: "docker.io/a/b" } }),
  "IAM-04/own-bucket": config({ build: { logs: { bucket: "elsewhere" } } }),
  "HARD-09/named-ports": traffic({
    egress: [{ to: [{ ip_block: internet }] }],
  }),
  "HARD-09/named-peers": traffic({ egress: [{ ports: [{ port: "443" }] }] }),
  "HARD-15/no-metadata": traffic({
    egress: [{ to: [{ ip_block: internet }] }],
  }),
  "HARD-15/builds-outside": {
    ...traffic({ egress: [{ to: [{ ip_block: internet }] }] }),
    resource: {
      ...traffic({ egress: [{ to: [{ ip_block: internet }] }] }).resource,
      aws_vpc: { sample: { cidr_block: "10.0.0.0/16" } },
    },
  },
  "HARD-15/named-insiders": traffic({
    egress: [{ to: [{ ip_block: { cidr: "10.0.0.0/16" } }] }],
  }),
  "HARD-09/no-other-open-range": traffic({
    egress: [{ to: [{ ip_block: { cidr: "0.0.0.0/1" } }] }],
  }),
  "HARD-09/open-ports": traffic({
    egress: [{ ports: [{ port: "22" }], to: [{ ip_block: internet }] }],
  }),
  "HARD-09/own-pods": {
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
  "HARD-09/listening-ports": traffic({
    egress: [{ ports: [{ port: "31337" }] }],
  }),
  "DEC-31/from-balancers": traffic({
    ingress: [{ from: [{ ip_block: internet }] }],
  }),
};
