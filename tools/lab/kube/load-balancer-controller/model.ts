import {
  type Ingress,
  annotationsOf,
  finalizer,
  idOf,
  isBuilt,
} from "./ingress";

/** What the members of a group want of their load balancer. What none of them names is not wanted, and left as it is. */
export interface Wanted {
  readonly name: string | undefined;
  readonly scheme: string;
  readonly subnets: readonly string[] | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  /** ARN; `none` takes one away. */
  readonly webAcl: string | undefined;
}

/** A load balancer that stands. */
export interface Balancer {
  readonly arn: string;
  readonly scheme: string;
  readonly hostname: string;
  readonly subnets: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly webAcl: string | undefined;
}

/** One call that the controller makes. */
export type Change =
  | { readonly kind: "delete"; readonly balancer: Balancer }
  | { readonly kind: "create" }
  | {
      readonly kind: "attributes";
      readonly balancer: Balancer;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "subnets";
      readonly balancer: Balancer;
      readonly subnets: readonly string[];
    }
  | {
      readonly kind: "web-acl";
      readonly balancer: Balancer;
      readonly arn: string | undefined;
    };

/** Inbound rules of a security group, as AWS sets out with. */
const RULES = 60;

/** Group of an Ingress: the annotated one, or one of its own. */
export const groupOf = (ingress: Ingress): string =>
  annotationsOf(ingress).get("group.name") ?? idOf(ingress);

/** Finalizer by which a group holds its members. */
export const finalizerOf = (group: string): string =>
  group.includes("/") ? finalizer : `group.ingress.k8s.aws/${group}`;

/** Members of every group, by its name; a group that only holds Ingresses which left it is among them, without members. */
export function groupsOf(
  ingresses: readonly Ingress[],
): ReadonlyMap<string, readonly Ingress[]> {
  const groups = new Map<string, Ingress[]>();
  for (const ingress of ingresses.filter(isBuilt)) {
    const { deletionTimestamp, finalizers = [] } = ingress.metadata;
    const own = groupOf(ingress);
    for (const held of finalizers.flatMap((one) => groupHeldBy(one, ingress)))
      groups.set(held, groups.get(held) ?? []);
    if (deletionTimestamp === undefined)
      groups.set(own, [...(groups.get(own) ?? []), ingress]);
  }
  return groups;
}

function groupHeldBy(one: string, ingress: Ingress): string[] {
  if (one === finalizer) return [idOf(ingress)];
  const [prefix, group] = one.split("/");
  return prefix === "group.ingress.k8s.aws" && group !== undefined
    ? [group]
    : [];
}

/** What the members want together, and why that cannot be had. */
export function wantedOf(members: readonly Ingress[]): {
  readonly wanted: Wanted;
  readonly problems: readonly string[];
} {
  const all = members.map(annotationsOf);
  const named = (name: string): string[] => [
    ...new Set(all.flatMap((one) => one.get(name) ?? [])),
  ];
  const lists = named("subnets").map((text) => listed(text).sort().join());
  const pairs = named("load-balancer-attributes").flatMap(listed);
  const attributes = Object.fromEntries(
    pairs.map((pair) => [
      pair.slice(0, pair.indexOf("=")),
      pair.slice(pair.indexOf("=") + 1),
    ]),
  );
  const conflict = (what: string, values: readonly string[]): string[] =>
    new Set(values).size > 1
      ? [`conflicting ${what}: ${values.join(" ")}`]
      : [];
  return {
    wanted: {
      name: named("load-balancer-name")[0],
      scheme: named("scheme")[0] ?? "internal",
      subnets: lists[0]?.split(","),
      attributes,
      webAcl: named("wafv2-acl-arn")[0],
    },
    problems: [
      ...conflict("load balancer name", named("load-balancer-name")),
      ...conflict("scheme", named("scheme")),
      ...conflict("subnets", lists),
      ...conflict("WAFv2 WebACL ARNs", named("wafv2-acl-arn")),
      ...conflictingAttributes(pairs, attributes),
      ...tooManyRules(all),
    ],
  };
}

const listed = (text: string): string[] =>
  text.split(",").map((one) => one.trim());

const conflictingAttributes = (
  pairs: readonly string[],
  attributes: Readonly<Record<string, string>>,
): string[] =>
  pairs
    .filter((pair) => {
      const [key = ""] = pair.split("=");
      return pair !== `${key}=${attributes[key] ?? ""}`;
    })
    .map((pair) => `conflicting load balancer attributes: ${pair}`);

/** One rule for each range and each port, in one security group; without ranges one that lets all in. */
function tooManyRules(all: readonly ReadonlyMap<string, string>[]): string[] {
  const ports = new Set(
    all.flatMap((one) =>
      [...(one.get("listen-ports") ?? "80").matchAll(/\d+/g)].map(String),
    ),
  );
  const ranges = new Set(
    all.flatMap((one) => listed(one.get("inbound-cidrs") ?? "0.0.0.0/0")),
  );
  return ports.size * ranges.size > RULES
    ? [
        "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
      ]
    : [];
}

/**
 * What the controller does about the load balancers of a group, in its order. A name counts when one is made and never
 * again; another scheme is another load balancer; what is not named stays.
 *
 * @param wanted Unset: the group has no member any more.
 */
export function changesOf(
  wanted: Wanted | undefined,
  living: readonly Balancer[],
): Change[] {
  const kept = living.find(({ scheme }) => scheme === wanted?.scheme);
  const deleted = living
    .filter((one) => one !== kept)
    .map((balancer): Change => ({ kind: "delete", balancer }));
  if (wanted === undefined) return deleted;
  if (kept === undefined) return [...deleted, { kind: "create" }];
  return [...deleted, ...updatesOf(wanted, kept)];
}

function updatesOf(wanted: Wanted, balancer: Balancer): Change[] {
  const attributes = Object.fromEntries(
    Object.entries(wanted.attributes).filter(
      ([key, value]) => balancer.attributes[key] !== value,
    ),
  );
  const { subnets, webAcl } = wanted;
  const arn = webAcl === "none" ? undefined : webAcl;
  const changes: Change[] = [];
  if (
    subnets !== undefined &&
    [...subnets].sort().join() !== [...balancer.subnets].sort().join()
  )
    changes.push({ kind: "subnets", balancer, subnets });
  if (Object.keys(attributes).length > 0)
    changes.push({ kind: "attributes", balancer, attributes });
  if (webAcl !== undefined && arn !== balancer.webAcl)
    changes.push({ kind: "web-acl", balancer, arn });
  return changes;
}
