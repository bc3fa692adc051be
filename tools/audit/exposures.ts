import { ROLE_ANNOTATION } from "../../modules/aws/iam/role-trust";
import {
  type Graph,
  type Json,
  type Subject,
  ofType,
  targetsOf,
} from "./graph";
import { addressHops } from "./hops";
import { balancedServices, balancerSetting } from "./ingress";
import { POD_TYPES, containersOf, nameOf, namespaceOf } from "./pods";
import { at, documentOf, first, isObject, isOn, textsAt } from "./reading";

/** Something that no scanner reports, in words that stay the same from one synth to the next. */
export interface Exposure {
  /** `hop`: traffic without TLS, or without a check of the certificate. `open`: who may ask. `code`: whose code runs. */
  readonly kind: "hop" | "open" | "code" | "image";
  readonly what: string;
}

/** All exposures of an environment: from the JSON, the `config.yml` in it and the charts' values. */
export function exposuresOf(graph: Graph): Exposure[] {
  const named = (kind: Exposure["kind"], texts: readonly string[]) =>
    [...new Set(texts)].map((what) => ({ kind, what }));
  return [
    ...named("hop", [
      ...balancerHops(graph),
      ...addressHops(graph),
      ...policyHops(graph),
      ...storeHops(graph),
      ...probeHops(graph),
    ]),
    ...named("open", [
      ...openPaths(graph),
      ...configOpenings(graph),
      ...unboundRoles(graph),
    ]),
    ...named("code", [
      ...foreignCode(graph),
      ...foreignNodes(graph),
      ...chartCode(graph),
    ]),
    ...named("image", imagesOf(graph)),
  ];
}

/** From the load balancer to pods: plain HTTP unless the Ingress says otherwise. */
function balancerHops(graph: Graph): string[] {
  return ofType(graph, "kubernetes_ingress_v1").flatMap((ingress) =>
    balancerSetting(graph, ingress, "backend-protocol") === "HTTPS"
      ? []
      : balancedServices(graph, ingress).map(
          ({ name }) =>
            `load balancer to ${namespaceOf(ingress)}/${name}: http`,
        ),
  );
}

/** What network policies let out to the internet without TLS, and names without it. */
function policyHops(graph: Graph): string[] {
  return ofType(graph, "kubernetes_network_policy_v1").flatMap((policy) =>
    at(policy.body, "spec.egress").flatMap((rule) =>
      at(rule, "ports.port")
        .filter((port) => port === "80" || port === "53")
        .map(
          (port) =>
            `${namespaceOf(policy)}/${nameOf(policy)} to ${port === "53" ? "cluster DNS: dns" : "internet: http"}`,
        ),
    ),
  );
}

/** Stores that the JSON does not prove to speak TLS. */
function storeHops(graph: Graph): string[] {
  const proven = (subject: Subject): boolean => {
    if (subject.type === "aws_elasticache_replication_group")
      return subject.body.transit_encryption_mode === "required";
    if (subject.type === "aws_db_instance")
      return targetsOf(graph, subject.stack, subject.body.parameter_group_name)
        .flatMap(({ body }) => at(body, "parameter"))
        .some(
          (one) =>
            first(one, "name") === "rds.force_ssl" &&
            first(one, "value") === "1",
        );
    return ofType(graph, "aws_efs_file_system_policy").some(({ body }) =>
      String(body.policy).includes('"aws:SecureTransport":"false"'),
    );
  };
  return ofType(
    graph,
    "aws_elasticache_replication_group",
    "aws_db_instance",
    "aws_efs_file_system",
  )
    .filter((store) => !proven(store))
    .map(({ type }) => `pods to ${type}: TLS not required`);
}

/** Kubelets ask pods over HTTP. */
function probeHops(graph: Graph): string[] {
  return ofType(graph, ...POD_TYPES).flatMap((pod) =>
    containersOf(pod)
      .filter((one) =>
        ["liveness_probe", "readiness_probe", "startup_probe"].some(
          (probe) =>
            at(one, `${probe}.http_get`).length > 0 &&
            first(one, `${probe}.http_get.scheme`) !== "HTTPS",
        ),
      )
      .map(() => `kubelet to ${namespaceOf(pod)}/${nameOf(pod)}: http`),
  );
}

/** Paths that anybody on the internet may ask. */
function openPaths(graph: Graph): string[] {
  return ofType(graph, "kubernetes_ingress_v1").flatMap((ingress) => {
    const isPublic =
      balancerSetting(graph, ingress, "scheme") === "internet-facing";
    const limited =
      balancerSetting(graph, ingress, "inbound-cidrs") !== undefined;
    const guarded = ![undefined, "none"].includes(
      balancerSetting(graph, ingress, "wafv2-acl-arn"),
    );
    const where = `${namespaceOf(ingress)}/${nameOf(ingress)}`;
    return [
      ...(isPublic && !limited ? [`${where}: any address may connect`] : []),
      ...(isPublic && !guarded ? [`${where}: no web ACL`] : []),
      ...(balancerSetting(graph, ingress, "group.name") !== undefined
        ? [`${where}: shares its load balancer`]
        : []),
    ];
  });
}

/** What `config.yml` leaves open. */
function configOpenings(graph: Graph): string[] {
  return ofType(graph, "kubernetes_config_map_v1").flatMap((map) =>
    waveConfigs(map).flatMap((config) => {
      const endpoints = Object.entries(first(config, "endpoints") ?? {});
      return [
        ...endpoints
          .filter(([, settings]) => isOn(first(settings, "enabled")))
          .map(([name]) => `endpoint /${name} needs no login`),
        // The current line protects itself unless told otherwise; the classic one cannot.
        ...(lineOf(config) === "classic" ||
        first(config, "wave.security.ssrf-protection") === false
          ? ["POST /validate-creds connects to any registry"]
          : []),
        // In every release: Wave asks for a login where a container is asked for, and nowhere else (wave-paths.ts).
        "pages and records of Wave need no login",
        "pulls and inspections connect to any registry",
        ...(first(config, "wave.allowAnonymous") === true
          ? ["requests without a login are served"]
          : []),
        ...at(config, "wave.registries")
          .flatMap((hosts) => Object.keys(hosts as object))
          .map(
            (host) =>
              `anybody asks with Wave's login of ${host.includes(".dkr.ecr.") ? "the ECR registry" : host}`,
          ),
      ];
    }),
  );
}

/** One line for all roles: who may write their policies gives them any right of the account. */
const unboundRoles = (graph: Graph): string[] =>
  ofType(graph, "aws_iam_role").some(
    ({ body }) => (body.permissions_boundary ?? "") === "",
  )
    ? ["roles without a permissions boundary"]
    : [];

/** Whose code runs in namespaces that are not restricted, and with which role. */
function foreignCode(graph: Graph): string[] {
  return ofType(graph, "kubernetes_namespace_v1")
    .filter((namespace) => level(namespace) !== "restricted")
    .flatMap((namespace) => [
      `namespace ${nameOf(namespace)}${platformOf(namespace)} takes ${level(namespace)} pods`,
      ...ofType(graph, "kubernetes_service_account_v1")
        .filter(
          (account) =>
            namespaceOf(account) === nameOf(namespace) &&
            at(account.body, "metadata.annotations").some(
              (notes) => isObject(notes) && ROLE_ANNOTATION in notes,
            ),
        )
        .map(
          (account) =>
            `pods of ${namespaceOf(account)}/${nameOf(account)} hold an AWS role`,
        ),
    ]);
}

/** Whose namespace it is: ` of delivery`. Names are the operator's to choose. */
function platformOf({ body }: Subject): string {
  const labels = first(body, "metadata.labels");
  const platform = isObject(labels) && labels["app.kubernetes.io/part-of"];
  return typeof platform === "string" ? ` of ${platform}` : "";
}

/** Builds on nodes that no resource makes, and so without a security group that parts them from stores and other nodes. */
function foreignNodes(graph: Graph): string[] {
  const labels = ofType(graph, "aws_eks_node_group").map(({ body }) =>
    first(body, "labels"),
  );
  const isOurs = (selector: string): boolean => {
    const [key = "", value] = selector.split("=");
    return labels.some((one) => isObject(one) && one[key] === value);
  };
  const selectors = configsOf(graph)
    .flatMap((config) => at(config, "wave.build.k8s.nodeSelector"))
    .flatMap((one) => (isObject(one) ? Object.values(one).map(String) : []));
  return selectors.every(isOurs) ? [] : ["builds on nodes of somebody else"];
}

/** Pods that charts make, and add-ons with a role: no rule looks into either. */
function chartCode(graph: Graph): string[] {
  return [
    ...ofType(graph, "helm_release").map(
      ({ body }) =>
        `chart ${String(body.chart).startsWith("./") ? String(body.name) : String(body.chart)}`,
    ),
    ...ofType(graph, "aws_eks_addon")
      .filter(({ body }) => body.service_account_role_arn !== undefined)
      .map(({ body }) => `EKS add-on ${String(body.addon_name)}`),
  ];
}

/** Images by repository: of our pods, of charts where their values name one or leave it to them, and of `config.yml`. */
function imagesOf(graph: Graph): string[] {
  const ofPods = ofType(graph, ...POD_TYPES).flatMap((pod) =>
    containersOf(pod).flatMap((one) => at(one, "image")),
  );
  const ofCharts = ofType(graph, "helm_release").flatMap(({ body }) =>
    at(body, "values").flatMap((text) => [
      ...imagesIn(documentOf(text)),
      ...(leavesImages(documentOf(text))
        ? [`those that chart ${String(body.chart)} names`]
        : []),
    ]),
  );
  const ofConfig = configsOf(graph).flatMap(imagesIn);
  const chosenByWave = configsOf(graph).some(
    (config) => first(config, "wave.build") !== undefined,
  );
  const images = [...ofPods, ...ofCharts, ...ofConfig].map((image) =>
    String(image)
      .replace(/@sha256:.*$/, "")
      .replace(/:[^:/]*$/, ""),
  );
  return chosenByWave ? [...images, "builders that Wave chooses"] : images;
}

/** Values of keys that name an image: `image`, `kaniko-image`, `repository`. */
function imagesIn(node: unknown): string[] {
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string"
      ? /^(.*-)?image$|Image$/i.test(key) ||
        (key === "repository" && /\//.test(value))
        ? [value]
        : []
      : imagesIn(value),
  );
}

/** Whether an image is left to the chart: `image: {}`, or a tag alone. */
const leavesImages = (node: unknown): boolean =>
  isObject(node) &&
  Object.entries(node).some(([key, value]) =>
    /image$/i.test(key) && isObject(value)
      ? imagesIn(value).length === 0
      : leavesImages(value),
  );

/** Documents of a ConfigMap that configure Wave. */
export const waveConfigs = (map: Subject): unknown[] =>
  at(map.body, "data")
    .flatMap((data) => Object.values(data as Json))
    .map(documentOf)
    .filter((config) => first(config, "wave") !== undefined);

/** Every such document of an environment. */
export const configsOf = (graph: Graph): unknown[] =>
  ofType(graph, "kubernetes_config_map_v1").flatMap(waveConfigs);

/** The line whose configuration it is: SurrealDB is of the classic one alone. */
export const lineOf = (config: unknown): "classic" | "current" =>
  first(config, "surreal") === undefined ? "current" : "classic";

/** Namespaces in which Wave runs what users write. */
export const buildNamespaces = (graph: Graph): string[] =>
  configsOf(graph)
    .flatMap((config) => at(config, "wave.build.k8s.namespace"))
    .map(String);

/** Accounts of the pods that Wave runs it in: `namespace/name`. */
export const buildAccounts = (graph: Graph): string[] =>
  configsOf(graph).flatMap((config) =>
    at(config, "wave.build.k8s").map((k8s) =>
      [...textsAt(k8s, "namespace"), ...textsAt(k8s, "serviceAccount")].join(
        "/",
      ),
    ),
  );

/** What Pod Security enforces in a namespace, warns of or writes down; `any` where nothing is. */
export function level({ body }: Subject, mode = "enforce"): string {
  const labels = first(body, "metadata.labels");
  const told = isObject(labels)
    ? labels[`pod-security.kubernetes.io/${mode}`]
    : undefined;
  return typeof told === "string" ? told : "any";
}
