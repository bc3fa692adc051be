import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Problem } from "../../lib/problem";
import { hasBuilds } from "../release/line";
import { subnetsOf } from "../../lib/subnets";
import {
  type Rendered,
  items,
  problemIf,
  sameTexts,
  shown,
} from "./rendered-reading";

/** Address at which a node hands out its own credentials. */
const METADATA_ADDRESS = "169.254.169.254/32";

/** Ports by which builds fetch and push. */
const WEB_PORTS = ["80", "443"];

type Policy = NetworkPolicyV1Config;

const policiesIn = ({ objects }: Rendered, namespace: string): Policy[] =>
  Object.values(objects.networkPolicies).filter(
    ({ metadata }) => metadata.namespace === namespace,
  );

/** Whether a policy applies to every pod of its namespace. */
const selectsAll = ({ spec: { podSelector } }: Policy): boolean =>
  Object.keys(podSelector.matchLabels ?? {}).length === 0 &&
  items(podSelector.matchExpressions).length === 0;

const appOf = ({ spec }: Policy): string | undefined =>
  spec.podSelector.matchLabels?.app;

const blocksOf = ({ spec }: Policy) =>
  items(spec.egress).flatMap(({ to, ports }) =>
    items(to).flatMap(({ ipBlock }) =>
      ipBlock === undefined
        ? []
        : [
            {
              ...ipBlock,
              ports: items(ports).map(({ port }) => port ?? "all"),
            },
          ],
    ),
  );

/** K8S-21: in our namespaces nothing may connect that no other policy names. */
export function closedNamespaces(rendered: Rendered): Problem[] {
  const { namespace, buildNamespace } = rendered.settings.wave;
  const all = hasBuilds(rendered.settings)
    ? [namespace, buildNamespace]
    : [namespace];
  return all.flatMap((name) => {
    const closed = policiesIn(rendered, name).some(
      (policy) =>
        selectsAll(policy) &&
        sameTexts(policy.spec.policyTypes, ["Ingress", "Egress"]) &&
        items(policy.spec.ingress).length === 0 &&
        items(policy.spec.egress).length === 0,
    );
    return problemIf(!closed, {
      path: `Namespace ${name}: NetworkPolicies`,
      given: "none that denies everything",
      allowed: "a policy for all pods without any rule, for Ingress and Egress",
      fix: "add the policy: without it unnamed traffic is allowed (K8S-21)",
    });
  });
}

/** K8S-23, HARD-15: builds reach the internet by 80 and 443, but nothing of ours and no credentials of the node. */
export function buildsStayOutside(rendered: Rendered): Problem[] {
  const { network, cluster, wave } = rendered.settings;
  const closed = [network.cidr, cluster.serviceCidr, METADATA_ADDRESS];
  const policies = policiesIn(rendered, wave.buildNamespace).filter(selectsAll);
  const endpoints = Object.values(subnetsOf(network.cidr, network.zones)).map(
    (zone) => zone.private,
  );
  return policies.flatMap((policy) => {
    const path = `NetworkPolicy ${shown(policy.metadata.name)}: egress`;
    return [
      ...problemIf(items(policy.spec.ingress).length > 0, {
        path: `NetworkPolicy ${shown(policy.metadata.name)}: ingress`,
        given: "a rule",
        allowed: "no rule",
        fix: "remove it: nothing connects to a build (K8S-23)",
      }),
      ...problemIf(
        items(policy.spec.egress).some(({ to }) => items(to).length === 0),
        {
          path,
          given: "a rule without destinations, which means everywhere",
          allowed: "named destinations",
          fix: "name the destinations (K8S-23)",
        },
      ),
      ...blocksOf(policy).flatMap(({ cidr, except = [], ports }) => {
        const open = closed.filter((range) => !except.includes(range));
        const toEndpoints =
          network.interfaceEndpoints.length > 0 &&
          endpoints.includes(cidr ?? "") &&
          ports.join() === "443";
        const outside =
          open.length === 0 && ports.every((port) => WEB_PORTS.includes(port));
        return problemIf(!toEndpoints && !outside, {
          path,
          given: `${[shown(cidr), ...(except.length > 0 ? [except.join(", ")] : [])].join(" without ")}, ports ${shown(ports.join(", "))}`,
          allowed: `0.0.0.0/0 without ${closed.join(", ")}, ports 80 and 443`,
          fix: "close these ranges: builds run users' code (K8S-23)",
        });
      }),
    ];
  });
}

/** K8S-23: only Wave and the export reach SurrealDB, which itself reaches nothing. */
export function surrealClients(rendered: Rendered): Problem[] {
  const policies = policiesIn(
    rendered,
    rendered.settings.wave.namespace,
  ).filter((policy) => appOf(policy) === "surrealv1");
  const rules = policies.flatMap(({ spec }) => items(spec.ingress));
  const sources = rules.flatMap(({ from }) => items(from));
  const clients = sources.map(({ podSelector, namespaceSelector, ipBlock }) =>
    (namespaceSelector ?? ipBlock) === undefined
      ? shown(podSelector?.matchLabels?.app)
      : "another namespace or address",
  );
  const ports = rules
    .flatMap((rule) => items(rule.ports))
    .map(({ port }) => port);
  const egress = policies.flatMap(({ spec }) => items(spec.egress)).length;
  return problemIf(
    !sameTexts(clients, ["wave-app", "surreal-export"]) ||
      rules.some(({ from }) => items(from).length === 0) ||
      ports.join() !== "8000" ||
      egress > 0,
    {
      path: "NetworkPolicy of surrealv1",
      given: `from ${shown(clients.join(", "))}, ports ${shown(ports.join(", "))}, ${egress} ways out`,
      allowed: "from wave-app and surreal-export on port 8000, no way out",
      fix: "name the two clients only (K8S-23)",
    },
  );
}

/** DEC-31: Wave is reached from the load balancer's subnets on its port, and reaches no node credentials. */
export function waveTraffic(rendered: Rendered): Problem[] {
  const { network, wave } = rendered.settings;
  const balancer = Object.values(subnetsOf(network.cidr, network.zones)).map(
    (zone) => (wave.ingress.scheme === "internal" ? zone.private : zone.public),
  );
  const policies = policiesIn(rendered, wave.namespace).filter(
    (policy) => appOf(policy) === "wave-app",
  );
  const rules = policies.flatMap(({ spec }) => items(spec.ingress));
  const sources = rules.flatMap(({ from }) => items(from));
  const ranges = sources.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
  const ports = rules
    .flatMap((rule) => items(rule.ports))
    .map(({ port }) => port);
  const readers = sources.length - ranges.length;
  const open = policies
    .flatMap(blocksOf)
    .filter(
      ({ cidr, except = [] }) =>
        cidr === "0.0.0.0/0" && !except.includes(METADATA_ADDRESS),
    );
  return [
    ...problemIf(
      !sameTexts(ranges, balancer) ||
        rules.some(({ from }) => items(from).length === 0) ||
        (readers > 0 && !wave.metrics) ||
        ports.join() !== "9090",
      {
        path: "NetworkPolicy of wave: ingress",
        given: `from ${shown(ranges.join(", "))} and ${readers} selectors, ports ${shown(ports.join(", "))}`,
        allowed: `from ${balancer.join(", ")} on port 9090`,
        fix: "name the subnets of the load balancer only (DEC-31)",
      },
    ),
    ...problemIf(open.length > 0, {
      path: "NetworkPolicy of wave: egress",
      given: `0.0.0.0/0 with ${METADATA_ADDRESS}`,
      allowed: `0.0.0.0/0 without ${METADATA_ADDRESS}`,
      fix: "close the node's metadata: POST /validate-creds connects anywhere (DEC-31, D-31)",
    }),
  ];
}

/** DEC-31: Wave reaches Redis and PostgreSQL in the private subnets, each on its port, and nothing else there. */
export function storeTraffic(rendered: Rendered): Problem[] {
  const { network, wave } = rendered.settings;
  const inside = Object.values(subnetsOf(network.cidr, network.zones)).map(
    (zone) => zone.private,
  );
  const found = policiesIn(rendered, wave.namespace)
    .filter((policy) => appOf(policy) === "wave-app")
    .flatMap(blocksOf)
    .filter(({ cidr }) => cidr !== "0.0.0.0/0")
    .map(({ cidr, ports }) => `${shown(cidr)}: ${[...ports].sort().join(" ")}`);
  const wanted = inside.map((cidr) => `${cidr}: 5432 6379`);
  return problemIf(!sameTexts(found, wanted), {
    path: "NetworkPolicy of wave: egress",
    given: shown(found.join(", ")),
    allowed: wanted.join(", "),
    fix: "open the ports of Redis and PostgreSQL to the private subnets, and no other (DEC-31)",
  });
}
