import { contains } from "../../../../modules/lib/ip-range";

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly unknown[];
}

/** One side of a rule. */
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: {
    readonly cidr: string;
    readonly except?: readonly string[];
  };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly port?: number | string;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

/** A NetworkPolicy as the API server has it. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** A pod, or an address of something else. */
export type End =
  | {
      readonly namespace: string;
      readonly labels: Labels;
      readonly namespaceLabels: Labels;
    }
  | { readonly address: string };

/** A connection that somebody wants. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** Whether policies let a connection through, as Kubernetes defines them: both sides have to, and who is selected by none may all. */
export const mayConnect = (
  policies: readonly NetworkPolicy[],
  connection: Connection,
): boolean =>
  passes(policies, connection, "Egress") &&
  passes(policies, connection, "Ingress");

function passes(
  policies: readonly NetworkPolicy[],
  connection: Connection,
  type: "Egress" | "Ingress",
): boolean {
  const [own, other] =
    type === "Egress"
      ? [connection.from, connection.to]
      : [connection.to, connection.from];
  if ("address" in own) return true;
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === own.namespace &&
      spec.policyTypes.includes(type) &&
      matches(spec.podSelector, own.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ metadata, spec }) =>
    (type === "Egress" ? spec.egress : spec.ingress)?.some(
      (rule) =>
        portMatches(rule, connection) &&
        peerMatches(
          type === "Egress" ? rule.to : rule.from,
          other,
          metadata.namespace,
        ),
    ),
  );
}

function matches(selector: Selector, labels: Labels): boolean {
  if ((selector.matchExpressions ?? []).length > 0)
    throw new Error("The lab reads no matchExpressions of a NetworkPolicy");
  return Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
}

function portMatches(
  { ports = [] }: Rule,
  { port, protocol = "TCP" }: Connection,
): boolean {
  return (
    ports.length === 0 ||
    ports.some(
      (one) =>
        (one.protocol ?? "TCP") === protocol &&
        (one.port === undefined ||
          (Number(one.port) <= port &&
            port <= (one.endPort ?? Number(one.port)))),
    )
  );
}

/** Without peers everybody is meant. A pod is found by its labels; its address is not known here. */
function peerMatches(
  peers: readonly Peer[] | undefined,
  end: End,
  namespace: string,
): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if ("address" in end) {
      const address = `${end.address}/32`;
      return (
        ipBlock !== undefined &&
        contains(ipBlock.cidr, address) &&
        !(ipBlock.except ?? []).some((cidr) => contains(cidr, address))
      );
    }
    if (ipBlock !== undefined) return false;
    const inNamespace =
      namespaceSelector === undefined
        ? end.namespace === namespace
        : matches(namespaceSelector, end.namespaceLabels);
    return inNamespace && matches(podSelector ?? {}, end.labels);
  });
}
