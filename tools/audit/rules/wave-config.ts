import { waveConfigs } from "../exposures";
import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { at, first, isObject, isOn, textsAt } from "../reading";
import { SERVER_TYPES, nameOf, namespaceOf } from "../pods";
import { type WrittenRule, check } from "../rule";

const OPERATORS_ENDPOINTS = [
  ...[
    "env",
    "bean",
    "beans",
    "caches",
    "refresh",
    "loggers",
    "info",
    "metrics",
  ],
  ...["routes", "threaddump", "stop"],
];

/** The key of the classic line, and that of the current one. */
const CLEANUP_KEYS = ["wave.build.cleanup", "wave.cleanup.strategy"] as const;

const isCleanup = (value: unknown): boolean =>
  /^(true|onsuccess|always)$/i.test(String(value));

const ECR_REPOSITORY =
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/\S+$/;

/** Wave's `config.yml`, where a ConfigMap holds one. Findings name the key. */
export const waveConfigRules: readonly WrittenRule[] = [
  config(
    "wave-config/closed-endpoints",
    "Wave's endpoints for operators are closed in writing.",
    ["endpoints.*.enabled"],
    (one) =>
      OPERATORS_ENDPOINTS.filter(
        (name) => first(one, `endpoints.${name}.enabled`) !== false,
      ),
  ),
  config(
    "wave-config/no-other-endpoint",
    "Wave opens no endpoint but health.",
    ["endpoints"],
    (one) =>
      Object.entries(first(one, "endpoints") ?? {})
        .filter(
          ([name, settings]) =>
            name !== "health" &&
            !(isObject(settings) && settings.enabled === false),
        )
        .map(([name]) => name),
  ),
  config(
    "wave-config/no-anonymous",
    "Wave takes no request for a container without a login.",
    ["wave.allowAnonymous"],
    (one) => keysIf(one, "wave.allowAnonymous", (value) => value !== false),
  ),
  config(
    "wave-config/no-anonymous-client",
    "Wave's newer switch for anonymous clients is off too, where it is written.",
    ["wave.capabilities.anonymous-access"],
    (one) => keysIf(one, "wave.capabilities.anonymous-access", isOn),
  ),
  config(
    "wave-config/tls",
    "Wave reaches its database through TLS.",
    ["wave.db.uri"],
    (one) =>
      ["wave.db.uri"].filter((key) =>
        textsAt(one, key).some(
          (uri) => !/[?&]sslmode=(require|verify-ca|verify-full)\b/.test(uri),
        ),
      ),
  ),
  config(
    "wave-config/registry-by-role",
    "Wave logs in to ECR with a role, or with a key that comes from a Secret.",
    ["wave.registries.*.username"],
    (one, { stack }, graph) =>
      at(one, "wave.registries")
        .flatMap((hosts) => Object.entries(hosts as object))
        .filter(
          ([host, login]) =>
            /\.dkr\.ecr\./.test(host) &&
            at(login, "username").some(
              (user) =>
                !/^\$\$\{\w+:?\}$/.test(String(user)) &&
                !targetsOf(graph, stack, user).some(
                  ({ type }) => type === "aws_iam_role",
                ),
            ),
        )
        .map(([host]) => host),
  ),
  config(
    "wave-config/no-debug",
    "Wave does not log what it is asked in full.",
    ["wave.debug"],
    (one) => keysIf(one, "wave.debug", isOn),
  ),
  config(
    "wave-config/redis-tls",
    "Wave announces itself, and reaches Platform and Redis, through TLS.",
    ["wave.server.url", "tower.endpoint.url", "redis.uri"],
    (one) =>
      ["wave.server.url", "tower.endpoint.url", "redis.uri"].filter((key) =>
        at(one, key).some((url) => !/^(https|rediss):\/\//.test(String(url))),
      ),
  ),
  config(
    "wave-config/scan",
    "Wave scans what it builds.",
    ["wave.scan.enabled"],
    (one) => keysIf(one, "wave.scan.enabled", (value) => value !== true),
    builds,
  ),
  config(
    "wave-config/cleanup",
    "Wave is told to remove the job of a build that succeeded.",
    ["wave.build.cleanup", "wave.cleanup.strategy"],
    (one) =>
      CLEANUP_KEYS.some((key) => isCleanup(first(one, key)))
        ? []
        : [...CLEANUP_KEYS],
    builds,
  ),
  config(
    "wave-config/build-namespace",
    "Builds run in a namespace of their own, under an account of it.",
    ["wave.build.k8s.namespace", "wave.build.k8s.serviceAccount"],
    (one, subject, graph) => {
      const namespace = first(one, "wave.build.k8s.namespace");
      const account = first(one, "wave.build.k8s.serviceAccount");
      const known = ofType(graph, "kubernetes_service_account_v1").some(
        (own) => nameOf(own) === account && namespaceOf(own) === namespace,
      );
      return [
        ...(namespace === undefined || namespace === namespaceOf(subject)
          ? ["wave.build.k8s.namespace"]
          : []),
        ...(known ? [] : ["wave.build.k8s.serviceAccount"]),
      ];
    },
    builds,
  ),
  config(
    "wave-config/build-nodes",
    "Builds run on nodes of their own.",
    ["wave.build.k8s.nodeSelector"],
    (one, _subject, graph) => {
      const selectors = at(one, "wave.build.k8s.nodeSelector").flatMap(
        (selector) => Object.values(selector as object).map(String),
      );
      return selectors.length > 0 &&
        selectors.every((label) => isNodeLabel(label, graph))
        ? []
        : ["wave.build.k8s.nodeSelector"];
    },
    builds,
  ),
  config(
    "wave-config/own-registry",
    "Images go to ECR: to repositories that these rules judge, or that the settings name.",
    ["wave.build.repo", "wave.build.cache"],
    (one, { stack }, graph) =>
      ["wave.build.repo", "wave.build.cache"].filter((key) =>
        at(one, key).some(
          (url) =>
            targetsOf(graph, stack, url).length === 0 &&
            !ECR_REPOSITORY.test(String(url)) &&
            !/^s3:\/\//.test(String(url)),
        ),
      ),
  ),
  config(
    "wave-config/own-bucket",
    "Build logs go to a bucket that these rules judge.",
    ["wave.build.logs.bucket"],
    (one, { stack }, graph) =>
      ["wave.build.logs.bucket"].filter((key) =>
        at(one, key).some(
          (name) =>
            !targetsOf(graph, stack, name).some(({ type }) =>
              type.startsWith("aws_s3_bucket"),
            ),
        ),
      ),
  ),
];

function config(
  id: string,
  sentence: string,
  keys: readonly string[],
  breaks: (config: unknown, subject: Subject, graph: Graph) => string[],
  about: (config: unknown) => boolean = () => true,
): WrittenRule {
  return {
    id,
    sentence,
    types: ["kubernetes_config_map_v1"],
    about: (subject) => waveConfigs(subject).some(about),
    ...check(
      keys.map((key) => `config.yml: ${key}`),
      (subject, graph) =>
        waveConfigs(subject).flatMap((one) => breaks(one, subject, graph)),
    ),
  };
}

function builds(one: unknown): boolean {
  return first(one, "wave.build") !== undefined;
}

const keysIf = (
  one: unknown,
  key: string,
  breaks: (value: unknown) => boolean,
): string[] => (breaks(first(one, key)) ? [key] : []);

/**
 * Whether `key=value` is the label of one node group, and of no other. Nobody knows the nodes of a cluster that is not made here:
 * there it is enough that no server of ours chooses it.
 */
function isNodeLabel(selector: string, graph: Graph): boolean {
  const [key = "", value] = selector.split("=");
  if (ofType(graph, "aws_eks_cluster").length === 0)
    return ofType(graph, ...SERVER_TYPES).every(
      ({ body }) =>
        !at(body, "spec.template.spec.node_selector").some(
          (chosen) => isObject(chosen) && chosen[key] === value,
        ),
    );
  const labels = ofType(graph, "aws_eks_node_group").map(({ body }) =>
    first(body, "labels"),
  );
  return (
    labels.filter((one) => isObject(one) && one[key] === value).length === 1
  );
}
