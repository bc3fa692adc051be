import { configsOf, level, lineOf } from "../exposures";
import { type Graph, ofType } from "../graph";
import { nameOf, namespaceOf } from "../pods";
import { groupsLetPass, policiesLetPass } from "../reachability";
import { at, documentOf, first } from "../reading";
import { type Actor, actorsOf } from "./paths-actors";
import {
  API,
  BALANCER,
  INTERNET,
  PUBLIC_API,
  type Target,
  targetsIn,
} from "./paths-targets";
import { rootMakers } from "./pod-makers";
import { type Table, distinct, lines } from "./table";

/** What an actor gets of a target: yes or no, what decides it, and what nobody proved. */
interface Verdict {
  readonly to: string;
  readonly reached: string;
  readonly by: string;
  readonly open?: string;
}

const UNPROVED = "not proved";
const ON_HOST =
  "which pods of charts and add-ons use the network of their node, and so its credentials";
/** The node that a pod is on. */
const OWN_NODE = "its own node";
const METADATA = "instance metadata (credentials of the node)";

/** Who reaches what, and what stops the others: by groups and policies in the JSON, attributes of nodes, tokens and roles. */
export function pathsTable(graph: Graph): Table {
  const targets = targetsIn(graph);
  const rows = actorsOf(graph).map((actor) => ({
    actor,
    verdicts: verdictsOf(graph, actor, targets),
  }));
  const privileged = rootSentences(graph);
  const userCode = rows.filter(({ actor }) => actor.isUserCode);
  return {
    id: "paths",
    title: "Paths",
    note: "Whether somebody reaches something, asked of security groups and network policies with an address in each subnet. Code of a build is what runs in pods that Wave makes, with the service account that config.yml names; code of others what runs in another namespace that is not restricted, with any service account of it. What a role or a token may do is in the tables of permissions.",
    columns: ["From", "To", "Reached", "By what", "Not proved", "Path"],
    rows: rows.flatMap(({ actor, verdicts }) =>
      verdicts.map(({ to, reached, by, open = "" }) => [
        ...[actor.who, to, reached, by, open, actor.path],
      ]),
    ),
    summary: [
      ...userCode.map(({ actor, verdicts }) => sentence(actor, verdicts)),
      ...privileged,
    ],
    look: [
      ...userCode.flatMap(({ actor, verdicts }) =>
        verdicts
          .filter(
            ({ to, reached }) =>
              reached.startsWith("yes") &&
              ![INTERNET, OWN_NODE].includes(to) &&
              !to.startsWith(BALANCER),
          )
          .map(({ to, by }) => `${capital(actor.who)} reaches ${to}: ${by}.`),
      ),
      ...privileged,
    ],
  };
}

/** Who is root on a node by a privileged pod. */
const rootSentences = (graph: Graph): string[] =>
  ofType(graph, "kubernetes_namespace_v1")
    .filter((one) => level(one) === "privileged")
    .map(
      (one) =>
        `Namespace ${nameOf(one)} takes privileged pods: who may make one is root on the node that it names, and has what that node has. By a Role: ${
          distinct(
            rootMakers(graph)
              .filter(({ namespace }) => namespace === nameOf(one))
              .map(({ who }) => who),
          ).join(", ") || "nobody"
        }.${buildsThere(graph, nameOf(one))}`,
    );

/**
 * Which pods Wave makes in its namespace of builds: `K8sServiceImpl` of github.com/seqeralabs/wave, at v1.3.3 privileged for
 * Singularity, at v1.37.0 none.
 */
function buildsThere(graph: Graph, namespace: string): string {
  const [config] = configsOf(graph).filter(
    (one) => first(one, "wave.build.k8s.namespace") === namespace,
  );
  return config === undefined
    ? ""
    : lineOf(config) === "current"
      ? " Wave itself makes no privileged pod for a build, as its sources say at v1.37.0: not proved by the JSON."
      : " Wave itself makes one for a build of a Singularity image, as its sources say at v1.3.3: its steps are root on the node.";
}

const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);

function sentence({ who }: Actor, verdicts: readonly Verdict[]): string {
  const list = (wanted: RegExp): string =>
    verdicts
      .filter(({ reached }) => wanted.test(reached))
      .map(({ to }) => to)
      .join(", ") || "nothing";
  const open = distinct(verdicts.flatMap((one) => one.open ?? []));
  const unproved = list(/^not proved/);
  return `${capital(who)}: reaches ${list(/^yes/)}; does not reach ${list(/^no(?!t)/)}${unproved === "nothing" ? "" : `; whether it reaches ${unproved} is not proved`}.${open.length === 0 ? "" : ` Not proved: ${open.join("; ")}.`}`;
}

function verdictsOf(
  graph: Graph,
  actor: Actor,
  targets: readonly Target[],
): Verdict[] {
  const own = `pods of ${actor.who.replace(/^pods of /, "")}`;
  const siblings = actor.isUserCode ? [siblingsOf(graph, actor)] : [];
  return [
    metadata(graph, actor),
    ...(actor.onHost ? [] : [ownNode]),
    {
      to: "a role of AWS",
      reached: actor.roles.length > 0 ? "yes" : "no",
      by:
        actor.roles.length > 0
          ? `${actor.onHost ? "role of the node" : "service account"}: ${actor.roles.join(", ")}`
          : "no service account of it names a role",
    },
    ...[...targets, ...siblings]
      .filter(({ what }) => what !== own)
      .map((target) => {
        const verdict = passes(graph, actor, target);
        if ([API, PUBLIC_API].includes(target.what) && verdict.reached !== "no")
          return withToken(actor, verdict);
        return actor.claims.length > 0 && actor.mounted.includes(target.what)
          ? withVolume(actor, verdict)
          : verdict;
      }),
  ];
}

/** Kubernetes: kubernetes.io/docs/concepts/services-networking/network-policies. */
const ownNode: Verdict = {
  to: OWN_NODE,
  reached: "yes",
  by: "any port: no network policy and no security group stops what stays on a node",
  open: "what listens on a node, and that its kubelet answers nobody without a login, as Amazon's image has it",
};

/** Other pods of the same namespace, on any port that a policy of it names, and one that none does. */
function siblingsOf(graph: Graph, { places }: Actor): Target {
  const [place] = places;
  const namespace = place?.pod?.namespace ?? "";
  const ports = ofType(graph, "kubernetes_network_policy_v1")
    .filter((one) => namespaceOf(one) === namespace)
    .flatMap(({ body }) => at(body, "spec.ingress.ports.port"))
    .map(Number)
    .filter(Number.isInteger);
  return {
    what: `other pods of ${namespace}`,
    places,
    ports: distinct([8080, ...ports]),
  };
}

const withToken = ({ tokens }: Actor, verdict: Verdict): Verdict =>
  tokens.length > 0
    ? {
        ...verdict,
        by: `with the token of ${tokens.join(", ")}`,
      }
    : {
        ...verdict,
        reached: "no: its port, without a token",
        by: "automount_service_account_token = false of its service account; the API answers nobody without a login",
      };

/** By groups and policies. */
function passes(graph: Graph, actor: Actor, target: Target): Verdict {
  const pairs = actor.places.flatMap((from) =>
    target.places.flatMap((to) =>
      target.ports.map((port) => ({ from, to, port })),
    ),
  );
  // Inside of a node no security group is asked.
  const groups = pairs.filter(
    ({ from, to, port }) =>
      (target.isElsewhere !== true &&
        from.groups?.some((one) => to.groups?.includes(one)) === true) ||
      groupsLetPass(graph, from, to, port),
  );
  const policies = pairs.filter(
    ({ from, to, port }) =>
      actor.onHost || policiesLetPass(graph, from, to, port),
  );
  const both = groups.filter((pair) => policies.includes(pair));
  const ports = distinct(both.map(({ port }) => port)).join(", ");
  if (both.length > 0)
    return {
      to: target.what,
      reached: target.open === undefined ? "yes" : UNPROVED,
      by: `port ${ports}`,
      ...(target.open !== undefined && { open: target.open }),
    };
  if (actor.mayBeOnHost === true && groups.length > 0)
    return {
      to: target.what,
      reached: UNPROVED,
      by: "network policies, but for pods on the network of their node",
      open: ON_HOST,
    };
  const closed = [
    ...(groups.length === 0 ? ["security groups"] : []),
    ...(policies.length === 0 && !actor.onHost ? ["network policies"] : []),
  ];
  return {
    to: target.what,
    reached: "no",
    by:
      pairs.length === 0
        ? "nothing leads there"
        : closed.length === 0
          ? "security groups and network policies together"
          : closed.join(", and "),
    ...(groups.length > 0 && { open: enforcement(graph) }),
  };
}

/** Instance metadata: of the pod's node, which no group guards. */
function metadata(graph: Graph, actor: Actor): Verdict {
  const to = { address: "169.254.169.254" };
  if (actor.onHost)
    return { to: METADATA, reached: "yes", by: "it is the node's own" };
  const byPolicy = actor.places.every(
    (from) => !policiesLetPass(graph, from, to, 80),
  );
  const byHops =
    actor.templates.length > 0 &&
    actor.templates.every(
      ({ body }) =>
        first(body, "metadata_options.http_tokens") === "required" &&
        Number(first(body, "metadata_options.http_put_response_hop_limit")) ===
          1,
    );
  const by = lines([
    ...(byHops ? ["hop limit 1 of its nodes, which take tokens alone"] : []),
    ...(byPolicy ? ["network policies"] : []),
  ]);
  if (actor.mayBeOnHost)
    return {
      to: METADATA,
      reached: UNPROVED,
      by,
      open: ON_HOST,
    };
  return {
    to: METADATA,
    reached: by === "" ? "yes" : "no",
    by: by || "neither a hop limit of ours nor a policy",
    ...(byPolicy && !byHops && { open: enforcement(graph) }),
  };
}

/** A file system by a volume, which the node mounts: no policy and no group of the pod is asked. */
const withVolume = (
  { isUserCode, claims }: Actor,
  verdict: Verdict,
): Verdict => ({
  to: verdict.to,
  reached: "yes, by a volume",
  by: `claim ${claims.join(", ")}, which the node mounts`,
  ...(isUserCode && {
    open: "which folders of it a pod gets: who makes the pod says so",
  }),
});

/** What a closed way rests on where policies alone close it. */
function enforcement(graph: Graph): string {
  const [cni] = ofType(graph, "aws_eks_addon").filter(
    ({ body }) => body.addon_name === "vpc-cni",
  );
  const told = documentOf(cni?.body.configuration_values);
  if (first(told, "enableNetworkPolicy") !== "true")
    return "that the cluster's CNI enforces policies";
  return first(told, "env.NETWORK_POLICY_ENFORCING_MODE") === "strict"
    ? "that AWS enforces policies on pods that no controller owns"
    : "that AWS enforces policies on pods that no controller owns, and in a pod's first seconds";
}
