import { configsOf, lineOf } from "../exposures";
import { type Graph, type Subject, ofType } from "../graph";
import { balancerSetting } from "../ingress";
import { SERVER_TYPES, containersOf, nameOf, variableOf } from "../pods";
import { at, documentOf, first, isOn, textsAt } from "../reading";
import { LIMITS, WAVE_PATHS, type WavePath } from "../wave-paths";
import { callersOf } from "./network-ingress";
import { textOf } from "./shown";
import { type Table, distinct, lines } from "./table";

const NOBODY = "nobody: the load balancer answers 404";
/** Name of Wave's Service. */
const WAVE = "wave";
const WITH = "with a login";

/** What strangers reach, and what answers them without a login. */
export function openTable(graph: Graph): Table {
  const rows = [
    ...ofType(graph, "kubernetes_ingress_v1").flatMap((ingress) => [
      doorRow(graph, ingress),
      ...pathRows(graph, ingress),
    ]),
    ...endpointRows(graph),
  ];
  const open = rows.filter(
    ([path, , , login, who]) =>
      login === "none" && who !== NOBODY && path !== HEALTH,
  );
  const doors = new Set(
    ofType(graph, "kubernetes_ingress_v1").map((one) =>
      lines(callersOf(graph, one)),
    ),
  );
  const isAnywhere = (who = "") => /(^|\n)0\.0\.0\.0\/0/.test(who);
  return {
    id: "open",
    title: "Open without a login",
    note: "Load balancers, ranges and endpoints are derived from the JSON. What Wave does at a path is a fact of its sources, read at v1.3.3, v1.7.9 and v1.37.0 (tools/audit/wave-paths.ts), but for /pairing at v1.37.0, which is that of v1.7.9: since then a library answers it; no Wave was asked here. What Prefect and services of others answer is not listed.",
    columns: [
      "Path",
      "Method",
      "Shows or does",
      "Login",
      "Reached from",
      "Has to know",
      "Where",
    ],
    rows,
    summary: [
      ...ofType(graph, "kubernetes_ingress_v1").map((one) =>
        doorText(graph, one),
      ),
      configsOf(graph).length === 0
        ? "Wave does not run here."
        : open.length === 0
          ? "No path of Wave answers without a login."
          : `Wave answers without a login at ${open.map(([path, method, , , who]) => `${method} ${path}${doors.has(who ?? "") ? "" : ` (from ${who} alone)`}`).join(", ")}.`,
      ...restSentences(graph),
      ...publicClusters(graph).map(
        ({ ranges }) =>
          `The Kubernetes API answers ${ranges.replaceAll("\n", ", ")}, with a token: of IAM, or of a service account; ${HEALTH} without one.`,
      ),
    ],
    look: [
      ...ofType(graph, "kubernetes_ingress_v1")
        .filter((one) => isAnywhere(lines(callersOf(graph, one))))
        .map((one) => doorText(graph, one)),
      ...(open.some(([path]) => path === PROXY) ? ownLogins(graph) : []).map(
        (host) =>
          `Whoever reaches Wave pulls what its own login to ${host} reads, without a login of his own (GET ${PROXY}).`,
      ),
      ...configsOf(graph)
        .filter((config) => first(config, "wave.allowAnonymous") === true)
        .map(
          () =>
            "Requests for images are served without a login (wave.allowAnonymous).",
        ),
    ],
  };
}

/** What Kubernetes shows to everybody; EKS lets nobody else in without a login from 1.32 on ("Kubernetes versions", EKS user guide). */
const HEALTH = "/healthz, /livez, /readyz";

/** What a rule for every path means. */
const restSentences = (graph: Graph): string[] =>
  ofType(graph, "kubernetes_ingress_v1").flatMap((ingress) =>
    at(ingress.body, "spec.rule.http.path").some(
      (rule) =>
        first(rule, "path") === "/" &&
        first(rule, "path_type") === "Prefix" &&
        first(rule, "backend.service.name") === WAVE,
    )
      ? [
          `Every other path of ${textsAt(ingress.body, "spec.rule.host").join(", ")} goes to Wave too: style sheets, pictures and robots.txt, and what another release than those that were read may have.`,
        ]
      : [],
  );

const PROXY = "/v2/<registry>/<image>";

const ownLogins = (graph: Graph): string[] =>
  distinct(
    configsOf(graph)
      .flatMap((config) => at(config, "wave.registries"))
      .flatMap((hosts) => Object.keys(hosts as object)),
  );

/** A load balancer: scheme, ranges, firewall. */
function doorText(graph: Graph, ingress: Subject): string {
  const acl = balancerSetting(graph, ingress, "wafv2-acl-arn") ?? "none";
  return `The load balancer of ${nameOf(ingress)} is ${balancerSetting(graph, ingress, "scheme") ?? "internal"}, for ${callersOf(graph, ingress).join(", ")}, with ${acl === "none" ? "no web ACL" : `web ACL ${acl}`}.`;
}

const doorRow = (graph: Graph, ingress: Subject): string[] => [
  textsAt(ingress.body, "spec.rule.host").join(", "),
  "TLS",
  doorText(graph, ingress),
  "as the service behind it says",
  lines(callersOf(graph, ingress)),
  "",
  ingress.path,
];

/** Paths of Wave behind an Ingress that leads to it. */
function pathRows(graph: Graph, ingress: Subject): string[][] {
  const isWaves = at(
    ingress.body,
    "spec.rule.http.path.backend.service.name",
  ).includes(WAVE);
  const [config] = isWaves ? configsOf(graph) : [];
  if (config === undefined) return [];
  const line = lineOf(config);
  const isAnonymous = first(config, "wave.allowAnonymous") === true;
  const logins = ownLogins(graph);
  const limits = ofType(graph, ...SERVER_TYPES)
    .flatMap(containersOf)
    .some((one) =>
      textOf(variableOf(one, "MICRONAUT_ENVIRONMENTS"))
        .split(",")
        .includes("rate-limit"),
    );
  const served = WAVE_PATHS.filter(
    (one) =>
      (one.line ?? line) === line &&
      (one.needs === undefined ||
        ![undefined, false].includes(first(config, one.needs) as never)),
  );
  const endpoints = Object.entries(first(config, "endpoints") ?? {})
    .filter(([, told]) => isOn(first(told, "enabled")))
    .map(([name]): WavePath => ({
      path: `/${name}`,
      method: "GET",
      does:
        name === "health"
          ? "whether Wave is well"
          : `the management endpoint ${name} of Micronaut`,
      login: false,
      limit: "nothing",
    }));
  return [...endpoints, ...served].map((one) => [
    one.path,
    one.method,
    `${one.does}${one.asWave === true && logins.length > 0 ? `, with Wave's own login to ${logins.join(", ")}` : ""}${one.personal === true ? " (personal data)" : ""}`,
    one.login && !(isAnonymous && one.method === "POST") ? WITH : "none",
    lines(reachedFrom(graph, ingress, one.path)),
    one.limit === LIMITS && !limits ? "nothing" : one.limit,
    ingress.path,
  ]);
}

/** Who gets through the rules of the load balancer to a path: the first rule that fits decides. */
function reachedFrom(graph: Graph, ingress: Subject, path: string): string[] {
  const asked = path.replaceAll(/<\w+>/g, "x1");
  const told = (kind: string, name: string): unknown =>
    documentOf(balancerSetting(graph, ingress, `${kind}.${name}`));
  const limited: string[] = [];
  for (const rule of at(ingress.body, "spec.rule.http.path")) {
    const pattern = textOf(first(rule, "path"));
    const prefix = pattern.replace(/\*$/, "");
    const isExact =
      pattern !== "" &&
      pattern === prefix &&
      first(rule, "path_type") !== "Prefix";
    const name = textOf(first(rule, "backend.service.name"));
    const conditions = told("conditions", name);
    const patterns = at(conditions, "path_pattern_config.regexValues").concat(
      at(conditions, "pathPatternConfig.regexValues"),
    );
    if (isExact ? asked !== prefix : !asked.startsWith(prefix)) continue;
    if (
      patterns.length > 0 &&
      !patterns.some((one) => new RegExp(String(one)).test(asked))
    )
      continue;
    if (first(told("actions", name), "type") === "fixed-response")
      return limited.length > 0 ? limited : [NOBODY];
    const ranges = at(conditions, "sourceIpConfig.values").map(String);
    if (ranges.length === 0) return callersOf(graph, ingress);
    limited.push(...ranges);
  }
  return callersOf(graph, ingress);
}

/** Clusters whose API is open to ranges of the internet. */
const publicClusters = (graph: Graph) =>
  ofType(graph, "aws_eks_cluster")
    .filter(
      ({ body }) => first(body, "vpc_config.endpoint_public_access") === true,
    )
    .map(({ body, path }) => ({
      path,
      ranges:
        lines(textsAt(body, "vpc_config.public_access_cidrs")) || "0.0.0.0/0",
    }));

const endpointRows = (graph: Graph): string[][] =>
  publicClusters(graph).flatMap(({ path, ranges }) => [
    [
      "Kubernetes API",
      "TLS",
      "the API; what a principal may do is in tables access and kubernetes-permissions",
      WITH,
      ranges,
      "a token of IAM with an access entry, or of a service account",
      path,
    ],
    [HEALTH, "GET", "whether the API is well", "none", ranges, "nothing", path],
  ]);
