import ipaddr from "ipaddr.js";
import { type Ingress, annotationsOf } from "./ingress";

/** One rule of the HTTPS listener: all conditions that it has must hold. */
export interface ListenerRule {
  readonly hosts: readonly string[];
  /** Patterns with `*` and `?`. */
  readonly paths: readonly string[];
  readonly pathRegexes: readonly string[];
  /** Ranges of the client's address. */
  readonly sources: readonly string[];
  /** `404` of a fixed answer, or the Service that gets the request. */
  readonly answer: string;
}

/** What the load balancer sees of a request. */
export interface Request {
  readonly host: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Address of the client. */
  readonly from: string;
}

type Path = NonNullable<
  NonNullable<Ingress["spec"]["rules"]>[number]["http"]
>["paths"][number];

interface Condition {
  readonly field: string;
  readonly sourceIpConfig?: { readonly values: readonly string[] };
  readonly pathPatternConfig?: {
    readonly values?: readonly string[];
    readonly regexValues?: readonly string[];
  };
}

/** Values that the conditions of one rule may have together. */
const MOST_VALUES = 5;

/** The rules of an Ingress in the order that the controller gives them, which is their priority. */
export function listenerRules(ingress: Ingress): ListenerRule[] {
  return (ingress.spec.rules ?? []).flatMap(({ host, http }) =>
    inOrder(http?.paths ?? []).map((path) => ruleOf(ingress, host, path)),
  );
}

/** Exact paths first, then prefixes, the longer ones before the shorter, then the others as they stand. */
function inOrder(paths: readonly Path[]): Path[] {
  const ofType = (type: string) =>
    paths.filter(
      ({ pathType = "ImplementationSpecific" }) => pathType === type,
    );
  return [
    ...ofType("Exact"),
    ...ofType("Prefix").sort(
      (a, b) => (b.path ?? "").length - (a.path ?? "").length,
    ),
    ...ofType("ImplementationSpecific"),
  ];
}

function ruleOf(
  ingress: Ingress,
  host: string | undefined,
  path: Path,
): ListenerRule {
  const annotations = annotationsOf(ingress);
  const name = path.backend.service?.name ?? "";
  const conditions = JSON.parse(
    annotations.get(`conditions.${name}`) ?? "[]",
  ) as Condition[];
  const known = ["source-ip", "path-pattern"];
  const other = conditions.find(({ field }) => !known.includes(field));
  if (other !== undefined)
    throw new Error(`The lab knows no condition ${other.field}.`);
  return {
    hosts: host === undefined ? [] : [host],
    paths: [
      ...patternsOf(path),
      ...conditions.flatMap((one) => one.pathPatternConfig?.values ?? []),
    ],
    pathRegexes: conditions.flatMap(
      (one) => one.pathPatternConfig?.regexValues ?? [],
    ),
    sources: conditions.flatMap((one) => one.sourceIpConfig?.values ?? []),
    answer:
      path.backend.service?.port?.name === "use-annotation"
        ? answerOf(annotations.get(`actions.${name}`))
        : name,
  };
}

function patternsOf({ path = "", pathType }: Path): string[] {
  if (path === "") return [];
  if (pathType !== "Prefix") return [path];
  if (path === "/") return ["/*"];
  const stem = path.replace(/\/$/, "");
  return [stem, `${stem}/*`];
}

interface Action {
  readonly type: string;
  readonly fixedResponseConfig?: { readonly statusCode: string };
  readonly forwardConfig?: {
    readonly targetGroups: readonly { readonly serviceName: string }[];
  };
}

function answerOf(annotation: string | undefined): string {
  const action = JSON.parse(annotation ?? "{}") as Partial<Action>;
  return (
    action.fixedResponseConfig?.statusCode ??
    action.forwardConfig?.targetGroups[0]?.serviceName ??
    "503"
  );
}

/** Rules that a load balancer does not take, and why. */
export function refusedRules(rules: readonly ListenerRule[]): string[] {
  return rules.flatMap(({ hosts, paths, pathRegexes, sources }) => {
    const values = [hosts, paths, pathRegexes, sources].flat().length;
    const refusals: string[] = [];
    if (values > MOST_VALUES)
      refusals.push(
        `TooManyUniqueConditionValues: ${values} in one rule (${paths.join(", ")}), at most ${MOST_VALUES}`,
      );
    if (paths.length > 0 && pathRegexes.length > 0)
      refusals.push(
        `path condition must specify exactly one of Values and RegexValues, got both ${paths.join(" ")} and ${pathRegexes.join(" ")}`,
      );
    return refusals;
  });
}

/** What answers a request: a status that the load balancer gives itself, or the name of a Service. */
export function answerTo(
  rules: readonly ListenerRule[],
  request: Request,
): string {
  const rule = rules.find((one) => meets(one, request));
  // The controller's default backend.
  return rule?.answer ?? "404";
}

function meets(
  { hosts, paths, pathRegexes, sources }: ListenerRule,
  { host, path, from }: Request,
): boolean {
  const one = <T>(values: readonly T[], matches: (value: T) => boolean) =>
    values.length === 0 || values.some(matches);
  return (
    one(hosts, (wanted) => wanted.toLowerCase() === host.toLowerCase()) &&
    one(paths, (pattern) => regexOf(pattern).test(path)) &&
    one(pathRegexes, (regex) => new RegExp(regex).test(path)) &&
    one(sources, (range) =>
      ipaddr.IPv4.parse(from).match(ipaddr.IPv4.parseCIDR(range)),
    )
  );
}

/** `*` is any text, `?` one character; letters are those that stand there, in their case. */
const regexOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".")}$`,
    "s",
  );
