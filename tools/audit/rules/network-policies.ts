import { CREDENTIAL_ENDPOINTS } from "../../../modules/kubernetes/network-policy";
import { contains, isRange } from "../../../modules/lib/ip-range";
import { type Graph, type Subject, ofType } from "../graph";
import { comparedRanges } from "../made-or-read";
import { at, first } from "../reading";
import { nameOf, namespaceOf } from "../pods";
import { type WrittenRule, check, exactly } from "../rule";
import {
  POLICY,
  listeners,
  portOf,
  policiesOf,
  types,
  rulesOf,
  peersOf,
  openBlocks,
  isForAll,
  isNamed,
  isNamedSource,
  isRestricted,
  insideRanges,
  matches,
} from "../network-policies";

/** The cluster, made here or named in the settings. */
const CLUSTERS = ["aws_eks_cluster", "data.aws_eks_cluster"];

/** Who may talk to whom (CIS 4.3.2). */
export const networkPolicyRules: readonly WrittenRule[] = [
  {
    id: "network-policies/default-deny",
    sentence: "In a namespace nothing is let in or out that no policy names.",
    externalIds: ["CIS-EKS 4.3.2"],
    types: ["kubernetes_namespace_v1"],
    ...check("kubernetes_network_policy_v1.spec", (subject, graph) =>
      policiesOf(nameOf(subject), graph).some(
        (policy) =>
          isForAll(policy) &&
          at(policy.body, "spec.ingress").length === 0 &&
          at(policy.body, "spec.egress").length === 0 &&
          types(policy) === "Egress,Ingress",
      ),
    ),
  },
  {
    id: "network-policies/both-ways",
    sentence: "A policy decides what comes in and what goes out.",
    types: POLICY,
    ...exactly("spec.policy_types", "Ingress", "Egress"),
  },
  {
    id: "network-policies/named-ports",
    sentence: "A policy names single ports.",
    types: POLICY,
    ...check(["spec.ingress.ports", "spec.egress.ports"], ({ body }) =>
      rulesOf(body).every(
        (rule) =>
          at(rule, "ports").length > 0 &&
          at(rule, "ports").every(
            (one) =>
              at(one, "port").length === 1 && at(one, "end_port").length === 0,
          ),
      ),
    ),
  },
  {
    id: "network-policies/named-peers",
    sentence: "A policy names its peers: pods by label, or ranges.",
    types: POLICY,
    ...check(["spec.ingress.from", "spec.egress.to"], ({ body }) =>
      rulesOf(body).every(
        (rule) =>
          peersOf(rule).length > 0 &&
          at(rule, "from").every(isNamedSource) &&
          at(rule, "to").every(isNamed),
      ),
    ),
  },
  {
    id: "network-policies/no-metadata",
    sentence:
      "A pod that may reach the internet does not reach the credentials of its node.",
    types: POLICY,
    about: isOpen,
    ...check("spec.egress.to.ip_block.except", ({ body }) =>
      openBlocks(body).every((block) =>
        CREDENTIAL_ENDPOINTS.every((range) =>
          at(block, "except").includes(range),
        ),
      ),
    ),
  },
  {
    id: "network-policies/builds-outside",
    sentence:
      "What the policy of pods that run users' code opens to the internet leaves out the VPC and the addresses of services, the Kubernetes API's among them.",
    types: POLICY,
    about: isOfUsersCode,
    ...check("spec.egress.to.ip_block.except", (subject, graph) =>
      openBlocks(subject.body).every((block) =>
        insideRanges(graph).every((range) =>
          at(block, "except").includes(range),
        ),
      ),
    ),
  },
  {
    id: "network-policies/named-insiders",
    sentence:
      "In a namespace for users' code ranges inside the VPC are opened to pods with a label only.",
    types: POLICY,
    about: isOfUsersCode,
    ...check("spec.egress.to.ip_block.cidr", (subject) =>
      at(subject.body, "spec.egress.to.ip_block.cidr").every(
        (range) => range === "0.0.0.0/0",
      ),
    ),
  },
  {
    id: "network-policies/no-other-open-range",
    sentence:
      "Ranges are the whole internet without the exceptions above, or lie inside the VPC.",
    types: POLICY,
    ...check("spec.egress.to.ip_block.cidr", ({ body }, graph) =>
      at(body, "spec.egress.to.ip_block.cidr")
        .map(String)
        .every(
          (range) =>
            range === "0.0.0.0/0" ||
            (isRange(range) &&
              insideRanges(graph).some((inside) => contains(inside, range))),
        ),
    ),
  },
  {
    id: "network-policies/open-ports",
    sentence: "To the internet pods speak HTTP and HTTPS only.",
    types: POLICY,
    about: isOpen,
    ...check("spec.egress.ports", ({ body }) =>
      at(body, "spec.egress")
        .filter((rule) => at(rule, "to.ip_block.cidr").includes("0.0.0.0/0"))
        .flatMap((rule) => at(rule, "ports"))
        .every(
          (one) =>
            ["80", "443"].includes(String(first(one, "port"))) &&
            first(one, "protocol") === "TCP",
        ),
    ),
  },
  {
    id: "network-policies/own-pods",
    sentence:
      "A policy that lets something through is for labelled pods; in a namespace for users' code it may be for all.",
    types: POLICY,
    ...check(
      "spec.pod_selector",
      (subject, graph) =>
        !isForAll(subject) ||
        rulesOf(subject.body).length === 0 ||
        !isRestricted(namespaceOf(subject), graph),
    ),
  },
  {
    id: "network-policies/listening-ports",
    sentence: "A policy opens ports that somebody listens on.",
    types: POLICY,
    ...check(
      ["spec.ingress.ports.port", "spec.egress.ports.port"],
      ({ body }, graph) => {
        const known = listeners(graph);
        return rulesOf(body)
          .flatMap((rule) => at(rule, "ports.port"))
          .every((port) => known.has(portOf(port, graph)));
      },
    ),
  },
  {
    id: "network-policies/from-balancers",
    sentence: "Ranges that may come in are subnets of the load balancers.",
    types: POLICY,
    ...check("spec.ingress.from.ip_block.cidr", ({ body }, graph) => {
      const subnets = [
        ...ofType(graph, "aws_subnet").map((subnet) => subnet.body.cidr_block),
        ...comparedRanges(graph, "aws_subnet"),
      ];
      return at(body, "spec.ingress.from.ip_block.cidr").every((range) =>
        subnets.includes(range),
      );
    }),
  },
  {
    id: "network-policies/system-namespaces",
    sentence: "The namespaces that Kubernetes makes have network policies too.",
    externalIds: ["CIS-EKS 4.3.2"],
    types: CLUSTERS,
    about: (subject, graph) => ofType(graph, ...CLUSTERS)[0] === subject,
    ...check("kubernetes_network_policy_v1.metadata.namespace", (_, graph) =>
      ["default", "kube-node-lease", "kube-public", "kube-system"].every(
        (name) => policiesOf(name, graph).length > 0,
      ),
    ),
  },
  {
    id: "network-policies/every-server",
    sentence: "Every server has a policy of its own.",
    externalIds: ["CIS-EKS 4.3.2"],
    types: ["kubernetes_deployment_v1", "kubernetes_stateful_set_v1"],
    ...check(
      "kubernetes_network_policy_v1.spec.pod_selector",
      (subject, graph) => {
        const labels = first(subject.body, "spec.template.metadata.labels");
        return policiesOf(namespaceOf(subject), graph).some(
          (policy) =>
            !isForAll(policy) &&
            matches(
              first(policy.body, "spec.pod_selector.match_labels"),
              labels,
            ),
        );
      },
    ),
  },
];

/** For all pods of a namespace that is not restricted. */
function isOfUsersCode(subject: Subject, graph: Graph): boolean {
  return isForAll(subject) && !isRestricted(namespaceOf(subject), graph);
}

/** To the internet. */
function isOpen({ body }: Subject): boolean {
  return openBlocks(body).length > 0;
}
