import { secretKind } from "../../lib/secret-pattern";
import { type Graph, type Subject, ofType } from "../graph";
import { at, documentOf, first, isObject, isOn } from "../reading";
import { nameOf, namespaceOf } from "../pods";
import { type Rule, absent, all, check, never, oneOf, present } from "../rule";

const ROLES = ["kubernetes_role_v1", "kubernetes_cluster_role_v1"];
const NAMESPACED = [
  "kubernetes_config_map_v1",
  "kubernetes_cron_job_v1",
  "kubernetes_deployment_v1",
  "kubernetes_ingress_v1",
  "kubernetes_network_policy_v1",
  "kubernetes_persistent_volume_claim_v1",
  "kubernetes_role_binding_v1",
  "kubernetes_role_v1",
  "kubernetes_secret_v1",
  "kubernetes_service_account_v1",
  "kubernetes_service_v1",
];
const LEVELS = ["restricted", "baseline", "privileged"];
const PSA = "pod-security.kubernetes.io/";

/** Roles, namespaces, Secrets and ConfigMaps (SEC-B49, SEC-B50, HARD-01, HARD-05, CIS 4.1, 4.5). */
export const clusterObjectRules: readonly Rule[] = [
  role(
    "SEC-B50/secrets",
    "Nobody reads Secrets through the cluster.",
    ["KSV-0041", "CIS-EKS 4.1.2"],
    (one) => grants(one, "secrets"),
  ),
  role(
    "SEC-B50/no-wildcard-verb",
    "A role names its verbs.",
    ["CKV_K8S_49", "KSV-0045", "CIS-EKS 4.1.3"],
    (one) => at(one, "verbs").includes("*"),
  ),
  role(
    "SEC-B50/no-wildcard-resource",
    "A role names its resources and groups.",
    ["CKV_K8S_49", "KSV-0044", "KSV-0046", "CIS-EKS 4.1.3"],
    (one) =>
      at(one, "resources").includes("*") || at(one, "api_groups").includes("*"),
  ),
  role("SEC-B50/exec", "Nobody opens a shell in pods.", ["KSV-0053"], (one) =>
    ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy"].some(
      (name) => grants(one, name),
    ),
  ),
  role(
    "SEC-B50/services",
    "Nobody changes services, endpoints, ingresses or network policies.",
    ["KSV-0056"],
    (one) =>
      [
        "services",
        "endpoints",
        "endpointslices",
        "ingresses",
        "networkpolicies",
      ].some((name) => grants(one, name)),
  ),
  role(
    "SEC-B50/escalation",
    "Nobody gives rights on.",
    ["CIS-EKS 4.1.8"],
    (one) =>
      at(one, "verbs").some((verb) =>
        ["bind", "escalate", "impersonate"].includes(String(verb)),
      ) ||
      ["roles", "rolebindings", "clusterroles", "clusterrolebindings"].some(
        (name) => grants(one, name),
      ),
  ),
  role("SEC-B50/volumes", "Nobody makes volumes.", ["CIS-EKS 4.1.9"], (one) =>
    grants(one, "persistentvolumes"),
  ),
  role("SEC-B50/nodes", "Nobody reaches kubelets.", ["CIS-EKS 4.1.10"], (one) =>
    ["nodes", "nodes/proxy"].some((name) => grants(one, name)),
  ),
  role(
    "SEC-B50/webhooks",
    "Nobody changes admission.",
    ["CIS-EKS 4.1.11"],
    (one) =>
      ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"].some(
        (name) => grants(one, name),
      ),
  ),
  role(
    "SEC-B50/tokens",
    "Nobody makes tokens of others.",
    ["CIS-EKS 4.1.12"],
    (one) =>
      grants(one, "serviceaccounts/token") || grants(one, "serviceaccounts"),
  ),
  {
    id: "SEC-B50/pods",
    sentence:
      "Pods are made only in a namespace that runs nothing else of its maker.",
    foreign: ["KSV-0048", "CIS-EKS 4.1.4"],
    types: ["kubernetes_role_v1"],
    ...check(
      "rule",
      (subject, graph) =>
        !at(subject.body, "rule").some((one) =>
          grants(one, "pods", "create", "update"),
        ) ||
        !ofType(
          graph,
          "kubernetes_deployment_v1",
          "kubernetes_stateful_set_v1",
        ).some((server) => namespaceOf(server) === namespaceOf(subject)),
    ),
  },
  role(
    "SEC-B50/pod-verbs",
    "Who changes pods removes and labels them, or makes them; no role does all.",
    [],
    (one) =>
      ["create", "patch"].every((verb) => grants(one, "pods", verb)) ||
      grants(one, "pods", "update") ||
      grants(one, "pods", "deletecollection"),
  ),
  {
    id: "HARD-01/no-cluster-role",
    sentence: "No right of ours reaches beyond a namespace.",
    foreign: ["CIS-EKS 4.1.1"],
    types: ["kubernetes_cluster_role_v1", "kubernetes_cluster_role_binding_v1"],
    ...never(),
  },
  {
    id: "HARD-01/bound-role",
    sentence:
      "A binding gives one service account a role of its own namespace.",
    foreign: ["CKV_K8S_42", "CIS-EKS 4.1.5"],
    types: ["kubernetes_role_binding_v1"],
    ...check(["role_ref", "subject"], (subject, graph) => {
      const named = ofType(graph, "kubernetes_role_v1").some(
        (one) =>
          namespaceOf(one) === namespaceOf(subject) &&
          nameOf(one) === first(subject.body, "role_ref.name"),
      );
      const accounts = at(subject.body, "subject");
      return (
        named &&
        first(subject.body, "role_ref.kind") === "Role" &&
        accounts.length === 1 &&
        accounts.every(
          (one) =>
            first(one, "kind") === "ServiceAccount" && isAccount(one, graph),
        )
      );
    }),
  },
  {
    id: "SEC-B49/account-without-token",
    sentence:
      "A service account gives no token to pods that do not ask for it; it is not the default one.",
    foreign: ["CKV_K8S_41", "CIS-EKS 4.1.6"],
    types: ["kubernetes_service_account_v1"],
    ...all(
      oneOf("automount_service_account_token", false),
      check("metadata.name", (subject) => nameOf(subject) !== "default"),
    ),
  },
  {
    id: "HARD-05/no-token-secret",
    sentence: "No token is kept that never ends.",
    foreign: ["CIS-EKS 4.1.6"],
    types: ["kubernetes_secret_v1"],
    ...check(
      "type",
      ({ body }) => body.type !== "kubernetes.io/service-account-token",
    ),
  },
  {
    id: "SEC-B49/namespace",
    sentence:
      "Every object names a namespace, and none is the default one or Kubernetes' own.",
    foreign: ["CKV_K8S_21", "CIS-EKS 4.5.2"],
    types: NAMESPACED,
    ...check(
      "metadata.namespace",
      (subject) =>
        !["default", "kube-system", "kube-public"].includes(
          namespaceOf(subject),
        ),
    ),
  },
  {
    id: "HARD-14/restricted",
    sentence: 'A namespace takes only pods of the standard "restricted".',
    foreign: ["CIS-EKS 4.2.1", "CIS-EKS 4.5.1"],
    types: ["kubernetes_namespace_v1"],
    ...check(
      `metadata.labels.${PSA}enforce`,
      (subject) => level(subject, "enforce") === "restricted",
    ),
  },
  {
    id: "HARD-14/not-privileged",
    sentence: "A namespace takes no privileged pods.",
    foreign: ["CIS-EKS 4.2.1"],
    types: ["kubernetes_namespace_v1"],
    ...check(`metadata.labels.${PSA}enforce`, (subject) =>
      ["restricted", "baseline"].includes(level(subject, "enforce")),
    ),
  },
  {
    id: "SEC-A3/warned",
    sentence:
      "What a namespace would reject is also warned of and written down.",
    foreign: [],
    types: ["kubernetes_namespace_v1"],
    ...check(
      [`metadata.labels.${PSA}warn`, `metadata.labels.${PSA}audit`],
      (subject) =>
        ["warn", "audit"].every(
          (mode) =>
            LEVELS.includes(level(subject, mode)) &&
            LEVELS.indexOf(level(subject, mode)) <=
              LEVELS.indexOf(level(subject, "enforce")),
        ),
    ),
  },
  {
    id: "DEC-02/kept-namespace",
    sentence: "Terraform refuses to delete a namespace, and waits for its end.",
    foreign: [],
    types: ["kubernetes_namespace_v1"],
    ...all(
      oneOf("lifecycle.prevent_destroy", true),
      oneOf("timeouts.delete", "20m"),
    ),
  },
  {
    id: "HARD-15/quota",
    sentence:
      "A namespace that takes other pods than restricted ones has a quota, and defaults for it.",
    foreign: ["KSV-0039", "KSV-0040"],
    types: ["kubernetes_namespace_v1"],
    ...check(
      ["kubernetes_resource_quota_v1", "kubernetes_limit_range_v1"],
      (subject, graph) =>
        level(subject, "enforce") === "restricted" ||
        (
          ["kubernetes_resource_quota_v1", "kubernetes_limit_range_v1"] as const
        ).every((type) =>
          ofType(graph, type).some(
            (one) => namespaceOf(one) === nameOf(subject),
          ),
        ),
    ),
  },
  {
    id: "HARD-15/whole-quota",
    sentence: "A quota bounds pods, processor time and memory.",
    foreign: ["KSV-0040"],
    types: ["kubernetes_resource_quota_v1"],
    ...all(
      ...["pods", "requests_cpu", "requests_memory", "limits_memory"].map(
        (name) =>
          check(`spec.hard.${name}`, ({ body }) =>
            isBounded(first(body, "spec.hard"), name.replace("_", ".")),
          ),
      ),
    ),
  },
  {
    id: "HARD-15/whole-defaults",
    sentence: "A container without limits gets some.",
    foreign: ["KSV-0039"],
    types: ["kubernetes_limit_range_v1"],
    ...all(
      oneOf("spec.limit.type", "Container"),
      present("spec.limit.default.memory"),
      present("spec.limit.default_request.memory"),
      present("spec.limit.default_request.cpu"),
    ),
  },
  {
    id: "SEC-B50/config-map",
    sentence: "No secret stands in a ConfigMap.",
    foreign: ["KSV-0109", "KSV-01010", "CIS-EKS 4.4.1"],
    types: ["kubernetes_config_map_v1"],
    ...check(["data", "binary_data"], ({ body }) =>
      at(body, "data")
        .flatMap((data) => Object.entries(data as object))
        .filter(([, text]) =>
          String(text)
            .split("\n")
            .some((line) => secretKind(line) !== undefined),
        )
        .map(([key]) => key),
    ),
  },
  {
    id: "DEC-24/secret-write-only",
    sentence: "Values of Secrets are written and never kept in state.",
    foreign: ["CIS-EKS 4.4.2"],
    types: ["kubernetes_secret_v1"],
    ...all(
      absent("data"),
      absent("binary_data"),
      check("data_wo", ({ body }) =>
        at(body, "data_wo")
          .flatMap((data) => Object.values(data as object))
          .every((value) => /ephemeral\./.test(String(value))),
      ),
      present("data_wo_revision"),
    ),
  },
  {
    id: "VR-09/closed-endpoints",
    sentence: "Wave's endpoints for operators are closed, all but health.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check("data.config.yml.endpoints", (subject) =>
      configs(subject)
        .flatMap((config) =>
          Object.entries((first(config, "endpoints") ?? {}) as object),
        )
        .filter(
          ([name, settings]) =>
            name !== "health" &&
            !(isObject(settings) && settings.enabled === false),
        )
        .map(([name]) => name),
    ),
  },
  {
    id: "VR-09/all-endpoints",
    sentence: "Each of those endpoints is closed in writing.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check("data.config.yml.endpoints", (subject) =>
      configs(subject)
        .filter((config) => first(config, "endpoints") !== undefined)
        .flatMap((config) =>
          [
            "env",
            "bean",
            "beans",
            "caches",
            "refresh",
            "loggers",
            "info",
            "routes",
            "threaddump",
            "stop",
          ].filter(
            (name) => first(config, `endpoints.${name}.enabled`) !== false,
          ),
        ),
    ),
  },
  {
    id: "CFG-09/no-anonymous",
    sentence: "Wave serves nobody who does not log in.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check("data.config.yml.wave.allowAnonymous", (subject) =>
      configs(subject).every(
        (config) =>
          first(config, "wave") === undefined ||
          first(config, "wave.allowAnonymous") === false,
      ),
    ),
  },
  {
    id: "CFG-09/no-debug",
    sentence: "Wave does not log what it is asked for in full.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check(
      "data.config.yml.wave.debug",
      (subject) =>
        !configs(subject).some((config) => isOn(first(config, "wave.debug"))),
    ),
  },
  {
    id: "CFG-09/public-https",
    sentence:
      "Wave announces itself, and reaches Platform and Redis, through TLS.",
    foreign: ["cdk-nag AEC3"],
    types: ["kubernetes_config_map_v1"],
    ...check(
      [
        "data.config.yml.wave.server.url",
        "data.config.yml.tower.endpoint.url",
        "data.config.yml.redis.uri",
      ],
      (subject) =>
        configs(subject).flatMap((config) =>
          ["wave.server.url", "tower.endpoint.url", "redis.uri"].filter((key) =>
            at(config, key).some(
              (url) => !/^(https|rediss):\/\//.test(String(url)),
            ),
          ),
        ),
    ),
  },
  {
    id: "CFG-09/scan",
    sentence: "Wave scans what it builds.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check("data.config.yml.wave.scan.enabled", (subject) =>
      configs(subject).every(
        (config) =>
          first(config, "wave.scan") === undefined ||
          first(config, "wave.scan.enabled") === true,
      ),
    ),
  },
  {
    id: "HARD-15/build-selector",
    sentence: "Builds run on nodes of their own, in a namespace of their own.",
    foreign: [],
    types: ["kubernetes_config_map_v1"],
    ...check(
      [
        "data.config.yml.wave.build.k8s.nodeSelector",
        "data.config.yml.wave.build.k8s.namespace",
      ],
      (subject, graph) =>
        configs(subject).every(
          (config) =>
            first(config, "wave.build.k8s") === undefined ||
            (at(config, "wave.build.k8s.nodeSelector")
              .flatMap((selector) => Object.values(selector as object))
              .every((label) => isNodeLabel(String(label), graph)) &&
              first(config, "wave.build.k8s.nodeSelector") !== undefined &&
              first(config, "wave.build.k8s.namespace") !==
                namespaceOf(subject)),
        ),
    ),
  },
  {
    id: "SEC-G3/chart-namespace",
    sentence:
      "A chart goes into a namespace that exists, in a version that is fixed.",
    foreign: [],
    types: ["helm_release"],
    ...all(
      check("create_namespace", ({ body }) => body.create_namespace !== true),
      check(
        ["version", "chart"],
        ({ body }) =>
          body.version !== undefined || String(body.chart).startsWith("./"),
      ),
    ),
  },
  {
    id: "SEC-G23/driver-tls",
    sentence: "The EFS driver mounts through TLS, and deletes no data.",
    foreign: [],
    types: ["helm_release"],
    ...check(
      "values.controller.deleteAccessPointRootDir",
      ({ body }) =>
        body.chart !== "aws-efs-csi-driver" ||
        at(body, "values").every(
          (text) =>
            first(documentOf(text), "controller.deleteAccessPointRootDir") ===
            false,
        ),
    ),
  },
  {
    id: "SEC-G5/no-service-webhook",
    sentence:
      "A stopped controller blocks no Service; its webhook keeps its certificate.",
    foreign: [],
    types: ["helm_release"],
    ...check(
      ["values.enableServiceMutatorWebhook", "values.keepTLSSecret"],
      ({ body }) =>
        body.chart !== "aws-load-balancer-controller" ||
        at(body, "values").every(
          (text) =>
            first(documentOf(text), "enableServiceMutatorWebhook") === false &&
            first(documentOf(text), "keepTLSSecret") === true,
        ),
    ),
  },
  {
    id: "SEC-G8/wait",
    sentence: "Who comes after a chart waits until it runs.",
    foreign: [],
    types: ["helm_release"],
    ...check(
      "wait",
      ({ body }) => body.repository === undefined || body.wait === true,
    ),
  },
  {
    id: "SEC-G3/https-repository",
    sentence: "Charts are fetched through TLS.",
    foreign: [],
    types: ["helm_release"],
    ...check(
      "repository",
      ({ body }) =>
        body.repository === undefined ||
        /^(https|oci):\/\//.test(String(body.repository)),
    ),
  },
];

function role(
  id: string,
  sentence: string,
  foreign: readonly string[],
  breaks: (rule: unknown) => boolean,
): Rule {
  return {
    id,
    sentence,
    foreign,
    types: ROLES,
    ...check("rule", ({ body }) =>
      at(body, "rule").every((one) => !breaks(one)),
    ),
  };
}

/** Whether a rule gives some verbs, or any, on a resource. */
function grants(
  rule: unknown,
  resource: string,
  ...verbs: readonly string[]
): boolean {
  const given = at(rule, "verbs").map(String);
  return (
    at(rule, "resources").some((one) => one === resource || one === "*") &&
    (verbs.length === 0 ||
      verbs.some((verb) => given.includes(verb) || given.includes("*")))
  );
}

function level({ body }: Subject, mode: string): string {
  const labels = first(body, "metadata.labels");
  return String(isObject(labels) ? labels[PSA + mode] : "");
}

const isAccount = (one: unknown, graph: Graph): boolean =>
  ofType(graph, "kubernetes_service_account_v1").some(
    (account) =>
      nameOf(account) === first(one, "name") &&
      namespaceOf(account) === first(one, "namespace"),
  );

const isBounded = (hard: unknown, name: string): boolean =>
  isObject(hard) && hard[name] !== undefined;

/** Every document of a ConfigMap. */
const configs = ({ body }: Subject): unknown[] =>
  at(body, "data")
    .flatMap((data) => Object.entries(data as object))
    .filter(([name]) => /\.ya?ml$/.test(name))
    .map(([, text]) => documentOf(text));

function isNodeLabel(selector: string, graph: Graph): boolean {
  const [key = "", value] = selector.split("=");
  const groups = ofType(graph, "aws_eks_node_group")
    .map(({ body }) => first(body, "labels"))
    .filter((labels) => isObject(labels) && labels[key] === value);
  return groups.length === 1;
}
