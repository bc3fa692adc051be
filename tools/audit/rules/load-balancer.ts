import { WAVE } from "../../../modules/wave/objects/kubernetes-names";
import { type Graph, type Subject, targetsOf, writtenAs } from "../graph";
import { balancerSetting } from "../ingress";
import { at, documentOf, first, isOn } from "../reading";
import { type WrittenRule, check } from "../rule";

const BALANCER = ["aws_lb", "aws_alb"];
const LISTENER = ["aws_lb_listener", "aws_alb_listener"];
const INGRESS = "kubernetes_ingress_v1";

const STRONG = /^ELBSecurityPolicy-(TLS13-1-[23]|FS-1-2-Res)/;

/**
 * Load balancers: of Terraform, and those that the controller makes from an Ingress, which no scanner sees.
 */
export const loadBalancerRules: readonly WrittenRule[] = [
  both(
    "load-balancer/access-log",
    "The load balancer logs who asks for what.",
    ["CKV_AWS_91"],
    [...BALANCER],
    "access_logs.enabled",
    "access_logs.s3.enabled",
  ),
  both(
    "load-balancer/header-fields",
    "The load balancer drops malformed header fields.",
    ["CKV_AWS_131", "AWS-0052"],
    [...BALANCER],
    "drop_invalid_header_fields",
    "routing.http.drop_invalid_header_fields.enabled",
  ),
  {
    id: "load-balancer/internal",
    sentence: "A load balancer of Terraform is internal.",
    externalIds: ["AWS-0053"],
    types: BALANCER,
    ...check("internal", ({ body }) => isOn(body.internal)),
  },
  {
    id: "load-balancer/https",
    sentence: "Clients speak HTTPS; plain HTTP only leads there.",
    externalIds: ["CKV_AWS_2", "AWS-0054", "CIS-EKS 5.4.5"],
    types: [...LISTENER, INGRESS],
    ...check(["protocol", "listen-ports"], (subject, graph) =>
      subject.type === INGRESS
        ? listens(graph, subject, "HTTPS") &&
          balancerSetting(graph, subject, "certificate-arn") !== undefined
        : subject.body.protocol === "HTTPS" || redirects(subject),
    ),
  },
  {
    id: "load-balancer/redirect",
    sentence: "Plain HTTP is redirected to HTTPS.",
    externalIds: ["CKV2_AWS_20"],
    types: [...LISTENER, INGRESS],
    ...check(["default_action.type", "ssl-redirect"], (subject, graph) =>
      subject.type === INGRESS
        ? !listens(graph, subject, "HTTP") ||
          balancerSetting(graph, subject, "ssl-redirect") === "443"
        : subject.body.protocol !== "HTTP" || redirects(subject),
    ),
  },
  {
    id: "load-balancer/tls-policy",
    sentence:
      "TLS 1.2 is the oldest that a client may speak, and TLS 1.3 is offered.",
    externalIds: ["CKV_AWS_103", "CKV2_AWS_74", "AWS-0047"],
    types: [...LISTENER, INGRESS],
    about: ({ type, body }) => type === INGRESS || body.protocol === "HTTPS",
    ...check(["ssl_policy", "ssl-policy"], (subject, graph) =>
      STRONG.test(
        String(
          subject.type === INGRESS
            ? balancerSetting(graph, subject, "ssl-policy")
            : subject.body.ssl_policy,
        ),
      ),
    ),
  },
  {
    id: "load-balancer/pod-targets",
    sentence: "The load balancer speaks to pods, not to ports of nodes.",
    types: [INGRESS],
    ...check(
      "target-type",
      (subject, graph) =>
        balancerSetting(graph, subject, "target-type") === "ip",
    ),
  },
  {
    id: "load-balancer/own-balancer",
    sentence: "No other Ingress joins the load balancer.",
    types: [INGRESS],
    ...check(
      "group.name",
      (subject, graph) =>
        balancerSetting(graph, subject, "group.name") === undefined,
    ),
  },
  {
    id: "load-balancer/certificate",
    sentence:
      "The certificate is the one that these rules judge, or one that the settings name.",
    types: [INGRESS],
    ...check(
      "certificate-arn",
      (subject, graph) =>
        /^arn:aws[\w-]*:acm:/.test(
          writtenAs(graph, balancerSetting(graph, subject, "certificate-arn")),
        ) ||
        targetsOf(
          graph,
          subject.stack,
          balancerSetting(graph, subject, "certificate-arn"),
        ).some(({ type }) => type.startsWith("aws_acm_certificate")),
    ),
  },
  {
    id: "load-balancer/closed-paths",
    sentence:
      "Wave's paths of metrics answer 404 before the path to Wave is asked.",
    types: [INGRESS],
    about: (subject) =>
      at(subject.body, "spec.rule.http.path.backend.service.name").includes(
        WAVE,
      ),
    ...check("spec.rule.http.path", (subject, graph) => {
      const paths = at(subject.body, "spec.rule").flatMap((rule) =>
        pathsOf(graph, subject, rule),
      );
      const isClosed = (path: string): boolean =>
        paths.some((one) => one.path === path && one.answer === "404");
      return (
        ["/prometheus", "/metrics"].every(isClosed) &&
        paths.at(-1)?.path === "/"
      );
    }),
  },
  {
    id: "load-balancer/one-host",
    sentence: "Only requests for the one host name reach the service.",
    types: [INGRESS],
    ...check(
      "spec.rule.host",
      (subject, graph) =>
        at(subject.body, "spec.rule").length > 0 &&
        at(subject.body, "spec.rule").every(
          (rule) =>
            answersAll(pathsOf(graph, subject, rule)) ||
            /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(String(first(rule, "host"))),
        ),
    ),
  },
  {
    id: "load-balancer/waited-for",
    sentence:
      "Terraform waits for the load balancer, and on removal for its end.",
    types: [INGRESS],
    ...check("wait_for_load_balancer", ({ body }) =>
      isOn(body.wait_for_load_balancer),
    ),
  },
  {
    id: "load-balancer/cluster-ip",
    sentence: "No service opens a port outside the cluster.",
    types: ["kubernetes_service_v1"],
    ...check(
      ["spec.type", "spec.external_ips"],
      ({ body }) =>
        first(body, "spec.type") === "ClusterIP" &&
        at(body, "spec.external_ips").length === 0,
    ),
  },
];

/** One rule for an attribute of a balancer and for the same attribute in an annotation. */
function both(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  types: readonly string[],
  path: string,
  attribute: string,
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: [...types, INGRESS],
    ...check([path, attribute], (subject, graph) =>
      subject.type === INGRESS
        ? attributes(graph, subject).get(attribute) === "true"
        : isOn(first(subject.body, path)),
    ),
  };
}

/** `load-balancer-attributes` as pairs. */
function attributes(graph: Graph, subject: Subject): Map<string, string> {
  const text = String(
    balancerSetting(graph, subject, "load-balancer-attributes"),
  );
  return new Map(
    text.split(",").map((pair) => {
      const [key = "", ...value] = pair.split("=");
      return [key, value.join("=")] as const;
    }),
  );
}

const listens = (graph: Graph, subject: Subject, protocol: string): boolean =>
  at(documentOf(balancerSetting(graph, subject, "listen-ports")), protocol)
    .length > 0;

const redirects = ({ body }: Subject): boolean =>
  first(body, "default_action.type") === "redirect" &&
  first(body, "default_action.redirect.protocol") === "HTTPS";

/** The status of a fixed answer. */
const answers = (graph: Graph, subject: Subject, action: string): unknown =>
  first(
    documentOf(balancerSetting(graph, subject, `actions.${action}`)),
    "fixedResponseConfig.statusCode",
  );

/** Whether no path leads to a service: the load balancer itself answers. */
const answersAll = (paths: readonly { readonly answer: unknown }[]): boolean =>
  paths.length > 0 && paths.every(({ answer }) => answer !== undefined);

/** Paths of a rule, patterns without their `*`, with the status that answers instead of a service. */
const pathsOf = (graph: Graph, subject: Subject, rule: unknown) =>
  at(rule, "http.path").map((one) => ({
    path: String(first(one, "path")).replace(/\*$/, ""),
    answer: answers(graph, subject, String(first(one, "backend.service.name"))),
  }));
